import { type Permission, permissionIds } from '../permissions.ts'
import type { Role } from '../roles.ts'
import { allDomains, allSubscription, readZone, writeZone } from './groups.ts'

/** Permissions of the domains set under the names that its tables use. */
export const namedBundles = {
  VIEW_DASHBOARD: ['dashboard.view'],
  VIEW_DOMAINS: ['domains.view', ...readZone],
  VIEW_DEVELOPER: ['developer.view'],
  VIEW_SERVERS: ['servers.view'],
  VIEW_EMAIL: ['email_sender.view'],
  VIEW_REPORTS: ['reports.view'],
  MANAGE_DOMAINS: [
    ...allDomains,
    ...writeZone,
    'records.protected.write',
    'zones.create',
    'zones.settings.manage',
    'zones.delete',
    'certificates.manage',
  ],
  MANAGE_API_KEY: ['api.use', 'api_keys.create', 'api_keys.manage'],
  REVOKE_API_KEY: ['api_keys.revoke'],
  MANAGE_WEBHOOKS: ['webhooks.manage'],
  MANAGE_SERVERS: ['servers.manage'],
  MANAGE_USER_ROLES: ['members.roles.manage'],
  MANAGE_TEAM: ['members.manage'],
  MANAGE_SUBSCRIPTION: allSubscription,
  MANAGE_EMAIL_SETTINGS: ['email_sender.manage'],
  MANAGE_BRAND: ['brand.manage'],
} as const satisfies Record<string, readonly Permission[]>

export type BundleName = keyof typeof namedBundles

/** @example permissionsOfBundles('VIEW_DASHBOARD', 'MANAGE_BRAND') // ['dashboard.view', 'brand.manage'] */
export function permissionsOfBundles(...names: readonly BundleName[]): Permission[] {
  return [...new Set(names.flatMap((name): readonly Permission[] => namedBundles[name]))]
}

const atOrganization = { set: 'domains', scopeKind: 'organization', realms: ['staff'] } as const

export const domainsRoles: readonly Role[] = [
  { ...atOrganization, id: 'domains.admin', name: 'Admin', permissions: permissionIds },
  {
    ...atOrganization,
    id: 'domains.developer',
    name: 'Developer',
    permissions: permissionsOfBundles(
      'VIEW_DASHBOARD',
      'VIEW_DOMAINS',
      'VIEW_DEVELOPER',
      'VIEW_SERVERS',
      'VIEW_EMAIL',
      'MANAGE_DOMAINS',
      'MANAGE_API_KEY',
      'REVOKE_API_KEY',
      'MANAGE_WEBHOOKS',
      'MANAGE_SERVERS',
    ),
  },
  {
    ...atOrganization,
    id: 'domains.user',
    name: 'User',
    permissions: permissionsOfBundles('VIEW_DASHBOARD', 'VIEW_DOMAINS'),
  },
]
