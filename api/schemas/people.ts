import { comment, email, id, pageQuery, realm, scope, scopeWithName, shortText, time, z } from '../json.ts'

export const grantSummary = z.object({
  id,
  role_id: z.string(),
  role: z.string(),
  scope: scopeWithName,
  ends_at: time.nullable(),
})

export const member = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    created_at: time,
    grants: z.array(grantSummary),
    is_me: z.boolean(),
  })
  .meta({ id: 'Member' })

export const clientUser = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    portal: z.string(),
    customer: z.object({ id, name: z.string() }).nullable(),
    created_at: time,
    last_seen_at: time.nullable(),
    grants: z.array(grantSummary),
    is_me: z.boolean(),
  })
  .meta({ id: 'ClientUser' })

export const clientUserQuery = pageQuery.extend({ customer_id: id.optional(), q: z.string().max(200).optional() })

export const grantWish = z
  .strictObject({ role_id: z.string().max(100), scope: scope.optional() })
  .meta({ id: 'GrantWish' })

export const newInvitation = z.strictObject({
  realm,
  email,
  /** The home of a client account; without it the organization itself (monitoring Client, zones User). */
  customer_id: id.nullable().default(null),
  grants: z.array(grantWish).max(200).default([]),
  message: comment.default(''),
})

export const invitation = z
  .object({
    id,
    realm,
    email: z.string(),
    customer: z.object({ id, name: z.string() }).nullable(),
    state: z.enum(['pending', 'accepted', 'expired', 'revoked']),
    grants: z.array(z.object({ role_id: z.string(), role: z.string(), scope: scopeWithName })),
    created_at: time,
    sent_at: time,
    expires_at: time,
    /** Only in the answer that made or resent it, and only where mail goes to an outbox folder. */
    link: z.string().nullable(),
  })
  .meta({ id: 'Invitation' })

export const invitationQuery = pageQuery.extend({
  state: z.enum(['pending', 'accepted', 'expired', 'revoked']).optional(),
  customer_id: id.optional(),
})

export const keyCeiling = z
  .strictObject({
    /** Only these permissions of the owner; all of them where absent. */
    permissions: z.array(z.string().max(100)).max(200).optional(),
    /** Only below these scopes. */
    scopes: z.array(scope).max(200).optional(),
    /** Only these records: pattern texts such as `_acme-challenge.**`, with types. */
    patterns: z
      .array(
        z.strictObject({
          names: z.array(z.string().max(1100)).min(1).max(100),
          types: z.array(z.string().max(20)).max(100).optional(),
        }),
      )
      .max(50)
      .optional(),
    networks: z.array(z.string().max(60)).max(50).optional(),
    /** It stops when it was not used for so many days. */
    idle_days: z.int().min(1).max(365).optional(),
  })
  .meta({ id: 'KeyCeiling' })

export const apiKey = z
  .object({
    id,
    name: z.string(),
    hint: z.string(),
    owner: z.object({ id, name: z.string() }),
    /** Who made it: of a service account's key somebody else than its owner. */
    made_by: z.object({ id, name: z.string() }).nullable(),
    ceiling: keyCeiling,
    created_at: time,
    expires_at: time.nullable(),
    last_used_at: time.nullable(),
    last_used_from: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' })

export const newApiKey = z.strictObject({
  name: shortText,
  ceiling: keyCeiling.default({}),
  expires_at: time.nullable().default(null),
})
export const createdApiKey = apiKey.extend({ token: z.string() }).meta({ id: 'CreatedApiKey' })
export const apiKeyQuery = pageQuery.extend({
  owner: z.enum(['me', 'everyone']).default('me'),
  /** With `everyone`: the keys of this person or service account only. */
  owner_id: id.optional(),
})
