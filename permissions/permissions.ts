// The closed list of permissions. Everything that shows a table of permissions prints it from here.

import type { ScopeKind } from './scopes.ts'

type Row = readonly [id: string, sentence: string, scopes: string]

// Scope letters as in the role table: Organization, Customer, Provider, Zone, Hosting.
const areas = {
  overview: [
    ['dashboard.view', 'See the dashboard, filled with what else may be seen', 'OCPZH'],
    ['reports.view', 'See reports', 'OCP'],
    ['alerts.view', "See the organization's alerts", 'O'],
    ['audit.view', "See the activity log beyond one's own actions", 'OCPZH'],
  ],
  organization: [
    ['organization.settings.manage', "Change the organization's settings", 'O'],
    ['organization.delete', 'Delete the organization', 'O'],
    ['subscription.view', 'See plan, billing information and bills of the organization', 'O'],
    ['subscription.manage', 'Change plan and billing information of the organization', 'O'],
    ['brand.manage', 'Change logo, colours and names shown to clients', 'O'],
    ['email_sender.view', 'See from which address mail is sent', 'O'],
    ['email_sender.manage', 'Change from which address mail is sent', 'O'],
    ['servers.view', 'See the servers', 'O'],
    ['servers.manage', 'Change the servers', 'O'],
  ],
  people: [
    ['members.view', 'See who is a member of the organization', 'O'],
    ['members.manage', 'Invite and remove members', 'O'],
    ['members.roles.manage', 'Change the role of a member', 'O'],
    ['teams.manage', 'Make teams and choose who is in them', 'O'],
    ['roles.manage', 'Make and change custom roles', 'O'],
    ['grants.view', 'See who has access', 'OCPZH'],
    ['grants.manage', 'Give and take access, within what one holds oneself', 'OCPZH'],
    ['client_users.manage', 'Invite, change and remove the client users of a customer', 'OC'],
    ['assertions.manage', 'Keep sentences that every change of access is checked against', 'O'],
    ['view_as.use', 'Look at the product as somebody else, without writing', 'OC'],
  ],
  machines: [
    ['api.use', 'Use the API', 'OCPZH'],
    ['api_keys.create', "Make API keys of one's own", 'OCPZH'],
    ['api_keys.manage', "Manage everyone's API keys", 'O'],
    ['api_keys.revoke', 'Revoke API keys', 'O'],
    ['developer.view', 'See the page for developers', 'O'],
    ['webhooks.manage', 'Manage webhooks', 'O'],
  ],
  customers: [
    ['customers.view', 'See customers', 'OC'],
    ['customers.create', 'Make customers', 'O'],
    ['customers.manage', 'Change and delete customers', 'OC'],
    ['customers.address.manage', "Change a customer's address", 'OC'],
    ['customers.subscriptions.manage', "Create and cancel a customer's subscriptions", 'OC'],
    ['customers.bills.view', "See a customer's bills", 'OC'],
  ],
  'providers, zones': [
    ['providers.view', 'See DNS providers', 'OP'],
    ['providers.manage', 'Add, change and remove DNS providers', 'OP'],
    ['zones.view', 'See zones', 'OCPZ'],
    ['zones.create', 'Make zones', 'OCP'],
    ['zones.settings.manage', "Change a zone's settings: SOA, apex NS, DNSSEC", 'OCPZ'],
    ['zones.delete', 'Delete zones', 'OCPZ'],
  ],
  'records, changes': [
    ['records.view', 'See records', 'OCPZ'],
    ['records.write', 'Add, change and delete ordinary records', 'OCPZ'],
    ['records.protected.write', 'Write SOA and the NS records of the apex', 'OCPZ'],
    ['records.dmarc.write', 'Write records that are, cover or stand below a DMARC policy', 'OCPZ'],
    ['changes.propose', 'Propose changes of records', 'OCPZ'],
    ['changes.approve', "Approve others' changes of records", 'OCPZ'],
    ['templates.view', 'See record templates', 'O'],
    ['templates.manage', 'Change record templates', 'O'],
  ],
  'domains, web, mail': [
    ['domains.view', 'See domains', 'OC'],
    ['domains.register', 'Register domains', 'OC'],
    ['domains.manage', 'Change domains', 'OC'],
    ['domains.transfer', 'Transfer and delete domains', 'OC'],
    ['websites.view', 'See websites', 'OCH'],
    ['websites.manage', 'Change websites', 'OCH'],
    ['hostings.view', 'See hostings', 'OCH'],
    ['hostings.manage', 'Change hostings', 'OCH'],
    ['hosting.web.manage', 'Manage the web of a hosting', 'OCH'],
    ['hosting.mail.manage', 'Manage mail accounts and forwardings of a hosting', 'OCH'],
    ['hosting.stats.view', 'See traffic and access statistics of a hosting', 'OCH'],
    ['dmarc.summary.view', 'See DMARC pass and fail', 'OC'],
    ['dmarc.reports.view', 'Read DMARC reports', 'OC'],
    ['dmarc.manage', 'Manage DMARC', 'OC'],
  ],
  watching: [
    ['checks.view', 'See checks and their results', 'OCPZ'],
    ['checks.manage', 'Change checks', 'OCPZ'],
    ['certificates.view', 'See certificates', 'OCPZH'],
    ['certificates.manage', 'Change which certificates are watched', 'OCPZH'],
    ['channels.manage', 'Manage notifications and channels', 'O'],
    ['lookup.use', 'Use the DNS look-up tool', 'O'],
  ],
} as const satisfies Record<string, readonly Row[]>

export type PermissionArea = keyof typeof areas
/** One of the closed list, `resource.action`. */
export type Permission = (typeof areas)[PermissionArea][number][0]

export interface PermissionEntry {
  readonly id: Permission
  readonly area: PermissionArea
  /** A sentence for people, without a full stop. */
  readonly sentence: string
  /** The kinds of scope where holding it makes sense. */
  readonly scopeKinds: readonly ScopeKind[]
}

const kindOfLetter: Record<string, ScopeKind> = {
  O: 'organization',
  C: 'customer',
  P: 'provider',
  Z: 'zone',
  H: 'hosting',
}

function entriesOf(area: PermissionArea): PermissionEntry[] {
  return areas[area].map(([id, sentence, letters]) => ({
    id,
    area,
    sentence,
    scopeKinds: [...letters].flatMap((letter) => kindOfLetter[letter] ?? []),
  }))
}

/** Every permission, in the order of the documentation. */
export const permissions: readonly PermissionEntry[] = (Object.keys(areas) as PermissionArea[]).flatMap(entriesOf)

export const permissionIds: readonly Permission[] = permissions.map((entry) => entry.id)

const byId: ReadonlyMap<string, PermissionEntry> = new Map(permissions.map((entry) => [entry.id, entry]))

/** Its place in the list, which is its bit in the index of grants. */
export const permissionNumber: ReadonlyMap<string, number> = new Map(permissionIds.map((id, place) => [id, place]))

/** @example isPermission('records.write') // true */
export function isPermission(text: string): text is Permission {
  return byId.has(text)
}

/** @example permissionEntry('lookup.use').area // 'watching' */
export function permissionEntry(id: Permission): PermissionEntry {
  return byId.get(id) as PermissionEntry
}

/** @example permissionsMatching('hosting.') // ['hosting.web.manage', 'hosting.mail.manage', 'hosting.stats.view'] */
export function permissionsMatching(prefix: string): Permission[] {
  return permissionIds.filter((id) => id.startsWith(prefix))
}

/**
 * Whether using it changes something. To look as somebody else counts as a write, so that nobody does it from within
 * a look as somebody else.
 * @example isWrite('zones.view') // false
 */
export function isWrite(id: Permission): boolean {
  return !id.endsWith('.view') && id !== 'api.use' && id !== 'lookup.use'
}
