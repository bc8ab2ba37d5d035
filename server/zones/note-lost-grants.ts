import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'

/** Notes the grants that end with the place they were given at, so that no restored copy brings them back. */
export async function noteLostGrants(tx: Tx, _: Allowed, place: { orgId: string; scopeId: string }): Promise<void> {
  await sql`
    insert into revocation (org_id, kind, id)
    select org_id, 'grant', id::text from access_grant
    where org_id = ${place.orgId}::uuid and scope_id = ${place.scopeId}::uuid
    on conflict do nothing`.execute(tx)
}
