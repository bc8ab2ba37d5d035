import { sourceOf } from '../changes/change-source.ts'
import { howLong } from '../changes/how-long.ts'
import { planOperations } from '../changes/plan-operations.ts'
import { changeZone } from '../changes/publish-change.ts'
import { viewOf } from '../changes/zone-view.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { approveProposal } from './approve-proposal.ts'
import { rejectProposal, withdrawProposal } from './decide-proposal.ts'
import { listProposals } from './list-proposals.ts'
import { proposalDetail } from './proposal-detail.ts'
import { type ProposalResult, recordProposal } from './record-proposal.ts'
import { proposing } from './rights.ts'

export const proposalRoutes = {
  'proposals.list': (request) => request.read((tx) => listProposals(tx, request)),
  'proposals.create': createProposal,
  'proposals.read': (request) => request.read((tx) => proposalDetail(tx, request, request.params.proposal_id)),
  'proposals.approve': approveProposal,
  'proposals.reject': rejectProposal,
  'proposals.withdraw': withdrawProposal,
} satisfies Routes<
  | 'proposals.list'
  | 'proposals.create'
  | 'proposals.read'
  | 'proposals.approve'
  | 'proposals.reject'
  | 'proposals.withdraw'
>

function createProposal(request: ActorRequest<'proposals.create'>): Promise<ProposalResult> {
  const { operations, comment, dry_run: dryRun } = request.body
  return changeZone(
    request,
    {
      zoneId: request.params.zone_id,
      comment,
      source: sourceOf(request.actor),
      dryRun,
      rights: proposing,
      alwaysReview: true,
      ...howLong(operations.length),
      edit: async (tx, zone) => planOperations(await viewOf(request, tx, zone), operations, { single: false }),
    },
    async (_tx, { difference, warnings, serial }): Promise<ProposalResult> => {
      if (!dryRun) throw new Fault('conflict', 'This changes nothing: the zone is like that already.')
      return { proposal: null, difference, warnings, serial }
    },
    (tx, note, prepared) => recordProposal(request, tx, note, prepared, { operations, comment }),
  )
}
