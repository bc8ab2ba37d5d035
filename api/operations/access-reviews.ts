import { id, pageOf, pageQuery, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import {
  accessReview,
  accessReviewDecisions,
  accessReviewItem,
  accessReviewItemQuery,
  newAccessReview,
} from '../schemas/access-reviews.ts'

const params = z.object({ access_review_id: id })

export const accessReviews = {
  'access_reviews.list': {
    summary: 'Access reviews of the organization and its customers, newest first.',
    permission: 'grants.manage',
    asked: 'list',
    audit: null,
    status: 200,
    query: pageQuery,
    response: pageOf(accessReview),
  },
  'access_reviews.create': {
    summary: 'Begin to go through every grant of the organization, or of one customer and all below it.',
    permission: 'grants.manage',
    asked: 'body',
    audit: 'access_review.opened',
    status: 201,
    body: newAccessReview,
    response: accessReview,
  },
  'access_reviews.read': {
    summary: 'One access review, with how much of it is done.',
    permission: 'grants.manage',
    asked: 'body',
    audit: null,
    status: 200,
    params,
    response: accessReview,
  },
  'access_review_items.list': {
    summary: 'The grants of a review: when each was last used, when it ends, and who holds more than the role.',
    permission: 'grants.manage',
    asked: 'body',
    audit: null,
    status: 200,
    params,
    query: accessReviewItemQuery,
    response: pageOf(accessReviewItem),
  },
  'access_reviews.decide': {
    summary: 'Confirm or revoke up to 500 grants in one pass: all of it, or nothing.',
    permission: 'grants.manage',
    asked: 'body',
    audit: 'access_review.decided',
    changesAccess: true,
    status: 200,
    params,
    body: accessReviewDecisions,
    response: accessReview,
  },
  'access_reviews.close': {
    summary: 'Close a review, whatever is left undecided.',
    permission: 'grants.manage',
    asked: 'body',
    audit: 'access_review.closed',
    status: 200,
    params,
    response: accessReview,
  },
} as const satisfies Record<string, Operation>
