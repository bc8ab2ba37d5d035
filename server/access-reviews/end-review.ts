import type { Tx } from '../database/pools.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { countUndecided } from './items-store.ts'
import { openReview } from './open-review.ts'
import { type ShownReview, showReview } from './present-reviews.ts'
import { closeReview } from './store.ts'

/** Closes a review, and keeps how many grants were left undecided. */
export async function endReview(
  tx: Tx,
  note: Note,
  request: ActorRequest<'access_reviews.close'>,
): Promise<ShownReview> {
  const { actor } = request
  const { review, allowed } = await openReview(tx, request, true)
  if (review.closed_at !== null) {
    note.nothing()
    return showReview(tx, actor, allowed, review)
  }
  const undecided = await countUndecided(tx, allowed, review)
  const closed = await closeReview(tx, allowed, review, undecided)
  const shown = await showReview(tx, actor, allowed, closed)
  const { confirmed, revoked } = shown
  note({ customerId: review.customer_id, facts: { review: review.id, confirmed, revoked, undecided } })
  return shown
}
