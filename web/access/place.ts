import type { BodyOf, ItemOf } from '@zoneward/api/types'

/** Something that access can be given on, with its name. */
export type Place = BodyOf<'access.explain'>['resource'] & { name: string }

export type Permission = ItemOf<'permissions.list'>
export type Role = ItemOf<'roles.list'>

/** The permissions that mean something on a place of this kind. */
export function permissionsAt(all: Permission[], kind: Place['kind']): Permission[] {
  return all.filter(({ scopes }) => scopes.includes(kind))
}

/** The roles that can be given on a place of this kind to accounts of this realm, the organization's own set first, then its own roles. */
export function rolesAt(all: Role[], kind: Place['kind'], realm?: 'staff' | 'client'): Role[] {
  const fitting = all.filter((role) => role.scope_kind === kind && (realm === undefined || role.realms.includes(realm)))
  const rank = ({ primary, set }: Role) => (primary ? 0 : set === 'custom' ? 1 : 2)
  return fitting.toSorted((one, other) => rank(one) - rank(other))
}

/** What a person asks first about a place of this kind. */
export const firstQuestion: Record<Place['kind'], string> = {
  organization: 'grants.manage',
  customer: 'zones.view',
  provider: 'zones.view',
  zone: 'records.view',
  hosting: 'hostings.view',
}
