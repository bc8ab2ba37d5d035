// The cast of the tests: an agency, two of its clients, an outsider.

import { makeRoleBook } from './built-in-roles.ts'
import type { CustomerCeiling } from './ceilings.ts'
import { type GrantIndex, indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import type { AccessRequest } from './requests.ts'
import { roleSet } from './role-sets.ts'
import type { Realm, Resource, ResourceKind, ResourceRef, Scope, ScopeKind, Subject } from './scopes.ts'

export const roles = makeRoleBook()
export const now = Date.UTC(2026, 0, 1)

function scope(kind: ScopeKind, id: string): Scope {
  return { kind, id }
}

export const agency = scope('organization', 'agency')
export const outsider = scope('organization', 'outsider')
export const bakery = scope('customer', 'bakery')
export const clinic = scope('customer', 'clinic')
export const mainDns = scope('provider', 'main-dns')
export const clinicDns = scope('provider', 'clinic-dns')
export const bakeryZone = scope('zone', 'bakery.example')
export const shopZone = scope('zone', 'bakery-shop.example')
export const clinicZone = scope('zone', 'clinic.example')
export const agencyZone = scope('zone', 'agency.example')
export const bakeryHosting = scope('hosting', 'bakery-hosting')

export function resource(kind: ResourceKind, id: string, ...above: readonly ResourceRef[]): Resource {
  return { kind, id, ancestors: [{ kind, id }, ...above] }
}

/** Everything there is, by the name that the golden table gives it. */
export const things = {
  'the agency': resource('organization', 'agency'),
  'the customer bakery': resource('customer', 'bakery', agency),
  'the customer clinic': resource('customer', 'clinic', agency),
  'the provider main-dns': resource('provider', 'main-dns', agency),
  'the provider clinic-dns': resource('provider', 'clinic-dns', agency),
  'the zone bakery.example': resource('zone', 'bakery.example', mainDns, bakery, agency),
  'the zone bakery-shop.example': resource('zone', 'bakery-shop.example', mainDns, bakery, agency),
  'the zone clinic.example': resource('zone', 'clinic.example', clinicDns, clinic, agency),
  'the zone agency.example': resource('zone', 'agency.example', mainDns, agency),
  'the hosting bakery-hosting': resource('hosting', 'bakery-hosting', bakery, agency),
  'the domain of bakery': resource('domain', 'bakery-domain', bakery, agency),
  'the zone outsider.example': resource('zone', 'outsider.example', outsider),
} as const satisfies Record<string, Resource>

type Held = readonly (readonly [roleId: string, scope: Scope, narrowed?: Partial<Grant>])[]

const challenges: Partial<Grant> = { patterns: [{ kind: 'first_label', label: '_acme-challenge', types: ['TXT'] }] }

const cast: Record<string, readonly [Realm, Held]> = {
  'agency-owner': ['staff', [['msp.owner', agency]]],
  'agency-admin': ['staff', [['msp.admin', agency]]],
  'agency-member': [
    'staff',
    [
      ['msp.member', agency],
      ['msp.block.dns_write', bakery],
      ['msp.block.domains_read', bakery],
      ['msp.block.websites_read', clinic],
    ],
  ],
  'bakery-admin': ['client', [['msp.client_admin', bakery]]],
  'bakery-developer': ['client', [['msp.developer', bakery]]],
  'bakery-viewer': ['client', [['msp.viewer', bakery]]],
  'bakery-acme': ['client', [['msp.developer', bakery, challenges]]],
  'clinic-viewer': ['client', [['msp.viewer', clinic]]],
  'provider-client': ['client', [['monitoring.client', clinicDns]]],
  'zone-user': [
    'client',
    [
      ['zones.user', agency],
      ['zones.read_only', shopZone],
      ['zones.read_write', agencyZone],
    ],
  ],
  'outsider-owner': ['staff', [['msp.owner', outsider]]],
}

export type Persona = keyof typeof cast & string
export const personas: readonly string[] = Object.keys(cast)

export const people: readonly Subject[] = personas.map((id) => ({ id, realm: cast[id]?.[0] ?? 'staff', teamIds: [] }))

export const grants: readonly Grant[] = personas.flatMap((id) =>
  (cast[id]?.[1] ?? []).map(([roleId, at, narrowed], number) => ({
    ...narrowed,
    id: `${id}/${number}`,
    subjectId: id,
    roleId,
    scope: at,
  })),
)

/** The agency is of the msp set, so its customers start under this ceiling. */
export const customers: readonly CustomerCeiling[] = [bakery, clinic].map(({ id }) => ({
  customerId: id,
  permissions: roleSet('msp').customerPermissions,
  roleIds: roleSet('msp').customerRoleIds,
}))

export const index: GrantIndex = indexGrants(grants, roles)

export function person(id: string, ...teamIds: string[]): Subject {
  return { id, realm: people.find((each) => each.id === id)?.realm ?? 'staff', teamIds }
}

/** A request in the interface, within the customers' ceilings, with whatever should differ. */
export function ask(
  who: string,
  permission: AccessRequest['permission'],
  at: Resource,
  other: Partial<AccessRequest> = {},
): AccessRequest {
  return {
    subject: person(who),
    permission,
    resource: at,
    now,
    channel: 'interface',
    ceilings: { customers },
    ...other,
  }
}

export function record(zone: Resource, name: string, type: string): Resource {
  return { ...zone, record: { labels: name.split('.'), type } }
}
