import { type Assertion, type Breach, findBreaches, indexGrants, type RoleBook } from '@zoneward/permissions'
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
  { orgId, assertions, roles, now, touched }: Matter,
  staff: RolePool,
): Promise<{ assertion: Assertion; breach: Breach } | null> {
  const zones = touched.zones.filter(({ sign }) => sign !== '-').map(({ id }) => ({ kind: 'zone' as const, id }))
  if (zones.length === 0) return null
  const places = [...(await findResources(tx, orgId, zones)).values()].map(({ resource }) => resource)
  return staff.read(orgId, async (theirs) => {
    const rows = await theirs
      .selectFrom('access_grant')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('scope_id', '=', anyOf(places.flatMap(({ ancestors }) => ancestors.map(({ id }) => id))))
      .execute()
    const people = await loadPeople(
      theirs,
      orgId,
      rows.map(({ subject_id }) => subject_id),
    )
    const meant = await theirs
      .selectFrom('access_grant')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('subject_id', '=', anyOf([...people.values()].flatMap(({ id, teamIds }) => [id, ...teamIds])))
      .where('scope_id', '=', anyOf(assertions.flatMap(({ who }) => (who.kind === 'role' ? [who.scope.id] : []))))
      .execute()
    const carrying = new Set(rolesCarrying(assertions, roles))
    const grants = new Map(
      [...rows.filter(({ role_id }) => carrying.has(role_id)), ...meant].map((row) => [row.id, grantOfRow(row)]),
    )
    const customers = await loadCeilings(theirs, orgId, places)
    const world = { index: indexGrants(grants.values(), roles), people, customers, now }
    for (const assertion of assertions) {
      const [breach] = findBreaches(assertion, world, places)
      if (breach) return { assertion, breach }
    }
    return null
  })
}
