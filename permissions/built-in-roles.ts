import { domainsRoles } from './role-sets/domains.ts'
import { hostingRoles } from './role-sets/hosting.ts'
import { monitoringRoles } from './role-sets/monitoring.ts'
import { memberBlocks, mspRoles } from './role-sets/msp.ts'
import { zonesRoles } from './role-sets/zones.ts'
import type { Role, RoleBook } from './roles.ts'

/** The 23 roles of the five role sets. */
export const builtInRoles: readonly Role[] = [
  ...monitoringRoles,
  ...mspRoles,
  ...hostingRoles,
  ...zonesRoles,
  ...domainsRoles,
]

/**
 * The built-in roles and blocks with an organization's own. An own role cannot take a built-in's id.
 * @example makeRoleBook().get('msp.viewer')?.name // 'Viewer'
 */
export function makeRoleBook(ownRoles: readonly Role[] = []): RoleBook {
  return new Map([...ownRoles, ...builtInRoles, ...memberBlocks].map((role) => [role.id, role]))
}
