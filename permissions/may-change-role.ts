import { checkRole } from './check-role.ts'
import { isAllowed } from './decide.ts'
import type { GrantIndex } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { type GrantRefusal, mayGive, mayRevoke } from './may-grant.ts'
import type { Permission } from './permissions.ts'
import type { Asker } from './requests.ts'
import type { Role } from './roles.ts'
import type { Resource, Scope, Subject } from './scopes.ts'

/** A grant, or an invitation to one, of the role that is edited. */
export interface RoleHolder {
  readonly grant: Omit<Grant, 'id'>
  /** The grant's scope, with its ancestors. */
  readonly at: Resource
  /** Who holds it: a person, or everybody in the team. Nobody yet, of an invitation. */
  readonly targets: readonly Subject[]
}

export interface RoleChange {
  readonly editor: Asker
  readonly organization: Resource
  readonly before: Role
  readonly after: Role
  /** Every grant of the role, also those to come. */
  readonly holders: readonly RoleHolder[]
}

export type MayChangeRole =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly refusal: GrantRefusal | 'no_roles_manage'
      /** A sentence for people. */
      readonly message: string
      readonly permission?: Permission
    }

/**
 * Whether somebody may edit a custom role. An edit changes every grant of the role, so it is judged as they would be:
 * what gives more has to be the editor's to give, everywhere the role is granted (and, granted nowhere, at the
 * organization); what only takes away needs the right to take it; and nobody above the editor is touched.
 * A change of words alone wants `roles.manage` and no more.
 * @example mayChangeRole(index, { editor: granter, organization, before: ownRole, after: { ...ownRole, name: 'Baker' }, holders: [] }).ok // true
 */
export function mayChangeRole(index: GrantIndex, change: RoleChange): MayChangeRole {
  const { editor, organization, before, after, holders } = change
  if (!isAllowed(index, { ...editor, permission: 'roles.manage', resource: organization })) {
    return refuse('no_roles_manage', 'Changing a role needs "roles.manage"', 'roles.manage')
  }
  const fault = faultOf(change, index)
  if (fault !== null) return refuse('invalid', fault)
  if (sameRights(before, after)) return { ok: true }
  // The editor's own rights stay those of before, whatever the role gives afterwards.
  const edited = { ...index, roles: new Map([...index.roles, [after.id, after]]) }
  const more = givesMore(before, after)
  const places = holders.length === 0 && more ? [nowhereYet(change)] : holders
  for (const { grant, at, targets } of places) {
    const asked = { granter: editor, grant, at, targets }
    const touching = mayRevoke(edited, asked)
    if (!touching.ok) return touching
    // Ceilings of customers are no excuse: they can be lifted, and the role would be there.
    const giving = more ? mayGive(edited, { ...asked, targets: [] }, after) : touching
    if (!giving.ok) return giving
  }
  return { ok: true }
}

function faultOf({ before, after, holders }: RoleChange, { roles }: GrantIndex): string | null {
  if (before.set !== 'custom') return `"${before.name}" is built in: copy it, and edit the copy`
  if (after.id !== before.id || after.set !== 'custom') return 'An edit leaves the role itself what it is'
  if (after.scopeKind !== before.scopeKind && holders.length > 0) {
    return `"${before.name}" is granted already, so it stays for a ${before.scopeKind}: make another role`
  }
  const fault = checkRole(after, roles)
  return fault === null ? null : fault.message
}

function nowhereYet({ organization, after }: RoleChange): RoleHolder {
  const scope: Scope = { kind: 'organization', id: organization.id }
  return { grant: { subjectId: '', roleId: after.id, scope }, at: organization, targets: [] }
}

function sameRights(before: Role, after: Role): boolean {
  return !givesMore(before, after) && !givesMore(after, before)
}

function givesMore(before: Role, after: Role): boolean {
  return (
    after.permissions.some((permission) => !before.permissions.includes(permission)) ||
    after.realms.some((realm) => !before.realms.includes(realm)) ||
    (before.interfaceOnly === true && after.interfaceOnly !== true) ||
    (after.clientAtOrganization === true && before.clientAtOrganization !== true) ||
    passesOnMore(before.passesOn, after.passesOn)
  )
}

function passesOnMore(before: Role['passesOn'], after: Role['passesOn']): boolean {
  if (before === undefined) return false
  return after === undefined || after.some((roleId) => !before.includes(roleId))
}

function refuse(refusal: GrantRefusal | 'no_roles_manage', message: string, permission?: Permission): MayChangeRole {
  return { ok: false, refusal, message, ...(permission === undefined ? {} : { permission }) }
}
