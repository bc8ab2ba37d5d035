import type { AcceptedOf } from '@zoneward/api'
import type { EventFacts } from '../audit/append-event.ts'
import type { ZoneRequest } from '../changes/authorize-edit.ts'
import { authorOf } from '../changes/authors.ts'
import { sourceOf } from '../changes/change-source.ts'
import { differenceOf, printedRecord } from '../changes/difference.ts'
import type { Operation } from '../changes/plan-operations.ts'
import type { Prepared } from '../changes/publish-change.ts'
import { viewOf } from '../changes/zone-view.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { shownName } from '../records/record-names.ts'
import { baseOf } from './base.ts'
import { presentProposals } from './present-proposals.ts'
import { countOpen, findProposal, insertProposal } from './store.ts'
import { standingOf } from './visible-proposal.ts'

export type ProposalResult = AcceptedOf<'changes.create'>
export type Suggestion = { operations: Operation[]; comment: string; source?: 'revert' }

const mostOpen = 200
const mostOpenOfGuest = 20
const mostInEvent = 20

/** Keeps an edit that fits the zone as it is now for somebody else to approve, with the sets that it was made on. */
export async function recordProposal(
  request: ZoneRequest,
  tx: Tx,
  note: Note,
  prepared: Prepared,
  { operations, comment, source }: Suggestion,
): Promise<ProposalResult> {
  const { actor, allowed } = request
  const { zone, edit, wanted, warnings } = prepared
  await refuseTooMany(request, tx, zone.id)
  const id = newId()
  const author = authorOf(actor)
  await insertProposal(tx, allowed, {
    org_id: actor.orgId,
    id,
    zone_id: zone.id,
    ...author,
    author_name: actor.key?.kind === 'guest' ? `a guest of ${actor.name}` : actor.name,
    maker_id: actor.key?.createdBy ?? null,
    source: actor.key?.kind === 'guest' ? 'guest' : (source ?? sourceOf(actor)),
    comment,
    operations: JSON.stringify(operations),
    base: JSON.stringify(await baseOf(await viewOf(request, tx, zone), wanted)),
  })
  note(eventOf(id, prepared, comment))
  const row = await findProposal(tx, actor.orgId, id)
  const standing = row && (await standingOf(tx, actor, row))
  const [proposal = null] = row && standing ? await presentProposals(tx, request, [{ row, standing }]) : []
  return { proposal, difference: differenceOf(zone, edit), warnings, serial: Number(zone.serial) }
}

function eventOf(id: string, { zone, edit }: Prepared, comment: string): EventFacts {
  const shown = (records: typeof edit.added) => records.slice(0, mostInEvent).map(printedRecord)
  return {
    action: 'proposal.created',
    zoneId: zone.id,
    customerId: zone.customer_id,
    facts: {
      zone: shownName(zone.name),
      proposal_id: id,
      comment,
      removed: { count: edit.removed.length, records: shown(edit.removed) },
      added: { count: edit.added.length, records: shown(edit.added) },
    },
  }
}

/** Somebody has to look at every one of them: nobody piles them up. */
async function refuseTooMany({ actor, allowed }: ZoneRequest, tx: Tx, zoneId: string): Promise<void> {
  const guest = actor.key?.kind === 'guest'
  const most = guest ? mostOpenOfGuest : mostOpen
  const at = { orgId: actor.orgId, authorId: actor.subjectId, zoneId }
  if ((await countOpen(tx, allowed, at, guest ? 'guest' : undefined)) < most) return
  throw new Fault(
    'conflict',
    `There are ${most} open proposals for this zone already: they have to be decided on before there are more.`,
  )
}
