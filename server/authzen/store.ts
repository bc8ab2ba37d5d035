import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'

/** After which set: its name in DNS order, and its type. */
export type RecordKey = { sortKey: Buffer; type: number }

type Wanted = {
  orgId: string
  zoneId: string
  after: RecordKey | null
  limit: number
}

/** Names and types that there are in a zone, in DNS order, from a place on. */
export async function recordSets(tx: Tx, _: Allowed, { orgId, zoneId, after, limit }: Wanted) {
  const later = after ? sql`and (r.sort_key, r.type) > (${after.sortKey}, ${after.type}::int)` : sql``
  const { rows } = await sql<{ owner: string; type: number; sort_key: Buffer }>`
    select min(r.owner) as owner, r.type, r.sort_key from record r
    where r.org_id = ${orgId}::uuid and r.zone_id = ${zoneId}::uuid ${later}
    group by r.sort_key, r.type order by r.sort_key, r.type limit ${limit}::int`.execute(tx)
  return rows
}
