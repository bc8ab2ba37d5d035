// What can happen to an organization, as requests. A step names things by number, so that it always finds one.

import type { OperationId } from '@zoneward/api'
import { type Permission, permissionEntry, type Scope, type ScopeKind } from '@zoneward/permissions'
import fc from 'fast-check'
import { nth, othersIn, placesOfKind } from './choose.ts'
import type { World } from './read-world.ts'

export type Request = { operation: OperationId; params?: Record<string, string>; body?: unknown }

const roleKinds: Record<ScopeKind, readonly string[]> = {
  organization: ['msp.admin', 'domains.developer', 'domains.user', 'monitoring.member', 'zones.user'],
  customer: ['msp.client_admin', 'msp.developer', 'msp.viewer', 'hosting.customer_admin', 'msp.block.dns_write'],
  provider: ['monitoring.client'],
  zone: ['zones.read_only', 'zones.read_write'],
  hosting: ['hosting.web', 'hosting.mail', 'hosting.hosting_admin'],
}
const permissions = ['zones.view', 'records.view', 'records.write', 'records.dmarc.write', 'changes.propose'] as const
const more = ['dashboard.view', 'api.use', 'grants.view', 'hostings.view', 'zones.create', 'grants.manage'] as const
export const patternTexts = ['_acme-challenge.**', '**.bakery.example', '+.clinic.example', 'www.bakery.example']

const minute = 60_000
const number = fc.nat(97)
const terms = fc.record({
  patterns: fc.option(fc.subarray(patternTexts, { minLength: 1, maxLength: 2 }), { nil: null, freq: 2 }),
  types: fc.constantFrom(['TXT'], ['A', 'TXT'], undefined),
  startsIn: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null, freq: 2 }),
  lasts: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null, freq: 3 }),
  review_required: fc.oneof(fc.constant(false), fc.boolean()),
})
type Terms = typeof terms extends fc.Arbitrary<infer Value> ? Value : never
export const askedPermissions: readonly Permission[] = [...permissions, ...more]
const held = fc.subarray([...permissions, ...more], { minLength: 1 })
const of = <const Kind extends string>(kind: Kind) => fc.constant(kind)

export const step = fc.oneof(
  { arbitrary: fc.record({ kind: of('grant'), to: number, role: number, at: number, terms }), weight: 8 },
  { arbitrary: fc.record({ kind: of('grant plainly'), to: number, role: number, at: number }), weight: 5 },
  { arbitrary: fc.record({ kind: of('change'), grant: number, role: number, lasts: fc.nat(200) }), weight: 3 },
  { arbitrary: fc.record({ kind: of('revoke'), grant: number }), weight: 4 },
  { arbitrary: fc.record({ kind: of('lapse'), grant: number }), weight: 1 },
  { arbitrary: fc.record({ kind: of('move'), zone: number, customer: number, provider: number }), weight: 4 },
  { arbitrary: fc.record({ kind: of('join'), team: number, person: number }), weight: 4 },
  { arbitrary: fc.record({ kind: of('leave'), membership: number }), weight: 3 },
  fc.record({ kind: of('new team') }),
  fc.record({ kind: of('rename'), what: number }),
  { arbitrary: fc.record({ kind: of('new role'), copied: number, permissions: held }), weight: 2 },
  { arbitrary: fc.record({ kind: of('edit role'), role: number, permissions: held }), weight: 2 },
  {
    arbitrary: fc.record({ kind: of('ceiling'), customer: number, permissions: fc.option(held, { nil: null }) }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ kind: of('ask'), person: number, permission: fc.constantFrom(...permissions), at: number }),
    weight: 2,
  },
  fc.record({ kind: of('invite'), customer: number, role: number }),
  ...(['new zone', 'new hosting', 'new customer'] as const).map((kind) =>
    fc.record({ kind: of(kind), customer: number }),
  ),
  fc.record({ kind: of('role set'), set: fc.constantFrom('msp', 'hosting', 'zones') }),
  fc.record({ kind: of('levels'), person: number, zone: number, level: fc.constantFrom('none', 'read', 'write') }),
  {
    arbitrary: fc.record({
      kind: of('delete'),
      what: fc.constantFrom(
        'person' as const,
        'zone' as const,
        'customer' as const,
        'role' as const,
        'hosting' as const,
        'team' as const,
      ),
      which: number,
    }),
    weight: 2,
  },
)
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never
/** Steps that are more than one request: see take-step.ts. */
export type LongStep = Extract<Step, { kind: 'lapse' | 'ask' | 'invite' }>
type ShortStep = Exclude<Step, LongStep>

export const isLong = (each: Step): each is LongStep =>
  each.kind === 'lapse' || each.kind === 'ask' || each.kind === 'invite'

const ownRoles = ({ roles }: World) => roles.filter(({ set }) => set === 'custom')

function roleFor(world: World, kind: ScopeKind, index: number): string | undefined {
  const own = ownRoles(world).filter(({ scopeKind }) => scopeKind === kind)
  return nth([...roleKinds[kind], ...own.map(({ id }) => id)], index)
}

/** Half of all grants are at zones, so that there is something to merge. */
function scopeFor(world: World, index: number): Scope | undefined {
  const all = [...world.places, ...placesOfKind(world, 'customer'), ...placesOfKind(world, 'zone')]
  const place = nth(all, index)
  return place && { kind: place.kind, id: place.id }
}

function timesOf({ startsIn, lasts }: Terms, now: number) {
  const starts = now + (startsIn ?? 0) * minute
  return {
    starts_at: startsIn === null ? null : new Date(starts).toISOString(),
    ends_at: lasts === null ? null : new Date(starts + lasts * minute).toISOString(),
  }
}

function grantBody(world: World, each: Extract<Step, { kind: 'grant' | 'grant plainly' }>, kept: string) {
  const subject_id = nth([...othersIn(world, kept), ...world.teams, ...world.teams], each.to)?.id
  const scope = scopeFor(world, each.at)
  const role_id = scope && roleFor(world, scope.kind, each.role)
  if (each.kind === 'grant plainly') return { subject_id, role_id, scope }
  const { patterns, types, review_required } = each.terms
  const names = patterns && [{ names: patterns, ...(types === undefined ? {} : { types }) }]
  return { subject_id, role_id, scope, patterns: names, review_required, ...timesOf(each.terms, world.now) }
}

/** The request that takes the step, or null where there is nothing to take it with. */
export function requestOf(world: World, each: ShortStep, kept: string): Request | null {
  switch (each.kind) {
    case 'grant':
    case 'grant plainly':
      return { operation: 'grants.create', body: grantBody(world, each, kept) }
    case 'change':
    case 'revoke':
      return ofGrant(world, each, kept)
    case 'join':
    case 'leave':
    case 'new team':
      return ofTeams(world, each, kept)
    case 'new role':
    case 'edit role':
      return ofRoles(world, each)
    case 'delete':
      return ofDeletion(world, each, kept)
    case 'role set':
      return { operation: 'organization.update', body: { role_set: each.set } }
    case 'levels': {
      const [user, zone] = [nth(othersIn(world, kept), each.person), nth(placesOfKind(world, 'zone'), each.zone)]
      if (!user || !zone) return null
      const body = { levels: [{ zone_id: zone.id, level: each.level }] }
      return { operation: 'zone_access.replace', params: { user_id: user.id }, body }
    }
    default:
      return ofPlaces(world, each)
  }
}

function ofGrant(world: World, each: Extract<Step, { kind: 'change' | 'revoke' }>, kept: string): Request | null {
  const grants = world.grants.filter(({ subjectId }) => subjectId !== kept)
  const grant = nth(grants, each.grant)
  if (grant === undefined) return null
  const params = { grant_id: grant.id }
  if (each.kind === 'revoke') return { operation: 'grants.delete', params }
  const ends_at = each.lasts === 0 ? null : new Date(world.now + each.lasts * minute).toISOString()
  const role_id = roleFor(world, grant.scope.kind, each.role)
  return { operation: 'grants.update', params, body: each.lasts % 2 === 0 ? { ends_at } : { role_id } }
}

function ofTeams(
  world: World,
  each: Extract<Step, { kind: 'join' | 'leave' | 'new team' }>,
  kept: string,
): Request | null {
  if (each.kind === 'new team') return { operation: 'teams.create', body: { name: `Team ${world.teams.length}` } }
  const people = othersIn(world, kept)
  if (each.kind === 'leave') {
    const member = nth(
      people.flatMap(({ id, teamIds }) => teamIds.map((team) => ({ id, team }))),
      each.membership,
    )
    return member ? { operation: 'teams.members.remove', params: { team_id: member.team, user_id: member.id } } : null
  }
  const team = nth(world.teams, each.team)
  const user = nth(
    people.filter(({ realm }) => realm === team?.realm),
    each.person,
  )
  return team && user ? { operation: 'teams.members.add', params: { team_id: team.id, user_id: user.id } } : null
}

function ofRoles(world: World, each: Extract<Step, { kind: 'new role' | 'edit role' }>): Request | null {
  if (each.kind === 'edit role') {
    const role = nth(ownRoles(world), each.role)
    if (role === undefined) return null
    const fits = (id: Permission) => permissionEntry(id).scopeKinds.includes(role.scopeKind)
    const body = { permissions: each.permissions.filter(fits) }
    return { operation: 'roles.update', params: { role_id: role.id }, body }
  }
  const based_on = nth(['zones.read_write', 'msp.client_admin', 'monitoring.client', 'domains.user'], each.copied)
  const name = `Role ${ownRoles(world).length}`
  return { operation: 'roles.create', body: { based_on, name, permissions: each.permissions } }
}

function ofDeletion(world: World, { what, which }: Extract<Step, { kind: 'delete' }>, kept: string): Request | null {
  if (what === 'person') {
    const person = nth(othersIn(world, kept), which)
    if (person?.kind === 'member') return { operation: 'members.delete', params: { member_id: person.id } }
    return person ? { operation: 'client_users.delete', params: { client_user_id: person.id } } : null
  }
  const things = { role: ownRoles(world), team: world.teams }
  const list: readonly { id: string }[] = what === 'role' || what === 'team' ? things[what] : placesOfKind(world, what)
  const found = nth(list, which)
  return found ? { operation: `${what}s.delete`, params: { [`${what}_id`]: found.id } } : null
}

type OfPlaces = Extract<Step, { kind: 'move' | 'rename' | 'ceiling' | 'new zone' | 'new hosting' | 'new customer' }>

function ofPlaces(world: World, each: OfPlaces): Request | null {
  const named = `${each.kind.replace(' ', '-')}-${world.places.length}-${world.grants.length}`
  if (each.kind === 'new customer') return { operation: 'customers.create', body: { name: named } }
  if (each.kind === 'rename') {
    const place = nth(
      world.places.filter(({ kind }) => kind === 'customer' || kind === 'provider' || kind === 'hosting'),
      each.what,
    )
    if (place === undefined || place.kind === 'organization' || place.kind === 'zone') return null
    return { operation: `${place.kind}s.update`, params: { [`${place.kind}_id`]: place.id }, body: { name: named } }
  }
  const customer_id = nth([...placesOfKind(world, 'customer').map(({ id }) => id), null], each.customer) ?? null
  if (each.kind === 'move') {
    const [zone, provider] = [
      nth(placesOfKind(world, 'zone'), each.zone),
      nth(placesOfKind(world, 'provider'), each.provider),
    ]
    if (!zone || !provider) return null
    const body = each.provider % 3 === 0 ? { provider_id: provider.id } : { customer_id }
    return { operation: 'zones.update', params: { zone_id: zone.id }, body }
  }
  if (each.kind === 'new zone') {
    const provider_id = nth(placesOfKind(world, 'provider'), each.customer)?.id
    return { operation: 'zones.create', body: { name: `${named}.bakery.example`, provider_id, customer_id } }
  }
  if (customer_id === null) return null
  if (each.kind !== 'ceiling') return { operation: 'hostings.create', body: { customer_id, name: named } }
  const body = {
    permissions: each.permissions,
    role_ids: each.permissions && [...roleKinds.customer.slice(0, 3)],
    seats: null,
  }
  return { operation: 'customer_ceilings.replace', params: { customer_id }, body }
}
