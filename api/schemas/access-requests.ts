import { comment, id, pageQuery, scope, scopeWithName, time, z } from '../json.ts'
import { pattern, subject } from './access.ts'

const recordAskedFor = z.object({ name: z.string().max(1100), type: z.string().max(20) })
const hours = z.int().min(1).max(8760)

/** What was refused, as the `ask` of a refusal gives it: sent back with hours and a reason, it asks for access. */
export const newAccessRequest = z.object({
  permission: z.string().max(100),
  resource: scope,
  record: recordAskedFor.nullable().optional(),
  hours: hours.default(8),
  reason: z.string().trim().min(1, 'Say why: whoever decides reads it.').max(2000),
})

export const accessRequest = z
  .object({
    id,
    subject,
    permission: z.string(),
    /** The question in words: "change records of bakery.example". */
    sentence: z.string(),
    resource: scopeWithName,
    record: recordAskedFor.nullable(),
    /** The smallest grant that would allow it, as it was when it was asked for. */
    role_id: z.string(),
    role: z.string(),
    scope: scopeWithName,
    patterns: z.array(pattern).nullable(),
    hours,
    reason: z.string(),
    state: z.enum(['pending', 'granted', 'refused', 'withdrawn']),
    comment: z.string(),
    /** Clients are never told the names of staff. */
    decided_by: z.string().nullable(),
    decided_at: time.nullable(),
    /** The grant that was made of it, while it is there, and when that ends. */
    grant_id: id.nullable(),
    ends_at: time.nullable(),
    created_at: time,
    /** Is it the caller's own? */
    own: z.boolean(),
    /** May the caller decide it now? */
    can_decide: z.boolean(),
  })
  .meta({ id: 'AccessRequest' })

export const accessRequestQuery = pageQuery.extend({ view: z.enum(['mine', 'to_decide']).default('mine') })

/** Never longer or wider than was asked for; shorter (hours or ends_at), for fewer records, or by a smaller role. */
export const accessDecision = z.strictObject({
  decision: z.enum(['grant', 'refuse']),
  hours: hours.optional(),
  ends_at: time.optional(),
  patterns: z.array(pattern).min(1).max(50).optional(),
  role_id: z.string().max(100).optional(),
  review_required: z.boolean().default(false),
  comment: comment.default(''),
})
