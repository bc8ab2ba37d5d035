import {
  type Assertion,
  type Breach,
  findBreaches,
  type Grant,
  indexGrants,
  intersect,
  type RecordPattern,
  type Resource,
  type RoleBook,
  type Scope,
  type Subject,
} from '@zoneward/permissions'
import { anyOf, grantOfRow } from '../access/held-access.ts'
import { accessLabels } from '../access/record-ref.ts'
import type { Tx } from '../database/pools.ts'
import { loadCeilings, loadPeople } from './load-people.ts'
import { hangsBelow, keyOf, loadSurroundings, meetingPlace, type Surroundings } from './places-to-judge.ts'

export type Case = {
  orgId: string
  roles: RoleBook
  assertions: readonly Assertion[]
  /** Every grant that could break one of them. */
  grants: readonly Grant[]
  /** Places that hang somewhere else than before: there all these grants are judged. */
  places: readonly Scope[]
  now: number
}

/** Where these grants break these assertions, by the assertion. */
export async function judge(tx: Tx, matter: Case): Promise<Map<Assertion, Breach[]>> {
  const { orgId, roles, grants, now } = matter
  if (grants.length === 0 || matter.assertions.length === 0) return new Map()
  const people = await loadPeople(
    tx,
    orgId,
    grants.map(({ subjectId }) => subjectId),
  )
  const assertions = matter.assertions.filter((assertion) => couldBreak(assertion, grants, roles, people))
  if (assertions.length === 0) return new Map()
  const surroundings = await loadSurroundings(tx, orgId, { ...matter, assertions })
  const resources = [...surroundings.places.values(), ...surroundings.shared.values()].map(({ resource }) => resource)
  const customers = await loadCeilings(tx, orgId, resources)
  const holders = [...people.values()].flatMap(({ id, teamIds }) => [id, ...teamIds])
  const meant = await grantsThatMean(tx, orgId, assertions, holders)
  const all = new Map([...grants, ...meant].map((grant) => [grant.id, grant]))
  const world = { index: indexGrants(all.values(), roles), people, customers, now }
  const found = new Map<Assertion, Breach[]>()
  for (const assertion of assertions) {
    const below = placesOf(assertion, matter, surroundings)
    const breaches = findBreaches(assertion, world, below).filter((breach) =>
      reachesIntoZone(breach, assertion, surroundings),
    )
    if (breaches.length > 0) found.set(assertion, breaches)
  }
  return found
}

/** Most assertions are about other people or other permissions than a change: they are passed over before any question. */
function couldBreak(
  { who, permission }: Assertion,
  grants: readonly Grant[],
  roles: RoleBook,
  people: ReadonlyMap<string, Subject>,
): boolean {
  if (!grants.some(({ roleId }) => roles.get(roleId)?.permissions.includes(permission))) return false
  if (who.kind === 'realm') return people.values().some(({ realm }) => realm === who.realm)
  if (who.kind !== 'subject') return true
  return people.values().some(({ id, teamIds }) => id === who.subjectId || teamIds.includes(who.subjectId))
}

/** The grants that make somebody one of those that an assertion about a role is about. */
async function grantsThatMean(
  tx: Tx,
  orgId: string,
  assertions: readonly Assertion[],
  holders: string[],
): Promise<Grant[]> {
  const wanted = assertions.flatMap(({ who }) => (who.kind === 'role' ? [who] : []))
  if (wanted.length === 0) return []
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('subject_id', '=', anyOf([...new Set(holders)]))
    .where('scope_id', '=', anyOf(wanted.map(({ scope }) => scope.id)))
    .where('role_id', 'in', [...new Set(wanted.map(({ roleId }) => roleId))])
    .execute()
  return rows.map(grantOfRow)
}

function placesOf(assertion: Assertion, { grants, places, roles }: Case, surroundings: Surroundings): Resource[] {
  const found = new Map<string, Resource>()
  const add = (place: Resource | null | undefined) => place && found.set(keyOf(place), place)
  for (const { roleId, scope } of grants) {
    if (!roles.get(roleId)?.permissions.includes(assertion.permission)) continue
    add(meetingPlace(scope, assertion.at, surroundings))
  }
  for (const place of places) {
    const resource = surroundings.places.get(keyOf(place))?.resource
    if (resource && hangsBelow(resource, assertion.at)) add(resource)
  }
  return [...found.values()]
}

/** A pattern of names that are none of the zone's gives nothing in it, but that the zone and some records are seen. */
function reachesIntoZone({ grant, resource }: Breach, assertion: Assertion, { places }: Surroundings): boolean {
  const { record, permission } = assertion
  const zone = places.get(keyOf(resource))
  if (resource.kind !== 'zone' || grant.patterns === undefined || zone === undefined) return true
  if (permission === 'zones.view' || (permission === 'records.view' && record === undefined)) return true
  const inside: RecordPattern = { kind: 'below', labels: accessLabels(absolute(zone.name)), types: 'all' }
  const parts = record === undefined ? grant.patterns : grant.patterns.flatMap((one) => intersect(one, record))
  return parts.some((part) => intersect(part, inside).length > 0)
}

function absolute(name: string): string {
  return name === '.' ? name : `${name}.`
}
