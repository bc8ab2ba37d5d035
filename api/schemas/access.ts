import { comment, id, pageQuery, realm, scope, scopeWithName, time, z } from '../json.ts'

export const permissionInfo = z
  .object({ id: z.string(), area: z.string(), sentence: z.string(), scopes: z.array(z.string()), writes: z.boolean() })
  .meta({ id: 'Permission' })

export const pattern = z
  .strictObject({
    names: z.array(z.string().max(1100)).min(1).max(100),
    types: z.array(z.string().max(20)).max(100).optional(),
  })
  .meta({ id: 'RecordPattern' })

export const subject = z
  .object({
    id,
    kind: z.enum(['member', 'client_user', 'team', 'service']),
    realm,
    name: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Subject' })

export const grant = z
  .object({
    id,
    subject,
    role_id: z.string(),
    role: z.string(),
    scope: scopeWithName,
    patterns: z.array(pattern).nullable(),
    starts_at: time.nullable(),
    ends_at: time.nullable(),
    review_required: z.boolean(),
    reason: z.string(),
    granted_by: z.string().nullable(),
    created_at: time,
    /** May the caller take it away? */
    revocable: z.boolean(),
  })
  .meta({ id: 'Grant' })

export const grantQuery = pageQuery.extend({
  subject_id: id.optional(),
  scope_kind: scope.shape.kind.optional(),
  scope_id: id.optional(),
})

export const newGrant = z.strictObject({
  subject_id: id,
  role_id: z.string().max(100),
  scope,
  patterns: z.array(pattern).max(50).nullable().default(null),
  starts_at: time.nullable().default(null),
  ends_at: time.nullable().default(null),
  review_required: z.boolean().default(false),
  reason: comment.default(''),
})
export const grantPatch = z.strictObject({
  ends_at: time.nullable().optional(),
  role_id: z.string().max(100).optional(),
})

const level = z.enum(['none', 'read', 'write'])
/** One row of the screen of S3: a zone, the level granted on it directly, and what comes from elsewhere. */
export const zoneAccess = z
  .object({
    zone: z.object({ id, name: z.string() }),
    level,
    inherited: z.object({ level, from: z.string() }).nullable(),
  })
  .meta({ id: 'ZoneAccess' })
export const zoneAccessReplacement = z.object({ levels: z.array(z.object({ zone_id: id, level })).max(5000) })
export const zoneAccessQuery = pageQuery.extend({ q: z.string().max(255).optional() })
export const providerAccessReplacement = z.object({ provider_ids: z.array(id).max(1000) })

const recordTarget = z.object({ name: z.string().max(1100), type: z.string().max(20) })
export const question = z.object({
  /** Another subject, with the right to ask (grants.view); without it the caller. */
  subject_id: id.optional(),
  permission: z.string().max(100),
  resource: scope,
  record: recordTarget.optional(),
})
export const checkRequest = z.object({ checks: z.array(question).min(1).max(2000) })
export const checkAnswer = z.object({
  answers: z.array(z.object({ allowed: z.boolean(), review_required: z.boolean() })),
})

export const explanation = z
  .object({
    allowed: z.boolean(),
    sentence: z.string(),
    subject: z.string(),
    permission: z.string(),
    resource: scopeWithName,
    /** Allowed: each grant that is a reason, and the way it reaches the resource. */
    reasons: z.array(
      z.object({
        grant_id: id,
        role: z.string(),
        scope: scopeWithName,
        via_team: z.string().nullable(),
        path: z.array(z.string()),
        ends_at: time.nullable(),
        sentence: z.string(),
      }),
    ),
    /** Refused: why the nearest grants do not help. */
    nearest: z.array(z.object({ why: z.string(), sentence: z.string() })),
    smallest_grant: z
      .object({ role_id: z.string(), role: z.string(), scope: scopeWithName, sentence: z.string() })
      .nullable(),
    who_can_give: z.array(z.string()),
  })
  .meta({ id: 'Explanation' })

export const holderQuery = pageQuery.extend({
  permission: z.string().max(100),
  resource_kind: scope.shape.kind,
  resource_id: id,
  record_name: z.string().max(1100).optional(),
  record_type: z.string().max(20).optional(),
})
export const holder = z
  .object({
    subject,
    role: z.string(),
    scope: scopeWithName,
    via_team: z.string().nullable(),
    implicit: z.boolean(),
    grant_id: id,
    patterns: z.array(pattern).nullable(),
    ends_at: time.nullable(),
  })
  .meta({ id: 'Holder' })

export const auditEvent = z
  .object({
    seq: z.int(),
    at: z.string(),
    action: z.string(),
    sentence: z.string(),
    /** `role`: the roles held at that moment; `key`: the API key that was used. */
    actor: z.object({
      id: id.nullable(),
      name: z.string(),
      realm: z.string(),
      role: z.string().nullable(),
      key: z.string().nullable(),
    }),
    customer: z.object({ id, name: z.string() }).nullable(),
    zone: z.object({ id, name: z.string() }).nullable(),
    address: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEvent' })
export const auditQuery = pageQuery.extend({
  customer_id: id.optional(),
  zone_id: id.optional(),
  actor_id: id.optional(),
  /** A kind of event, or the first part of it: `grant` finds `grant.created`. */
  action: z.string().max(100).optional(),
  from: time.optional(),
  until: time.optional(),
})

export const dashboard = z
  .object({
    zones: z.int(),
    records: z.int(),
    customers: z.int(),
    people: z.int(),
    pending_invitations: z.int(),
    recent_changes: z.array(
      z.object({
        id,
        zone: z.object({ id, name: z.string() }),
        author: z.string(),
        comment: z.string(),
        added: z.int(),
        removed: z.int(),
        created_at: time,
      }),
    ),
    /** What to do next, in order, for somebody who has just begun. */
    next_steps: z.array(
      z.object({
        id: z.enum(['add_provider', 'import_zones', 'add_customer', 'invite_client', 'create_key']),
        done: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Dashboard' })
