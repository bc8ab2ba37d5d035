import type { Role } from '../roles.ts'
import { allDomains, allHosting, allHostings, allWebsites, ownKeys, readZone, writeZone } from './groups.ts'

const customerMatters = [
  'customers.view',
  'customers.address.manage',
  'customers.subscriptions.manage',
  'customers.bills.view',
] as const

const atCustomer = { set: 'hosting', scopeKind: 'customer', realms: ['staff', 'client'] } as const
const atHosting = { set: 'hosting', scopeKind: 'hosting', realms: ['staff', 'client'] } as const

export const hostingRoles: readonly Role[] = [
  {
    ...atCustomer,
    id: 'hosting.customer_admin',
    name: 'Customer Admin',
    permissions: [
      'dashboard.view',
      ...customerMatters,
      ...allDomains,
      ...readZone,
      ...writeZone,
      'records.protected.write',
      'zones.create',
      'zones.settings.manage',
      'grants.view',
      'grants.manage',
      'client_users.manage',
      'dmarc.summary.view',
      'dmarc.reports.view',
      ...allWebsites,
      ...allHostings,
      ...allHosting,
      ...ownKeys,
    ],
  },
  { ...atCustomer, id: 'hosting.manager', name: 'Manager', permissions: ['dashboard.view', ...customerMatters] },
  {
    ...atCustomer,
    id: 'hosting.domain',
    name: 'Domain',
    permissions: [
      'dashboard.view',
      'domains.view',
      'domains.register',
      'domains.manage',
      ...readZone,
      ...writeZone,
      'records.protected.write',
      'zones.create',
      ...ownKeys,
    ],
  },
  {
    ...atHosting,
    id: 'hosting.hosting_admin',
    name: 'Hosting Admin',
    permissions: [
      'dashboard.view',
      ...allHostings,
      ...allHosting,
      ...allWebsites,
      'certificates.view',
      'grants.view',
      'grants.manage',
    ],
    passesOn: ['hosting.hosting_admin', 'hosting.web', 'hosting.mail', 'hosting.stats'],
  },
  {
    ...atHosting,
    id: 'hosting.web',
    name: 'Web',
    permissions: [
      'dashboard.view',
      'hostings.view',
      'hosting.web.manage',
      'hosting.stats.view',
      ...allWebsites,
      'certificates.view',
    ],
  },
  {
    ...atHosting,
    id: 'hosting.mail',
    name: 'Mail',
    permissions: ['dashboard.view', 'hostings.view', 'hosting.mail.manage'],
  },
  {
    ...atHosting,
    id: 'hosting.stats',
    name: 'Stats',
    permissions: ['dashboard.view', 'hostings.view', 'hosting.stats.view'],
  },
]
