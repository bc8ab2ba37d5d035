import { comment, id, pageQuery, scopeWithName, shortText, time, z } from '../json.ts'

/** A user without sign-in, that owns keys. What it may do is granted to it like to anybody else. */
export const serviceAccount = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    created_at: time,
    /** How many keys it has now. */
    keys: z.int(),
    grants: z.int(),
  })
  .meta({ id: 'ServiceAccount' })

export const newServiceAccount = z.object({ name: shortText, description: comment.default('') })
export const serviceAccountPatch = z.object({ name: shortText.optional(), description: comment.optional() })
export const serviceAccountQuery = pageQuery.extend({ q: z.string().max(200).optional() })

/** What is held at one place, alike in the records that it counts for and in how long it lasts. */
const keyHolding = z.object({
  permissions: z.array(z.string()),
  /** Texts of the record patterns; null: every record, or no matter of records. */
  patterns: z.array(z.string()).nullable(),
  until: time.nullable(),
  review_required: z.boolean(),
})

/** What an API key can do now: its owner's rights, live, within its ceiling. */
export const keyAccess = z
  .object({
    /** False: no request by it is answered at all; `sentence` says why. */
    usable: z.boolean(),
    sentence: z.string(),
    ends_at: time.nullable(),
    /** When it stops for not being used, unless it is used before. */
    idle_until: time.nullable(),
    networks: z.array(z.string()).nullable(),
    items: z.array(z.object({ scope: scopeWithName, holdings: z.array(keyHolding) })),
    next: z.string().nullable(),
  })
  .meta({ id: 'KeyAccess' })
