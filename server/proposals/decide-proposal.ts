import { authorizeEdit, type ZoneRequest } from '../changes/authorize-edit.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { shownName } from '../records/record-names.ts'
import { touchedBy } from './base.ts'
import { presentProposals } from './present-proposals.ts'
import { type ProposalDetail, proposalDetail } from './proposal-detail.ts'
import { rejecting } from './rights.ts'
import { type DecisionRow, decideProposal } from './store.ts'
import { type VisibleProposal, visibleProposal } from './visible-proposal.ts'

/** Says no to somebody else's proposal. */
export function rejectProposal(request: ActorRequest<'proposals.reject'>): Promise<ProposalDetail> {
  const { reason } = request.body
  return decide(request, request.params.proposal_id, { state: 'rejected', decision: reason })
}

/** Takes back one's own. */
export function withdrawProposal(request: ActorRequest<'proposals.withdraw'>): Promise<ProposalDetail> {
  return decide(request, request.params.proposal_id, { state: 'withdrawn', decision: '' })
}

function decide(
  request: ZoneRequest,
  id: string,
  wish: Pick<DecisionRow, 'state' | 'decision'>,
): Promise<ProposalDetail> {
  return request.write(async (tx, note) => {
    const proposal = await visibleProposal(tx, request, id, { lock: true })
    const { row, zone, base, standing } = proposal
    if (wish.state === 'withdrawn') ensureAuthor(request, proposal)
    else {
      const edit = { removed: [], added: touchedBy(base) }
      await authorizeEdit(request, tx, { zone, apex: row.zone_name, edit, rights: rejecting })
      if (standing.own) throw new Fault('forbidden', 'What you proposed yourself you take back: withdraw it.')
    }
    if (row.state === wish.state) note.nothing()
    else if (row.state !== 'open') throw new Fault('conflict', `This proposal was ${row.state} already.`)
    else {
      const { actor, allowed } = request
      const [shown] = await presentProposals(tx, request, [proposal])
      const by = { decided_by: actor.subjectId, decided_name: actor.name }
      await decideProposal(tx, allowed, { orgId: actor.orgId, id }, { ...wish, ...by })
      const facts = { zone: shownName(row.zone_name), proposal_id: id, author: shown?.author.name ?? '' }
      const reason = wish.decision === '' ? {} : { reason: wish.decision }
      note({ zoneId: row.zone_id, customerId: row.customer_id, facts: { ...facts, ...reason } })
    }
    return proposalDetail(tx, request, id)
  })
}

function ensureAuthor({ actor }: ZoneRequest, { row }: VisibleProposal): void {
  if (row.author_id === actor.subjectId) return
  throw new Fault('forbidden', 'Only whoever proposed this takes it back: reject it instead, with the reason.')
}
