import type { Assertion, Grant, RoleBook, Scope } from '@zoneward/permissions'
import { type Expression, type SqlBool, sql } from 'kysely'
import { findResources } from '../access/find-resource.ts'
import { anyOf, grantOfRow } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { loadPeople } from './load-people.ts'
import { keyOf } from './places-to-judge.ts'
import type { Touched } from './read-touched.ts'

type Wanted = { orgId: string; assertions: readonly Assertion[]; roles: RoleBook; touched: Touched }

/** What a change may have brought to break an assertion: grants, and places that hang somewhere else now. */
export type Brought = { grants: Grant[]; places: Scope[] }

/**
 * A grant may break an assertion anew because it is new or was changed, because its role was, because somebody came
 * into its team or is meant by the assertion only now, because a ceiling was raised, or because a zone hangs elsewhere.
 */
export async function grantsToJudge(tx: Tx, wanted: Wanted): Promise<Brought> {
  const { orgId, assertions, roles, touched } = wanted
  const carrying = rolesCarrying(assertions, roles)
  const places = movedPlaces(touched)
  const conditions = [
    sql<SqlBool>`id = ${anyOf(touched.grants.filter(({ sign }) => sign !== '-').map(({ id }) => id))}`,
    sql<SqlBool>`custom_role_id = ${anyOf(touched.rolesChanged)}`,
    sql<SqlBool>`subject_id = ${anyOf(await subjectsInWhole(tx, wanted))}`,
    sql<SqlBool>`scope_id = ${anyOf(await scopesAbove(tx, orgId, places))}`,
    ...ofClientsBelow(orgId, touched.ceilings),
  ]
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('role_id', '=', sql<string>`any(${carrying}::text[])`)
    .where(sql<SqlBool>`(${sql.join(conditions, sql` or `)})`)
    .execute()
  return { grants: rows.map(grantOfRow), places }
}

/** Roles that have a permission that some assertion is about. */
export function rolesCarrying(assertions: readonly Assertion[], roles: RoleBook): string[] {
  const asserted = new Set(assertions.map(({ permission }) => permission))
  return [...roles.values()]
    .filter(({ permissions }) => permissions.some((one) => asserted.has(one)))
    .map(({ id }) => id)
}

/** Zones and hostings that are new or hang elsewhere. Nothing hangs below a new customer or provider yet. */
function movedPlaces({ zones, hostings }: Touched): Scope[] {
  const there = ({ sign }: { sign: string }) => sign !== '-'
  return [
    ...zones.filter(there).map(({ id }) => ({ kind: 'zone' as const, id })),
    ...hostings.filter(there).map(({ id }) => ({ kind: 'hosting' as const, id })),
  ]
}

/**
 * Subjects of whom all grants are looked at: who came into a team or left one, and who got a role that an assertion is
 * about, with everybody in it and all their teams.
 */
async function subjectsInWhole(tx: Tx, { orgId, assertions, touched }: Wanted): Promise<string[]> {
  const meant = new Set(assertions.flatMap(({ who }) => (who.kind === 'role' ? [who.scope.id] : [])))
  const subjectIds = [
    ...touched.memberships.map(({ userId }) => userId),
    ...touched.grants.filter(({ scope }) => meant.has(scope.id)).map(({ subjectId }) => subjectId),
  ]
  const people = await loadPeople(tx, orgId, subjectIds)
  return [...new Set([...subjectIds, ...[...people.values()].flatMap(({ id, teamIds }) => [id, ...teamIds])])]
}

async function scopesAbove(tx: Tx, orgId: string, places: Scope[]): Promise<string[]> {
  if (places.length === 0) return []
  const found = await findResources(tx, orgId, places)
  const ids = places.flatMap((place) => found.get(keyOf(place))?.resource.ancestors.map(({ id }) => id) ?? [])
  return [...new Set(ids)]
}

/** Ceilings bind client accounts, so only what these hold at such a customer, below it, or across it is looked at. */
function ofClientsBelow(orgId: string, customers: string[]): Expression<SqlBool>[] {
  if (customers.length === 0) return []
  const its = anyOf(customers)
  return [
    sql<SqlBool>`(
      exists (select 1 from subject s where s.org_id = access_grant.org_id and s.id = access_grant.subject_id and s.realm = 'client')
      and (scope_kind = 'organization' or customer_id = ${its}
        or zone_id in (select id from zone where org_id = ${orgId}::uuid and customer_id = ${its})
        or hosting_id in (select id from hosting where org_id = ${orgId}::uuid and customer_id = ${its})
        or provider_id in (select provider_id from zone where org_id = ${orgId}::uuid and customer_id = ${its})))`,
  ]
}
