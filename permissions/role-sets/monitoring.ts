import { permissionIds } from '../permissions.ts'
import type { Role } from '../roles.ts'
import { allProviders, allTemplates, ownKeys, readZone, writeZone } from './groups.ts'

export const monitoringRoles: readonly Role[] = [
  {
    id: 'monitoring.client',
    name: 'Client',
    set: 'monitoring',
    scopeKind: 'provider',
    realms: ['staff', 'client'],
    permissions: ['dashboard.view', 'providers.view', ...readZone],
    interfaceOnly: true,
  },
  {
    id: 'monitoring.member',
    name: 'Member',
    set: 'monitoring',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: [
      'dashboard.view',
      'reports.view',
      'alerts.view',
      ...ownKeys,
      'developer.view',
      'customers.view',
      ...allProviders,
      'domains.view',
      'websites.view',
      ...readZone,
      ...writeZone,
      'records.protected.write',
      'zones.create',
      'zones.settings.manage',
      'zones.delete',
      'changes.approve',
      ...allTemplates,
      'checks.manage',
      'certificates.manage',
      'channels.manage',
      'lookup.use',
      'webhooks.manage',
    ],
  },
  {
    id: 'monitoring.administrator',
    name: 'Administrator',
    set: 'monitoring',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: permissionIds,
  },
]
