import { useMay } from '../../session/use-may.ts'
import { holds, useMe } from '../../session/use-me.ts'
import type { ZoneDetail } from '../zone/use-zone.ts'
import type { Writes } from './use-writes.ts'

/** `only`: nothing may be written, but proposed; `too`: some may be written, and the rest proposed; `no`. */
export type Proposes = 'only' | 'too' | 'no'

const everything: Writes = { refusal: null, want: null, refusalFor: () => null }

/** Who may not write but propose edits all the same; what comes of it goes to somebody who may approve. */
export function useProposing(zone: ZoneDetail, writes: Writes): { writes: Writes; proposes: Proposes } {
  const me = useMe()
  const place = { kind: 'zone', id: zone.id } as const
  const somewhere = holds(me, 'changes.propose') && me.view_as === null
  const here = useMay('changes.propose', place, somewhere)
  const approves = useMay('changes.approve', place, somewhere)
  // Whoever holds it for some records only is told by the server which.
  const may = here || (somewhere && zone.level === 'partial')
  if (writes.refusal !== null) return may ? { writes: everything, proposes: 'only' } : { writes, proposes: 'no' }
  return { writes, proposes: may && !approves ? 'too' : 'no' }
}
