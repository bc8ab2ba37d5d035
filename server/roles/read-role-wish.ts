import {
  isPermission,
  type Permission,
  permissionEntry,
  permissionIds,
  type Role,
  type ScopeKind,
} from '@zoneward/permissions'
import { builtInRoleBook } from '../access/role-book.ts'
import { Fault, invalidField } from '../fault.ts'

/** The role that is copied: a built-in one. A copy of a copy is one of the same original. */
export function readOriginal(id: string, ownNames: ReadonlyMap<string, Role>): Role {
  const original = builtInRoleBook.get(id)
  if (original?.block === true) {
    throw invalidField('based_on', `"${original.name}" is a building block of a member's access: copy a whole role.`)
  }
  if (original) return original
  const own = ownNames.get(id)
  if (own?.basedOn === undefined) throw invalidField('based_on', `There is no role "${id}".`)
  const detail = `"${own.name}" is a copy itself: copy "${own.basedOn}", with the permissions of "${own.name}".`
  throw invalidField('based_on', detail)
}

/** In the order of the documentation, each once; throws at what is unknown, or makes no sense where the role is given. */
export function readPermissions(wished: readonly string[], original: Role): Permission[] {
  for (const [place, id] of wished.entries()) {
    if (!isPermission(id)) throw invalidField(`permissions.${place}`, `There is no permission "${id}".`)
    if (id === 'providers.manage' && original.scopeKind === 'provider') {
      const detail = `"${id}" is for staff, and a copy of "${original.name}" can be given to client accounts: leave it out.`
      throw invalidField(`permissions.${place}`, detail)
    }
    const { scopeKinds } = permissionEntry(id)
    if (original.permissions.includes(id) || scopeKinds.includes(original.scopeKind)) continue
    const detail = `"${id}" makes no sense at ${withArticle(original.scopeKind)}, where this role is given: it is for ${scopeKinds.map(withArticle).join(' or ')}.`
    throw invalidField(`permissions.${place}`, detail)
  }
  if (wished.length === 0) throw invalidField('permissions', 'A role gives something: name one permission at least.')
  return permissionIds.filter((id) => wished.includes(id))
}

function withArticle(kind: ScopeKind): string {
  return kind === 'organization' ? 'the organization' : `a ${kind}`
}

/** People tell roles by their names, so a copy is not called as a built-in one. */
export function ensureOwnName(name: string): void {
  const same = [...builtInRoleBook.values()].find((role) => role.name.toLowerCase() === name.toLowerCase())
  if (same) throw new Fault('conflict', `"${same.name}" is the name of a built-in role: choose another one.`)
}
