import { howLong } from '../changes/how-long.ts'
import type { Operation } from '../changes/plan-operations.ts'
import { changeZone } from '../changes/publish-change.ts'
import type { WritableZone, ZoneEdit } from '../changes/zone-record.ts'
import type { Tx } from '../database/pools.ts'
import type { ChangeSource } from '../database/schema-zones.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { authorStillMay } from './author-still-may.ts'
import { fittingEdit } from './fitting-edit.ts'
import { presentProposals } from './present-proposals.ts'
import { type ProposalDetail, proposalDetail } from './proposal-detail.ts'
import { approving } from './rights.ts'
import { decideProposal } from './store.ts'
import { type VisibleProposal, visibleProposal } from './visible-proposal.ts'

type Asking = ActorRequest<'proposals.approve'>

/**
 * Publishes somebody else's proposal as a change of its author. It is planned anew on the zone as it is now, under the
 * write guard: rights of both are judged now, and a set that moved so that the difference is another one is a conflict.
 */
export async function approveProposal(request: Asking): Promise<ProposalDetail> {
  const { proposal_id: id } = request.params
  const { comment } = request.body
  const seen = await request.read((tx) => visibleProposal(tx, request, id))
  const [shown] = await request.read((tx) => presentProposals(tx, request, [seen]))
  const operations = seen.row.operations as Operation[]
  return changeZone(
    request,
    {
      zoneId: seen.row.zone_id,
      comment: seen.row.comment,
      source: changeSource(seen.row.source),
      rights: approving,
      proposal: { id, facts: { proposal_id: id, author: shown?.author.name ?? '', decision: comment } },
      ...howLong(operations.length),
      edit: async (tx, zone) => {
        const proposal = await visibleProposal(tx, request, id, { lock: true })
        return proposal.row.state === 'approved' ? nothing : editNow(tx, request, proposal, zone)
      },
    },
    async (tx, { changeId }) => {
      const { actor, allowed } = request
      if (changeId !== null) {
        const by = { decided_by: actor.subjectId, decided_name: actor.name, decision: comment }
        const decision = { state: 'approved', ...by, change_id: changeId } as const
        await decideProposal(tx, allowed, { orgId: actor.orgId, id }, decision)
      }
      return proposalDetail(tx, request, id)
    },
    async (): Promise<never> => {
      throw new Fault('forbidden', 'Your own access wants review here: it approves nothing.', {
        permission: 'changes.approve',
      })
    },
  )
}

const nothing: ZoneEdit = { removed: [], added: [], warnings: [] }

function changeSource(source: string): ChangeSource {
  return source === 'guest' ? 'api' : (source as ChangeSource)
}

async function editNow(tx: Tx, request: Asking, proposal: VisibleProposal, zone: WritableZone): Promise<ZoneEdit> {
  const { row, standing } = proposal
  if (row.state !== 'open') throw new Fault('conflict', `This proposal was ${row.state} already.`)
  if (standing.own) {
    throw new Fault(
      'forbidden',
      'Nobody approves what they proposed themselves, or by a key or a guest link of theirs: somebody else has to.',
      {
        permission: 'changes.approve',
      },
    )
  }
  if (!(await authorStillMay(tx, request, proposal))) {
    throw new Fault('conflict', 'Whoever proposed this may not propose it any more: reject it, or write it yourself.')
  }
  return fittingEdit(tx, request, proposal, zone)
}
