import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'

/**
 * Client accounts and teams with a home at one customer hold nothing at a zone of another: what they were given at the
 * zone itself ends when it goes to another customer, and is noted, so that no restored copy brings it back.
 */
export async function endForeignGrants(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string; customerId: string },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with ended as (
      delete from access_grant g
      where g.org_id = ${zone.orgId}::uuid and g.zone_id = ${zone.id}::uuid and exists (
        select 1 from client_user u where u.org_id = g.org_id and u.id = g.subject_id and u.customer_id <> ${zone.customerId}::uuid
        union all
        select 1 from team t where t.org_id = g.org_id and t.id = g.subject_id and t.customer_id <> ${zone.customerId}::uuid
        union all
        select 1 from team_member m join client_user u on u.org_id = m.org_id and u.id = m.user_id
        where m.org_id = g.org_id and m.team_id = g.subject_id and u.customer_id <> ${zone.customerId}::uuid)
      returning g.org_id, g.id
    )
    insert into revocation (org_id, kind, id) select org_id, 'grant', id::text from ended
    on conflict do nothing returning id`.execute(tx)
  return rows.length
}
