// Grants and requests in the numbers and shares of the benchmark "check", the same for every engine and every run.

import type { Grant } from './grants.ts'
import { type Permission, permissionIds } from './permissions.ts'
import type { AccessRequest } from './requests.ts'
import type { Role, RoleBook } from './roles.ts'
import type { Resource, Scope, ScopeKind, Subject } from './scopes.ts'

export interface Workload {
  readonly grants: readonly Grant[]
  readonly roles: RoleBook
  readonly users: readonly Subject[]
  readonly zones: readonly Resource[]
  readonly permissions: readonly Permission[]
  /** Of random user, zone and permission; half of them aimed at something that the user holds. */
  readonly requests: readonly AccessRequest[]
}

/**
 * N grants; N/2 zones, N/50 customers, 20 providers, N/10 users, a team for 20 users; 60 % of the grants on a zone,
 * 35 % on a customer, 5 % on a provider, 0.2 % on the organization; 20 % held by teams; 12 roles over 32 permissions.
 * @example makeWorkload(100_000).requests.length // 4000
 */
export function makeWorkload(size: number, requestCount = 4000, seed = 1): Workload {
  const pick = makePicker(seed)
  const used = permissionIds.slice(0, 32)
  const roles = makeRoles(used)
  const users = makeUsers(size)
  const zones = makeZones(size, pick)
  const grants = makeGrants(size, { pick, users, zones, roles: [...roles.values()] })
  const requests = makeRequests(requestCount, { pick, users, zones, grants, roles, used })
  return { grants, roles, users, zones, permissions: used, requests }
}

const organization: Scope = { kind: 'organization', id: 'org' }
const usersOfTeam = 20

type Pick = (below: number) => number

// mulberry32: small, seeded, good enough to spread grants.
function makePicker(seed: number): Pick {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

function makeRoles(used: readonly Permission[]): RoleBook {
  const roles = Array.from({ length: 12 }, (_, number): [string, Role] => {
    const held = number === 11 ? used : used.filter((_permission, place) => place % (number + 2) === 0)
    const id = `role-${number}`
    return [id, { id, name: id, set: 'custom', scopeKind: 'zone', realms: ['staff'], permissions: held }]
  })
  return new Map(roles)
}

function makeUsers(size: number): Subject[] {
  return Array.from({ length: Math.max(1, Math.floor(size / 10)) }, (_, number) => ({
    id: `user-${number}`,
    realm: 'staff',
    teamIds: [`team-${Math.floor(number / usersOfTeam)}`],
  }))
}

function makeZones(size: number, pick: Pick): Resource[] {
  const customers = makeScopes('customer', Math.max(1, Math.floor(size / 50)))
  const providers = makeScopes('provider', 20)
  return makeScopes('zone', Math.max(1, Math.floor(size / 2))).map((zone) => {
    const customer = customers[pick(customers.length)] ?? organization
    const provider = providers[pick(providers.length)] ?? organization
    return { ...zone, ancestors: [zone, customer, provider, organization] }
  })
}

function makeScopes(kind: ScopeKind, count: number): Scope[] {
  return Array.from({ length: count }, (_, number) => ({ kind, id: `${kind}-${number}` }))
}

interface Parts {
  readonly pick: Pick
  readonly users: readonly Subject[]
  readonly zones: readonly Resource[]
}

function makeGrants(size: number, { pick, users, zones, roles }: Parts & { roles: readonly Role[] }): Grant[] {
  const teams = Math.ceil(users.length / usersOfTeam)
  return Array.from({ length: size }, (_, number) => ({
    id: `grant-${number}`,
    subjectId: pick(100) < 20 ? `team-${pick(teams)}` : `user-${pick(users.length)}`,
    roleId: roles[pick(roles.length)]?.id ?? 'role-0',
    scope: pickScope(pick, zones),
  }))
}

function pickScope(pick: Pick, zones: readonly Resource[]): Scope {
  const share = pick(1002)
  const [zone, customer, provider] = zones[pick(zones.length)]?.ancestors ?? []
  const scope = share < 2 ? organization : share < 602 ? zone : share < 952 ? customer : provider
  return (scope as Scope | undefined) ?? organization
}

function makeRequests(
  count: number,
  {
    pick,
    users,
    zones,
    grants,
    roles,
    used,
  }: Parts & { grants: readonly Grant[]; roles: RoleBook; used: readonly Permission[] },
): AccessRequest[] {
  const held = Map.groupBy(grants, (grant) => grant.subjectId)
  const below = zonesBelow(zones)
  return Array.from({ length: count }, (_, number) => {
    const subject = users[pick(users.length)] as Subject
    const own = [subject.id, ...subject.teamIds].flatMap((id) => held.get(id) ?? [])
    const aim = number % 2 === 0 ? own[pick(own.length)] : undefined
    const reachable = below.get(aim?.scope.id ?? '') ?? zones
    const possible = roles.get(aim?.roleId ?? '')?.permissions ?? used
    return {
      subject,
      permission: possible[pick(possible.length)] as Permission,
      resource: reachable[pick(reachable.length)] as Resource,
      now: 0,
      channel: 'interface',
    }
  })
}

function zonesBelow(zones: readonly Resource[]): Map<string, Resource[]> {
  const below = new Map<string, Resource[]>()
  for (const zone of zones) {
    for (const { id } of zone.ancestors) {
      const list = below.get(id)
      if (list === undefined) below.set(id, [zone])
      else list.push(zone)
    }
  }
  return below
}
