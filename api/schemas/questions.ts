import { id, pageOf, pageQuery, scopeKind, scopeWithName, time, z } from '../json.ts'
import { pattern, subject } from './access.ts'

export const resourceQuery = pageQuery.extend({
  permission: z.string().max(100),
  kind: scopeKind,
  /** Another subject, where the caller holds grants.view; without it the caller. */
  subject_id: id.optional(),
})

/** A thing where a permission is held; `patterns` where it is held for these records only. */
export const heldResource = scopeWithName.extend({ patterns: z.array(pattern).nullable() }).meta({ id: 'HeldResource' })

export const permissionQuery = z.object({
  subject_id: id.optional(),
  resource_kind: scopeKind,
  resource_id: id,
  record_name: z.string().max(1100).optional(),
  record_type: z.string().max(20).optional(),
})

/** One permission that is held, and through which roles; `ends_at` where it ends by itself. */
export const heldPermission = z
  .object({
    permission: z.string(),
    patterns: z.array(pattern).nullable(),
    roles: z.array(z.string()),
    ends_at: time.nullable(),
    review_required: z.boolean(),
  })
  .meta({ id: 'HeldPermission' })

export const heldPermissions = z
  .object({ subject, resource: scopeWithName, items: z.array(heldPermission), next: z.null() })
  .meta({ id: 'HeldPermissions' })

export const matrixQuery = z.object({
  scope_kind: scopeKind,
  scope_id: id,
  /** The next page of people. */
  cursor: z.string().max(2000).optional(),
  /** The next page of things. */
  things_cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
  things_limit: z.coerce.number().int().min(1).max(25).default(25),
})

/** What somebody can do with a thing; `inherited`: held from further up or through a team; `narrowed`: some records only. */
export const matrixCell = z
  .object({ level: z.enum(['none', 'read', 'write', 'manage']), inherited: z.boolean(), narrowed: z.boolean() })
  .meta({ id: 'MatrixCell' })

/** People × things: `cells[i][j]` is what people.items[i] can do with things.items[j]. */
export const matrix = z
  .object({
    scope: scopeWithName,
    people: pageOf(subject),
    things: pageOf(scopeWithName),
    cells: z.array(z.array(matrixCell)),
  })
  .meta({ id: 'AccessMatrix' })
