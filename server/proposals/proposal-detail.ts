import type { AnswerOf } from '@zoneward/api'
import type { ZoneRequest } from '../changes/authorize-edit.ts'
import { authorizeEdit } from '../changes/authorize-edit.ts'
import { checkEdit, warningsOf } from '../changes/check-edit.ts'
import { surroundingsOf } from '../changes/publish-change.ts'
import { zoneForChange } from '../changes/zone-for-change.ts'
import type { WritableZone } from '../changes/zone-record.ts'
import { viewOf } from '../changes/zone-view.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { authorStillMay } from './author-still-may.ts'
import { movedSince, touchedBy } from './base.ts'
import { fittingEdit, proposedDifference } from './fitting-edit.ts'
import { presentProposals } from './present-proposals.ts'
import { approving } from './rights.ts'
import { type VisibleProposal, visibleProposal } from './visible-proposal.ts'

export type ProposalDetail = AnswerOf<'proposals.read'>

/** One proposal: what it would change, what has moved since, and what stands in its way. */
export async function proposalDetail(tx: Tx, request: ZoneRequest, id: string): Promise<ProposalDetail> {
  const proposal = await visibleProposal(tx, request, id)
  const zone = await zoneForChange(tx, request.actor.orgId, proposal.row.zone_id, { lock: false })
  const [shown] = await presentProposals(tx, request, [proposal])
  if (!zone || !shown) throw notFound()
  const { difference, edit } = await proposedDifference(proposal)
  if (shown.state !== 'open')
    return { ...shown, difference, conflicts: [], applies: false, obstacles: [], warnings: edit.warnings }
  const moved = await movedSince(await viewOf(request, tx, zone), proposal.base)
  const fit = await fitOf(tx, request, proposal, zone)
  const obstacles = [...fit.obstacles, ...(await whyNotApprove(tx, request, proposal))]
  return {
    ...shown,
    difference,
    conflicts: moved.map(({ owner: _, ...set }) => set),
    applies: fit.obstacles.length === 0,
    obstacles,
    warnings: fit.warnings,
  }
}

async function fitOf(tx: Tx, request: ZoneRequest, proposal: VisibleProposal, zone: WritableZone) {
  try {
    const edit = await fittingEdit(tx, request, proposal, zone)
    const problems = await checkEdit(surroundingsOf(request, tx, zone), edit)
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)
    const refused = edit.refused ? [edit.refused.message] : []
    return { obstacles: [...refused, ...errors].slice(0, 20), warnings: [...edit.warnings, ...warningsOf(problems)] }
  } catch (error) {
    if (error instanceof Fault) return { obstacles: [error.message], warnings: [] }
    throw error
  }
}

/** Why the caller may not approve it, where it could approve something there at all. */
async function whyNotApprove(tx: Tx, request: ZoneRequest, proposal: VisibleProposal): Promise<string[]> {
  const { standing, base, row, zone } = proposal
  if (standing.own) return ['You proposed it: somebody else has to approve it.']
  if (!(await authorStillMay(tx, request, proposal))) return ['Whoever proposed it may not propose it any more.']
  try {
    const edit = { removed: [], added: touchedBy(base) }
    const reviewed = await authorizeEdit(request, tx, { zone, apex: row.zone_name, edit, rights: approving })
    return reviewed ? ['Your own access wants review here: it approves nothing.'] : []
  } catch (error) {
    if (error instanceof Fault) return [error.message]
    throw error
  }
}
