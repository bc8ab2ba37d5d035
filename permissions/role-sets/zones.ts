import { permissionIds } from '../permissions.ts'
import type { Role } from '../roles.ts'
import { ownKeys, readZone, writeZone } from './groups.ts'

export const zonesRoles: readonly Role[] = [
  {
    id: 'zones.admin',
    name: 'Admin',
    set: 'zones',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: permissionIds,
  },
  {
    id: 'zones.user',
    name: 'User',
    set: 'zones',
    scopeKind: 'organization',
    realms: ['staff', 'client'],
    permissions: ['dashboard.view', ...ownKeys],
    clientAtOrganization: true,
  },
  {
    id: 'zones.read_only',
    name: 'Read only',
    set: 'zones',
    scopeKind: 'zone',
    realms: ['staff', 'client'],
    permissions: readZone,
  },
  {
    id: 'zones.read_write',
    name: 'Read & write',
    set: 'zones',
    scopeKind: 'zone',
    realms: ['staff', 'client'],
    permissions: [...readZone, ...writeZone],
  },
]
