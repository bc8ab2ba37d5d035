import { findResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { placeOf } from './open-review.ts'
import { type ShownReview, showReview } from './present-reviews.ts'
import { findOpen, insertReview } from './store.ts'

/** Opens a review of the organization or of a customer; the one of that place that is still open is the same again. */
export async function createReview(
  tx: Tx,
  note: Note,
  request: ActorRequest<'access_reviews.create'>,
): Promise<ShownReview> {
  const { actor, body } = request
  refuseClients(actor)
  const at = await findResource(tx, actor.orgId, placeOf(actor.orgId, body.customer_id))
  await request.authorize(tx, 'grants.view', at)
  const allowed = await request.authorize(tx, 'grants.manage', at)
  const open = await findOpen(tx, allowed, actor.orgId, body.customer_id)
  if (open !== null) {
    note.nothing()
    return showReview(tx, actor, allowed, open)
  }
  const place = { org_id: actor.orgId, id: newId(), customer_id: body.customer_id }
  const row = await insertReview(tx, allowed, { ...place, opened_by: actor.subjectId })
  note({ customerId: row.customer_id, facts: { review: row.id } })
  return showReview(tx, actor, allowed, row)
}

/** A client's own admin sees who has access on the page of its people; going through all grants is the provider's. */
export function refuseClients({ realm }: Actor): void {
  if (realm === 'client') throw new Fault('forbidden', 'Access reviews are made by your provider.')
}
