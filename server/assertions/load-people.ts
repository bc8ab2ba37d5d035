import type { CustomerCeiling, Realm, Resource, Subject } from '@zoneward/permissions'
import { sql } from 'kysely'
import { anyOf, ceilingOf, customersAbove } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

/** The users among these subjects and those in the teams among them, with all their teams; who signs in or not. */
export async function loadPeople(tx: Tx, orgId: string, subjectIds: readonly string[]): Promise<Map<string, Subject>> {
  if (subjectIds.length === 0) return new Map()
  const ids = [...new Set(subjectIds)]
  const { rows } = await sql<{ id: string; realm: Realm; team_ids: string[] }>`
    select s.id, s.realm, coalesce(array_agg(t.team_id) filter (where t.team_id is not null), '{}') as team_ids
    from subject s
    left join team_member t on t.org_id = s.org_id and t.user_id = s.id
    where s.org_id = ${orgId}::uuid and s.kind <> 'team' and s.id in (
      select unnest(${ids}::uuid[])
      union
      select user_id from team_member where org_id = ${orgId}::uuid and team_id = any(${ids}::uuid[]))
    group by s.id, s.realm`.execute(tx)
  return new Map(rows.map(({ id, realm, team_ids }) => [id, { id, realm, teamIds: team_ids }]))
}

/** The ceilings of every customer above these places. */
export async function loadCeilings(tx: Tx, orgId: string, places: readonly Resource[]): Promise<CustomerCeiling[]> {
  const ids = [...new Set(places.flatMap(customersAbove))]
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('customer')
    .innerJoin('organization', 'organization.id', 'customer.org_id')
    .select(['customer.id', 'customer.ceiling', 'organization.role_set'])
    .where('customer.org_id', '=', orgId)
    .where('customer.id', '=', anyOf(ids))
    .execute()
  return rows.map((row) => ceilingOf(row, row.role_set))
}
