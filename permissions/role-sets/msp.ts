import { type Permission, permissionIds } from '../permissions.ts'
import type { Role } from '../roles.ts'
import { allSubscription, allWebsites, ownKeys, readZone, writeZone } from './groups.ts'

const beyondAdmin: readonly Permission[] = [...allSubscription, 'organization.delete']

export const mspRoles: readonly Role[] = [
  {
    id: 'msp.owner',
    name: 'Owner',
    set: 'msp',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: permissionIds,
  },
  {
    id: 'msp.admin',
    name: 'Admin',
    set: 'msp',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: permissionIds.filter((id) => !beyondAdmin.includes(id)),
  },
  {
    id: 'msp.member',
    name: 'Member',
    set: 'msp',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: ['dashboard.view', 'members.view', ...ownKeys],
  },
  {
    id: 'msp.client_admin',
    name: 'Client Admin',
    set: 'msp',
    scopeKind: 'customer',
    realms: ['client'],
    permissions: [
      'dashboard.view',
      'domains.view',
      ...readZone,
      ...writeZone,
      'dmarc.summary.view',
      'dmarc.reports.view',
      ...allWebsites,
      'hostings.view',
      'client_users.manage',
      'grants.view',
      'grants.manage',
      'audit.view',
      ...ownKeys,
    ],
  },
  {
    id: 'msp.developer',
    name: 'Developer',
    set: 'msp',
    scopeKind: 'customer',
    realms: ['client'],
    permissions: [
      'dashboard.view',
      'domains.view',
      ...readZone,
      'records.write',
      'changes.propose',
      'dmarc.summary.view',
      'websites.view',
      ...ownKeys,
    ],
  },
  {
    id: 'msp.viewer',
    name: 'Viewer',
    set: 'msp',
    scopeKind: 'customer',
    realms: ['client'],
    permissions: ['dashboard.view', 'domains.view', ...readZone, 'dmarc.summary.view', 'websites.view'],
  },
]

const dmarcRead: readonly Permission[] = ['dmarc.summary.view', 'dmarc.reports.view']

// The Member's matrix customer × kind × none, read, write: each cell that is not "none" is a grant of one of these.
const blocks: readonly (readonly [id: string, name: string, permissions: readonly Permission[]])[] = [
  ['dns_read', 'DNS, read', readZone],
  ['dns_write', 'DNS, read and write', [...readZone, ...writeZone, 'zones.settings.manage']],
  ['domains_read', 'Domains, read', ['domains.view']],
  ['domains_write', 'Domains, read and write', ['domains.view', 'domains.manage']],
  ['websites_read', 'Websites, read', ['websites.view', 'hostings.view']],
  ['websites_write', 'Websites, read and write', ['websites.view', 'hostings.view', 'websites.manage']],
  ['dmarc_read', 'DMARC, read', dmarcRead],
  ['dmarc_write', 'DMARC, read and write', [...dmarcRead, 'dmarc.manage', 'records.dmarc.write']],
]

/** What a Member's rights at a customer are put together from. */
export const memberBlocks: readonly Role[] = blocks.map(([id, name, permissions]) => ({
  id: `msp.block.${id}`,
  name,
  set: 'msp',
  scopeKind: 'customer',
  realms: ['staff'],
  permissions,
  block: true,
}))
