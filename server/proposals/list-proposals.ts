import type { AnswerOf } from '@zoneward/api'
import { visibleScopes } from '@zoneward/permissions'
import { asItself, askerOf } from '../access/authorize.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { presentProposals, type Seen } from './present-proposals.ts'
import { proposalPage } from './store.ts'
import { standingOf } from './visible-proposal.ts'

const smallestBatch = 50
// Whoever approves few records of a busy zone gets shorter pages rather than waits.
const mostBatches = 20

/** A page of what the caller proposed or may approve; what it may not know of is left out, and the page filled. */
export async function listProposals(
  tx: Tx,
  request: ActorRequest<'proposals.list'>,
): Promise<AnswerOf<'proposals.list'>> {
  const { actor, query } = request
  await request.visible(tx, 'records.view')
  const held = await heldAccess(tx, actor)
  const approving = visibleScopes(held.index, { ...askerOf(asItself(actor), held), permission: 'changes.approve' })
  const wanted = {
    ...{ orgId: actor.orgId, subjectId: actor.subjectId, approving },
    ...{ state: query.state, zoneId: query.zone_id },
  }
  const batch = Math.max(smallestBatch, query.limit + 1)
  const seen: Seen[] = []
  let before = parseCursor(query.cursor, ['string'])?.[0] ?? null
  for (let batches = 0; seen.length <= query.limit && batches < mostBatches; batches++) {
    const rows = await proposalPage(tx, request.allowed, { ...wanted, before, limit: batch })
    for (const row of rows) {
      const standing = await standingOf(tx, actor, row)
      if (standing) seen.push({ row, standing })
    }
    before = rows.length < batch ? null : (rows.at(-1)?.id ?? null)
    if (before === null) break
  }
  const page = seen.slice(0, query.limit)
  const last = page.at(-1)
  const after = seen.length > query.limit ? (last?.row.id ?? null) : before
  const next = after === null ? null : printCursor([after])
  return { items: await presentProposals(tx, request, page), next }
}
