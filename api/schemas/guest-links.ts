import { comment, id, pageQuery, time, z } from '../json.ts'
import { pattern } from './access.ts'

/** A link without an account, for chosen records of one zone: a key of its maker, within its maker's rights. */
export const guestLink = z
  .object({
    id,
    zone: z.object({ id, name: z.string() }),
    patterns: z.array(pattern),
    may_propose: z.boolean(),
    note: z.string(),
    owner: z.object({ id, name: z.string() }),
    hint: z.string(),
    created_at: time,
    ends_at: time,
    last_used_at: time.nullable(),
    last_used_from: z.string().nullable(),
  })
  .meta({ id: 'GuestLink' })

export const newGuestLink = z.strictObject({
  zone_id: id,
  /** The records that it shows; `**` with the zone's name is the whole zone. */
  patterns: z.array(pattern).min(1).max(50),
  may_propose: z.boolean().default(false),
  /** At most 90 days from now. */
  ends_at: time,
  /** For whom it is: seen by whoever manages the link, never by the guest. */
  note: comment.default(''),
})
/** The token and the link are in this answer only. */
export const createdGuestLink = guestLink
  .extend({ token: z.string(), link: z.string() })
  .meta({ id: 'CreatedGuestLink' })
export const guestLinkQuery = pageQuery.extend({
  owner: z.enum(['me', 'everyone']).default('me'),
  zone_id: id.optional(),
})

/** What a guest is told of its link. */
export const guest = z
  .object({
    zone: z.object({ id, name: z.string() }),
    patterns: z.array(pattern),
    may_propose: z.boolean(),
    ends_at: time,
    /** The organization that looks after the zone. */
    provider: z.string(),
  })
  .meta({ id: 'Guest' })
