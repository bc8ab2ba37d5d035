import {
  type AccessWorld,
  type Assertion,
  type Breach,
  findBreaches,
  type Grant,
  indexGrants,
  type Resource,
  type RoleBook,
} from '@zoneward/permissions'
import { findResources } from '../access/find-resource.ts'
import { anyOf, grantOfRow } from '../access/held-access.ts'
import type { RolePool, Tx } from '../database/pools.ts'
import { rolesCarrying } from './grants-to-judge.ts'
import { loadCeilings, loadPeople } from './load-people.ts'
import type { Touched } from './read-touched.ts'

type Matter = { orgId: string; assertions: Assertion[]; roles: RoleBook; now: number; touched: Touched }

/**
 * Who reaches a zone that this transaction made, of all people: their grants are read on the pool of staff, where
 * nothing of the transaction is seen but nothing of them can change either before it is over.
 */
export async function judgeNewZones(
  tx: Tx,
  matter: Matter,
  staff: RolePool,
): Promise<{ assertion: Assertion; breach: Breach } | null> {
  const { orgId, assertions, touched } = matter
  const zones = touched.zones.filter(({ sign }) => sign !== '-').map(({ id }) => ({ kind: 'zone' as const, id }))
  if (zones.length === 0) return null
  const places = [...(await findResources(tx, orgId, zones)).values()].map(({ resource }) => resource)
  const world = await staff.read(orgId, (theirs) => loadWorld(theirs, matter, places))
  for (const assertion of assertions) {
    const [breach] = findBreaches(assertion, world, places)
    if (breach) return { assertion, breach }
  }
  return null
}

async function loadWorld(tx: Tx, { orgId, assertions, roles, now }: Matter, places: Resource[]): Promise<AccessWorld> {
  const above = await grantsAt(tx, orgId, {
    scopes: places.flatMap(({ ancestors }) => ancestors.map(({ id }) => id)),
    roles: rolesCarrying(assertions, roles),
  })
  const people = await loadPeople(
    tx,
    orgId,
    above.map(({ subjectId }) => subjectId),
  )
  const meant = assertions.flatMap(({ who }) => (who.kind === 'role' ? [who] : []))
  const meaning = await grantsAt(tx, orgId, {
    scopes: meant.map(({ scope }) => scope.id),
    roles: meant.map(({ roleId }) => roleId),
  })
  const grants = new Map([...above, ...meaning].map((grant) => [grant.id, grant]))
  return { index: indexGrants(grants.values(), roles), people, customers: await loadCeilings(tx, orgId, places), now }
}

async function grantsAt(tx: Tx, orgId: string, at: { scopes: string[]; roles: string[] }): Promise<Grant[]> {
  if (at.scopes.length === 0 || at.roles.length === 0) return []
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('scope_id', '=', anyOf([...new Set(at.scopes)]))
    .where('role_id', 'in', [...new Set(at.roles)])
    .execute()
  return rows.map(grantOfRow)
}
