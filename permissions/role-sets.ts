import { type Permission, permissions } from './permissions.ts'
import { hostingRoles } from './role-sets/hosting.ts'
import type { RoleSetId } from './roles.ts'

/** One of the five ways of working. An organization has a primary one and may use the others too. */
export interface RoleSet {
  readonly id: RoleSetId
  readonly name: string
  /** What the founder of an organization gets. */
  readonly topRoleId: string
  /** What somebody invited without a choice gets at the organization; null: nothing. */
  readonly defaultRoleId: string | null
  /** The inviter has to choose, there is no default. */
  readonly mustChoose: boolean
  /** One role for a subject at a scope within the set. */
  readonly exclusive: boolean
  /** Where a new customer's ceiling starts: what its client accounts can ever hold. */
  readonly customerPermissions: readonly Permission[]
  /** … and the roles that its own admin may hand out. */
  readonly customerRoleIds: readonly string[]
}

const withheldFromClients: readonly Permission[] = [
  'domains.transfer',
  'domains.register',
  'customers.subscriptions.manage',
  'customers.bills.view',
  'customers.address.manage',
  'zones.create',
  'zones.settings.manage',
  'records.protected.write',
]

// What only makes sense at the organization is out of a client's reach whatever the ceiling says.
const agencyStart = permissions
  .filter((entry) => entry.scopeKinds.some((kind) => kind !== 'organization'))
  .map((entry) => entry.id)
  .filter((id) => !withheldFromClients.includes(id))

const hostingStart = hostingRoles.find((role) => role.id === 'hosting.customer_admin')?.permissions ?? []
const mspClientRoles = ['msp.client_admin', 'msp.developer', 'msp.viewer']
const zoneRoles = ['zones.read_only', 'zones.read_write']
const agency = { mustChoose: false, exclusive: false, customerPermissions: agencyStart }

export const roleSets: readonly RoleSet[] = [
  {
    ...agency,
    id: 'monitoring',
    name: 'Monitoring',
    topRoleId: 'monitoring.administrator',
    defaultRoleId: null,
    mustChoose: true,
    customerRoleIds: ['monitoring.client'],
  },
  {
    ...agency,
    id: 'msp',
    name: 'Agency',
    topRoleId: 'msp.owner',
    defaultRoleId: 'msp.member',
    customerRoleIds: mspClientRoles,
  },
  {
    ...agency,
    id: 'hosting',
    name: 'Hosting',
    // The set has no role at the organization, so whoever founds one is an owner.
    topRoleId: 'msp.owner',
    defaultRoleId: null,
    exclusive: true,
    customerPermissions: hostingStart,
    customerRoleIds: hostingRoles.map((role) => role.id),
  },
  {
    ...agency,
    id: 'zones',
    name: 'Zones',
    topRoleId: 'zones.admin',
    defaultRoleId: 'zones.user',
    customerRoleIds: zoneRoles,
  },
  {
    ...agency,
    id: 'domains',
    name: 'Domains',
    topRoleId: 'domains.admin',
    defaultRoleId: 'domains.user',
    customerRoleIds: mspClientRoles,
  },
]

/** What is granted, beyond the granter's own rights, to the current team of whoever makes a customer. */
export const newCustomerRoleId = 'hosting.customer_admin'

/** @example roleSet('msp').topRoleId // 'msp.owner' */
export function roleSet(id: RoleSetId): RoleSet {
  return roleSets.find((set) => set.id === id) as RoleSet
}
