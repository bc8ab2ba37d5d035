import type { ZoneRequest } from '../changes/authorize-edit.ts'
import { type Difference, differenceOf } from '../changes/difference.ts'
import type { Operation } from '../changes/plan-operations.ts'
import type { WritableZone, ZoneEdit } from '../changes/zone-record.ts'
import { viewOf } from '../changes/zone-view.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import { movedSince, planProposal, sameDifference, viewOfBase } from './base.ts'
import type { VisibleProposal } from './visible-proposal.ts'

/** What was proposed, planned on the zone as it is now; a conflict unless the difference is still the same. */
export async function fittingEdit(
  tx: Tx,
  request: ZoneRequest,
  { row, base }: VisibleProposal,
  zone: WritableZone,
): Promise<ZoneEdit> {
  const operations = row.operations as Operation[]
  const view = await viewOf(request, tx, zone)
  const proposed = await planProposal(viewOfBase(zone.name, base), operations)
  const now = await planned(() => planProposal(view, operations))
  if (now !== null && sameDifference(proposed, now)) return now
  const moved = await movedSince(view, base)
  const names = moved.map(({ name, type }) => `${name} ${type}`)
  throw new Fault('conflict', conflictSentence(names), {
    fields: names.slice(0, 50).map((path) => ({ path, message: 'changed since it was proposed' })),
  })
}

/** The difference as it was proposed, whatever the zone is like by now. */
export async function proposedDifference({
  row,
  base,
}: VisibleProposal): Promise<{ edit: ZoneEdit; difference: Difference }> {
  const edit = await planProposal(viewOfBase(row.zone_name, base), row.operations as Operation[])
  return { edit, difference: differenceOf(row, edit) }
}

function conflictSentence(names: string[]): string {
  const shown = names.slice(0, 5).join(', ')
  const what = names.length === 0 ? '' : ` at ${shown}${names.length > 5 ? ', …' : ''}`
  return `The zone has changed since this was proposed${what}: look at both, and propose it anew.`
}

/** null: a record that it is about is not there any more, or its data no longer fits. */
async function planned(plan: () => Promise<ZoneEdit>): Promise<ZoneEdit | null> {
  try {
    return await plan()
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}
