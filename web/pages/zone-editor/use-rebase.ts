import { useEffect } from 'react'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'
import { rebase } from './rebase.ts'
import type { Records } from './use-records.ts'
import type { Staging } from './use-staging.ts'

/** Puts the staged edits on top of the zone whenever all of a newer state is here. */
export function useRebase(records: Records, staging: Staging): void {
  const { complete, serial, rows } = records
  const { staged, clashes, moveTo } = staging
  const behind = complete && serial !== staging.serial
  useEffect(() => {
    if (!behind) return
    const next = rebase(staged, rows)
    const all = [
      ...clashes.filter(({ edit }) => !next.clashes.some((clash) => clash.edit.id === edit.id)),
      ...next.clashes,
    ]
    moveTo(serial, next.staged, all)
    if (staged.size === 0) return
    const lost = next.clashes.length
    if (lost === 0) notify(`The zone was changed meanwhile. ${still(next.staged.size)}`)
    else notify(`The zone was changed meanwhile, and ${count(lost, 'edit')} no longer ${lost === 1 ? 'fits' : 'fit'}.`)
  }, [behind, serial, rows, staged, clashes, moveTo])
}

function still(many: number): string {
  if (many === 0) return 'Nothing is left of your edits that was not done already.'
  return many === 1 ? 'Your edit still fits.' : `Your ${many} edits still fit.`
}
