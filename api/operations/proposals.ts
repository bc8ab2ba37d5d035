import { id, pageOf, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { approval, proposal, proposalDetail, proposalQuery, proposalResult, rejection } from '../schemas/proposals.ts'
import { newChange } from '../schemas/zones.ts'

const ofProposal = z.object({ proposal_id: id })

export const proposals = {
  'proposals.list': {
    summary: 'Proposed changes, newest first: one’s own, and those that the caller may approve.',
    permission: 'records.view',
    asked: 'list',
    audit: null,
    status: 200,
    query: proposalQuery,
    response: pageOf(proposal),
  },
  'proposals.create': {
    summary: 'Propose several edits as one change, for somebody else to approve; with dry_run the difference only.',
    permission: 'changes.propose',
    asked: 'records',
    audit: 'proposal.created',
    status: 201,
    params: z.object({ zone_id: id }),
    body: newChange,
    response: proposalResult,
  },
  'proposals.read': {
    summary: 'One proposal: what it would change, and what has moved since.',
    permission: 'records.view',
    asked: 'body',
    audit: null,
    status: 200,
    params: ofProposal,
    response: proposalDetail,
  },
  'proposals.approve': {
    summary: 'Approve somebody else’s proposal and publish it; a conflict where its records moved since.',
    permission: 'changes.approve',
    asked: 'body',
    audit: 'proposal.approved',
    status: 200,
    params: ofProposal,
    body: approval,
    response: proposalDetail,
  },
  'proposals.reject': {
    summary: 'Reject a proposal, with the reason.',
    permission: 'changes.approve',
    asked: 'body',
    audit: 'proposal.rejected',
    status: 200,
    params: ofProposal,
    body: rejection,
    response: proposalDetail,
  },
  'proposals.withdraw': {
    summary: 'Take back a proposal of one’s own.',
    permission: 'self',
    asked: 'body',
    audit: 'proposal.withdrawn',
    status: 200,
    params: ofProposal,
    response: proposalDetail,
  },
} as const satisfies Record<string, Operation>
