import type { AnswerOf } from '@zoneward/api'
import { allowSelf } from '../access/authorize.ts'
import { cursorId } from '../access/cursor-parts.ts'
import { organizationResource } from '../access/find-resource.ts'
import { reachesAnything } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { refuseClients } from './create-review.ts'
import { presentReviews } from './present-reviews.ts'
import { selectReviews } from './store.ts'

export async function listReviews(
  tx: Tx,
  request: ActorRequest<'access_reviews.list'>,
): Promise<AnswerOf<'access_reviews.list'>> {
  const { actor, query } = request
  refuseClients(actor)
  const visible = await request.visible(tx, 'grants.manage')
  // Who manages nobody's access anywhere is told what is missing, instead of an empty page.
  if (!reachesAnything(visible)) await request.authorize(tx, 'grants.manage', organizationResource(actor.orgId))
  const after = parseCursor(query.cursor, ['string'])
  const wanted = { orgId: actor.orgId, after: after && cursorId(after[0]), limit: query.limit }
  const rows = await selectReviews(tx, visible, wanted)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next = rows.length > page.length && last ? printCursor([last.id]) : null
  return { items: await presentReviews(tx, actor, allowSelf(), page), next }
}
