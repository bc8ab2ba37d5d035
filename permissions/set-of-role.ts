import type { Role, RoleBook, RoleSetId } from './roles.ts'

/**
 * The set that a role belongs to: a copy belongs to that of its original, however often it was copied.
 * @example setOfRole('hosting.web', roles) // 'hosting'
 */
export function setOfRole(roleId: string, roles: RoleBook): RoleSetId | null {
  const chain = originalsOf(roleId, roles)
  const set = chain.at(-1)?.set
  return set === undefined || set === 'custom' ? null : set
}

/** The role and what it was copied from, up to the original, or to where the copies go round in a circle. */
export function originalsOf(roleId: string, roles: RoleBook): Role[] {
  const chain: Role[] = []
  let role = roles.get(roleId)
  while (role !== undefined && !chain.includes(role)) {
    chain.push(role)
    role = role.basedOn === undefined ? undefined : roles.get(role.basedOn)
  }
  return chain
}
