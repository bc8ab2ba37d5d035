import { type Allowed, may } from '../access/authorize.ts'
import { findResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { findReview, type ReviewRow } from './store.ts'

type Asking = ActorRequest<
  'access_reviews.read' | 'access_review_items.list' | 'access_reviews.decide' | 'access_reviews.close'
>

/** A review at a place where the caller sees and manages access; for everybody else there is none. */
export async function openReview(
  tx: Tx,
  request: Pick<Asking, 'actor' | 'params' | 'authorize'>,
  lock = false,
): Promise<{ review: ReviewRow; allowed: Allowed }> {
  const { actor, params } = request
  // Reviews are the provider's: the portal has none.
  const review = actor.realm === 'client' ? null : await findReview(tx, actor.orgId, params.access_review_id, lock)
  if (review === null) throw notFound()
  const at = await findResource(tx, actor.orgId, placeOf(actor.orgId, review.customer_id))
  if (at === null || !(await may(tx, actor, { permission: 'grants.manage', resource: at }))) throw notFound()
  await request.authorize(tx, 'grants.view', at)
  return { review, allowed: await request.authorize(tx, 'grants.manage', at) }
}

export function placeOf(orgId: string, customerId: string | null) {
  return customerId === null
    ? { kind: 'organization' as const, id: orgId }
    : { kind: 'customer' as const, id: customerId }
}
