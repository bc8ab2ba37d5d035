import { id, pageQuery, scopeWithName, time, z } from '../json.ts'
import { pattern, subject } from './access.ts'

export const newAccessReview = z.object({ customer_id: id.nullable().default(null) })

export const accessReview = z
  .object({
    id,
    /** null: the whole organization. */
    customer: z.object({ id, name: z.string() }).nullable(),
    opened_by: z.string().nullable(),
    opened_at: time,
    closed_at: time.nullable(),
    confirmed: z.int(),
    revoked: z.int(),
    /** What is not decided: counted when one review is read, and kept when it is closed; null in lists of open ones. */
    undecided: z.int().nullable(),
    /** Since when it is known whether a grant is used. */
    use_known_since: time,
  })
  .meta({ id: 'AccessReview' })

const verdict = z.enum(['confirmed', 'revoked'])

export const accessReviewItem = z
  .object({
    grant_id: id,
    subject,
    role_id: z.string(),
    role: z.string(),
    scope: scopeWithName,
    patterns: z.array(pattern).nullable(),
    starts_at: time.nullable(),
    ends_at: time.nullable(),
    reason: z.string(),
    granted_by: z.string().nullable(),
    granted_at: time,
    never_used: z.boolean(),
    /** To the hour. */
    last_used_at: time.nullable(),
    /** Within 30 days. */
    ends_soon: z.boolean(),
    /** What its holder may do at that place beyond this role, and the grants by which. */
    more_than_role: z.array(
      z.object({ grant_id: id, role: z.string(), scope: scopeWithName, permissions: z.array(z.string()) }),
    ),
    /** Older than 30 days, and not used in as long as is known, 30 days at least. */
    suggested: z.enum(['revoke']).nullable(),
    revocable: z.boolean(),
    verdict: verdict.nullable(),
    decided_by: z.string().nullable(),
    decided_at: time.nullable(),
  })
  .meta({ id: 'AccessReviewItem' })

export const accessReviewItemQuery = pageQuery.extend({
  show: z.enum(['all', 'undecided', 'never_used', 'ends_soon', 'more_than_role']).default('all'),
})

export const accessReviewDecisions = z.object({
  decisions: z
    .array(z.object({ grant_id: id, verdict }))
    .min(1)
    .max(500),
})
