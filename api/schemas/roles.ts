import { comment, id, realm, shortText, time, z } from '../json.ts'
import { roleSet } from './sign-in.ts'

export const roleInfo = z
  .object({
    id: z.string(),
    /** One of the role sets, or `custom` for a role of the organization's own. */
    set: z.string(),
    name: z.string(),
    sentence: z.string(),
    /** In the words of whoever made it; empty for a built-in one. */
    description: z.string(),
    scope_kind: z.string(),
    realms: z.array(realm),
    permissions: z.array(z.string()),
    interface_only: z.boolean(),
    /** A building block of a staff member's access at a customer, not a role of the reference sets. */
    block: z.boolean(),
    /** The organization's own set: pickers show it first. */
    primary: z.boolean(),
    /** The role that an own one was copied from; null for a built-in one. */
    based_on: z.string().nullable(),
  })
  .meta({ id: 'Role' })

const count = z.int().nullable()

/** Where a role is used is told to those who hold roles.manage; to others the counts are null. */
export const roleDetail = roleInfo
  .extend({
    /** What differs from the original. */
    added: z.array(z.string()),
    removed: z.array(z.string()),
    grants: count,
    /** Open invitations that would give it. */
    invitations: count,
    /** Customers whose own admin may hand it out. */
    ceilings: count,
    /** Open requests for it. */
    requests: count,
    changed_at: time.nullable(),
  })
  .meta({ id: 'RoleDetail' })

const permissionNames = z.array(z.string().max(100)).max(200)

export const newRole = z.object({
  based_on: z.string().max(100),
  name: shortText,
  description: comment.default(''),
  /** Without them, those of the original. */
  permissions: permissionNames.optional(),
})
export const rolePatch = z.object({
  name: shortText.optional(),
  description: comment.optional(),
  permissions: permissionNames.optional(),
})

export const roleParams = z.object({ role_id: z.string().max(100) })

/** What client accounts can ever hold at a customer, what its own admin may hand out, and how many accounts it has. */
export const customerCeiling = z
  .object({
    permissions: z.array(z.string()),
    role_ids: z.array(z.string()),
    seats: z.int().nullable(),
    /** Client accounts and open invitations, a seat each. */
    seats_taken: z.int(),
    /** `own`: set for this customer; otherwise the role set of the organization, where every customer begins. */
    starts_from: z.enum(['own', ...roleSet.options]),
    /** Permissions that may stand in a ceiling: others are never within reach of a client account. */
    possible_permissions: z.array(z.string()),
    possible_role_ids: z.array(z.string()),
  })
  .meta({ id: 'CustomerCeiling' })

export const customerCeilingReplacement = z.object({
  /** null, with `role_ids` null too: as the role set of the organization begins. */
  permissions: permissionNames.nullable(),
  role_ids: z.array(z.string().max(100)).max(1000).nullable(),
  /** null: as many as the plan has. */
  seats: z.int().min(1).max(1_000_000).nullable(),
})
export const ofCustomer = z.object({ customer_id: id })
