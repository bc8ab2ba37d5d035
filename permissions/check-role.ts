import { isPermission } from './permissions.ts'
import type { Role, RoleBook } from './roles.ts'
import { realms, scopeKinds } from './scopes.ts'
import { originalsOf } from './set-of-role.ts'

/** The field that is wrong, and a sentence that says what would be right. */
export interface RoleFault {
  readonly field: 'permissions' | 'scope' | 'realms' | 'name' | 'basedOn'
  readonly message: string
}

/**
 * What is wrong with an organization's own role, or null.
 * @param roles the book with its original, to tell an unknown one, or copies that go round in a circle
 * @example checkRole({ ...ownRole, basedOn: 'msp.king' }, roles)?.field // 'basedOn'
 */
export function checkRole(role: Role, roles?: RoleBook): RoleFault | null {
  if (role.name.trim() === '') return { field: 'name', message: 'A role has a name: write one' }
  const unknown = role.permissions.find((id) => !isPermission(id))
  if (unknown !== undefined) return { field: 'permissions', message: `There is no permission "${unknown}"` }
  if (!scopeKinds.includes(role.scopeKind)) {
    return { field: 'scope', message: `A role is for one of ${scopeKinds.join(', ')}, not for "${role.scopeKind}"` }
  }
  const known = role.realms.length > 0 && role.realms.every((realm) => realms.includes(realm))
  if (!known) return { field: 'realms', message: 'A role is for staff, client, or both' }
  return roles === undefined ? null : checkOriginal(role, roles)
}

function checkOriginal(role: Role, roles: RoleBook): RoleFault | null {
  const { basedOn } = role
  if (basedOn === undefined) return null
  if (!roles.has(basedOn)) return { field: 'basedOn', message: `There is no role "${basedOn}" to copy` }
  const original = originalsOf(basedOn, new Map([...roles, [role.id, role]])).at(-1)
  if (original?.basedOn === undefined) return null
  return { field: 'basedOn', message: `"${role.name}" would be a copy of itself: choose another role to copy` }
}
