import { setImmediate as nextTurn } from 'node:timers/promises'
import { foldName } from '@zoneward/dns'
import { soaSerial } from './apply-zone-diff.ts'
import { isWithin, keyOfName } from './name-key.ts'
import type { ServedZone } from './zone-source.ts'
import type { Zone, ZoneDraft } from './zone-tree.ts'
import { addRecord, createZoneDraft } from './zone-tree.ts'

// About two milliseconds of work, after which waiting queries are answered.
const RECORDS_PER_TURN = 2000

export type BuiltZone = { zone: Zone } | { error: string }

/** Makes the tree that queries are answered from, in turns, so that other zones are answered meanwhile. */
export async function buildZone(served: ServedZone): Promise<BuiltZone> {
  const draft = createZoneDraft(foldName(served.apex), served.serial)
  if (draft.key === '') return { error: `"${served.apex}" is not a domain name` }
  let owner = ''
  let key = ''
  for (const [index, record] of served.records.entries()) {
    if (record.owner !== owner) {
      owner = record.owner
      key = keyOfName(owner)
      if (key === '' || !isWithin(key, draft.key)) return { error: `"${owner}" is not a name of zone ${served.apex}` }
    }
    addRecord(draft, key, record)
    if (index % RECORDS_PER_TURN === RECORDS_PER_TURN - 1) await nextTurn()
  }
  for (const subZone of served.subZones) noteSubZone(draft, keyOfName(subZone))
  return finishZone(draft)
}

/** Remembers that a zone may be served at or below the child of the apex that leads to `key`. */
export function noteSubZone(zone: Pick<Zone, 'key' | 'branches'>, key: string): void {
  if (key === zone.key || !isWithin(key, zone.key)) return
  let branch = key
  for (;;) {
    const parent = branch.slice(branch.charCodeAt(0) + 1)
    if (parent === zone.key) break
    branch = parent
  }
  zone.branches.add(branch)
}

function finishZone(draft: ZoneDraft): BuiltZone {
  if (draft.soa === undefined) return { error: `zone ${draft.apex} has no SOA record at its apex` }
  const serial = soaSerial(draft.soa)
  if (serial !== draft.serial) return { error: `zone ${draft.apex}: its SOA has serial ${serial}, not ${draft.serial}` }
  return { zone: draft as Zone }
}
