import type { Routes } from '../http/routes.ts'
import { createReview } from './create-review.ts'
import { decideItems } from './decide-items.ts'
import { endReview } from './end-review.ts'
import { listItems } from './list-items.ts'
import { listReviews } from './list-reviews.ts'
import { openReview } from './open-review.ts'
import { showReview } from './present-reviews.ts'

export const accessReviewRoutes = {
  'access_reviews.list': (request) => request.read((tx) => listReviews(tx, request)),
  'access_reviews.create': (request) => request.write((tx, note) => createReview(tx, note, request)),
  'access_reviews.read': (request) =>
    request.read(async (tx) => {
      const { review, allowed } = await openReview(tx, request)
      return showReview(tx, request.actor, allowed, review)
    }),
  'access_review_items.list': (request) => request.read((tx) => listItems(tx, request)),
  // Confirming changes nobody's access; five hundred at once may take a moment.
  'access_reviews.decide': (request) =>
    request.body.decisions.some(({ verdict }) => verdict === 'revoked')
      ? request.changeAccess((tx, note) => decideItems(tx, note, request))
      : request.write((tx, note) => decideItems(tx, note, request), { longest: '10s' }),
  'access_reviews.close': (request) => request.write((tx, note) => endReview(tx, note, request)),
} satisfies Routes<
  | 'access_reviews.list'
  | 'access_reviews.create'
  | 'access_reviews.read'
  | 'access_review_items.list'
  | 'access_reviews.decide'
  | 'access_reviews.close'
>
