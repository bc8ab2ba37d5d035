import type { Scope } from '@zoneward/permissions'
import { sql } from 'kysely'
import { anyOf } from '../access/held-access.ts'
import type { Touched, TouchedPlace } from '../assertions/read-touched.ts'
import type { Tx } from '../database/pools.ts'

/** Places with the subjects whose access there may be another now. */
export type Pairs = Map<string, { place: Scope; subjectIds: Set<string> }>

type Holding = { subject_id: string; scope_kind: Scope['kind']; scope_id: string }

/**
 * Who is touched by a change, and where: at the scope of every grant that was made, changed or taken away, also by a
 * team, a role or a ceiling; and at every place that was made, deleted or moved, whoever holds something above it.
 */
export async function touchedPairs(tx: Tx, orgId: string, touched: Touched): Promise<Pairs> {
  const pairs: Pairs = new Map()
  const add = (place: Scope, subjectId: string) => {
    const key = `${place.kind} ${place.id}`
    const there = pairs.get(key) ?? { place, subjectIds: new Set() }
    pairs.set(key, there)
    there.subjectIds.add(subjectId)
  }
  const rows = await grantsTouched(tx, orgId, touched)
  for (const { scope, subjectId } of touched.grants) add(scope, subjectId)
  for (const row of rows) add({ kind: row.scope_kind, id: row.scope_id }, row.subject_id)
  for (const { place, subjectId } of await holdersAbove(tx, orgId, touched)) add(place, subjectId)
  await replaceTeams(tx, orgId, touched, pairs)
  for (const { place, subjectId } of await scopesOfTeams(tx, orgId, touched)) add(place, subjectId)
  return pairs
}

/** Who came into a team or left it is touched where the team holds something; the others in it are not. */
async function scopesOfTeams(
  tx: Tx,
  orgId: string,
  { memberships }: Touched,
): Promise<{ place: Scope; subjectId: string }[]> {
  const users = Map.groupBy(memberships, ({ teamId }) => teamId)
  const rows = await tx
    .selectFrom('access_grant')
    .select(['subject_id', 'scope_kind', 'scope_id'])
    .where('org_id', '=', orgId)
    .where('subject_id', '=', anyOf([...users.keys()]))
    .execute()
  return rows.flatMap(({ subject_id, scope_kind, scope_id }) =>
    (users.get(subject_id) ?? []).map(({ userId }) => ({
      place: { kind: scope_kind, id: scope_id },
      subjectId: userId,
    })),
  )
}

async function grantsTouched(tx: Tx, orgId: string, touched: Touched): Promise<Holding[]> {
  const customers = touched.roleSet ? await customersWithoutCeiling(tx, orgId, touched.ceilings) : touched.ceilings
  const { rows } = await sql<Holding>`
    select subject_id, scope_kind, scope_id from access_grant
    where org_id = ${orgId}::uuid and custom_role_id = ${anyOf(touched.rolesChanged)}
    union
    select g.subject_id, g.scope_kind, g.scope_id from access_grant g
    join subject s on s.org_id = g.org_id and s.id = g.subject_id and s.realm = 'client'
    where g.org_id = ${orgId}::uuid and (g.customer_id = ${anyOf(customers)}
      or g.zone_id in (select id from zone where org_id = ${orgId}::uuid and customer_id = ${anyOf(customers)})
      or g.hosting_id in (select id from hosting where org_id = ${orgId}::uuid and customer_id = ${anyOf(customers)}))
    union
    select g.subject_id, 'zone', z.id from access_grant g
    join subject s on s.org_id = g.org_id and s.id = g.subject_id and s.realm = 'client'
    join zone z on z.org_id = g.org_id and z.provider_id = g.provider_id
    where g.org_id = ${orgId}::uuid and z.customer_id = ${anyOf(customers)}
    union
    select g.subject_id, 'customer', c.id from access_grant g
    join subject s on s.org_id = g.org_id and s.id = g.subject_id and s.realm = 'client'
    cross join unnest(${customers}::uuid[]) as c(id)
    where g.org_id = ${orgId}::uuid and g.scope_id = ${orgId}::uuid`.execute(tx)
  return rows
}

/** Another role set binds every customer that has no ceiling of its own. */
async function customersWithoutCeiling(tx: Tx, orgId: string, ceilings: string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('customer')
    .select('id')
    .where('org_id', '=', orgId)
    .where('ceiling', 'is', null)
    .execute()
  return [...ceilings, ...rows.map(({ id }) => id)]
}

type Watch = { place: Scope; clientsOnly: boolean }

/** Whoever holds something above a place that was made, deleted or moved. */
async function holdersAbove(tx: Tx, orgId: string, touched: Touched): Promise<{ place: Scope; subjectId: string }[]> {
  const watched = new Map<string, Watch[]>()
  const watch = (scope: Scope, place: Scope, clientsOnly = false) => {
    const there = watched.get(scope.id) ?? []
    watched.set(scope.id, there)
    there.push({ place, clientsOnly })
  }
  for (const [kind, places] of placesOf(touched)) {
    const now = await whereNow(tx, orgId, kind, places)
    for (const { sign, id, before } of places) {
      const place = { kind, id }
      const after = now.get(id) ?? []
      // Of what was moved, staff that held it by what is above it both times hold it still; ceilings bind clients.
      const stays = (scope: Scope) =>
        sign === '~' && [before, after].every((side) => side.some((one) => one.id === scope.id))
      for (const scope of [...before, ...after, place]) watch(scope, place, stays(scope))
      watch({ kind: 'organization', id: orgId }, place, sign === '~')
    }
  }
  if (watched.size === 0) return []
  const rows = await tx
    .selectFrom('access_grant')
    .innerJoin('subject', (join) =>
      join.onRef('subject.org_id', '=', 'access_grant.org_id').onRef('subject.id', '=', 'access_grant.subject_id'),
    )
    .select(['subject_id', 'scope_id', 'subject.realm'])
    .where('access_grant.org_id', '=', orgId)
    .where('scope_id', '=', anyOf([...watched.keys()]))
    .execute()
  const standing = rows.flatMap(({ subject_id, scope_id, realm }) =>
    (watched.get(scope_id) ?? [])
      .filter(({ clientsOnly }) => !clientsOnly || realm === 'client')
      .map(({ place }) => ({ place, subjectId: subject_id })),
  )
  // Grants that ended in the same steps, with their customer, reached what hung below it as well.
  const changed = touched.grants.flatMap(({ subjectId, scope }) =>
    (watched.get(scope.id) ?? []).map(({ place }) => ({ place, subjectId })),
  )
  return [...standing, ...changed]
}

function placesOf(touched: Touched): [Scope['kind'], TouchedPlace[]][] {
  return [
    ['zone', touched.zones],
    ['hosting', touched.hostings],
    ['customer', touched.customers],
    ['provider', touched.providers],
  ]
}

async function whereNow(
  tx: Tx,
  orgId: string,
  kind: Scope['kind'],
  places: TouchedPlace[],
): Promise<Map<string, Scope[]>> {
  const ids = anyOf(places.map(({ id }) => id))
  if (places.length === 0 || (kind !== 'zone' && kind !== 'hosting')) return new Map()
  const rows =
    kind === 'zone'
      ? await tx
          .selectFrom('zone')
          .select(['id', 'provider_id', 'customer_id'])
          .where('org_id', '=', orgId)
          .where('id', '=', ids)
          .execute()
      : (
          await tx
            .selectFrom('hosting')
            .select(['id', 'customer_id'])
            .where('org_id', '=', orgId)
            .where('id', '=', ids)
            .execute()
        ).map((row) => ({ ...row, provider_id: null }))
  return new Map(
    rows.map(({ id, provider_id, customer_id }) => [
      id,
      [
        ...(provider_id === null ? [] : [{ kind: 'provider' as const, id: provider_id }]),
        ...(customer_id === null ? [] : [{ kind: 'customer' as const, id: customer_id }]),
      ],
    ]),
  )
}

/** What a team holds, everybody in it holds: also who has just come into it or left it. */
async function replaceTeams(tx: Tx, orgId: string, { memberships }: Touched, pairs: Pairs): Promise<void> {
  const subjectIds = new Set([...pairs.values()].flatMap((pair) => [...pair.subjectIds]))
  const rows = await tx
    .selectFrom('team_member')
    .select(['team_id', 'user_id'])
    .where('org_id', '=', orgId)
    .where('team_id', '=', anyOf([...subjectIds]))
    .execute()
  const members = new Map<string, Set<string>>()
  const join = (teamId: string, userId: string) => {
    const there = members.get(teamId) ?? new Set()
    members.set(teamId, there)
    there.add(userId)
  }
  for (const { team_id, user_id } of rows) join(team_id, user_id)
  for (const { teamId, userId } of memberships) join(teamId, userId)
  for (const pair of pairs.values()) {
    const people = [...pair.subjectIds].flatMap((id) => [...(members.get(id) ?? [id])])
    pair.subjectIds = new Set(people)
  }
}
