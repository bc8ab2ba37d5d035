import { type Insertable, type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { ApiKeyTable } from '../database/schema.ts'

export type ApiKeyRow = Selectable<ApiKeyTable>

export type Kind = 'key' | 'guest'

type Page = {
  orgId: string
  kind: Kind
  ownerId: string | null
  only: string | null
  /** Guest links of this zone. */
  zoneId?: string | undefined
  before: string | null
  limit: number
}

/** Newest first, one more than a page; of one owner, or of everybody. */
export function selectApiKeys(tx: Tx, _: Allowed, page: Page): Promise<ApiKeyRow[]> {
  const { orgId, kind, ownerId, only, zoneId, before, limit } = page
  let query = tx
    .selectFrom('api_key')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  if (only !== null) query = query.where('id', '=', only)
  if (zoneId !== undefined)
    query = query.where(sql<string>`ceiling -> 'scopes' -> 0 ->> 'id'`, '=', zoneId.toLowerCase())
  if (before !== null) query = query.where('id', '<', before)
  return query.execute()
}

export function insertApiKey(tx: Tx, _: Allowed, row: Insertable<ApiKeyTable>): Promise<ApiKeyRow> {
  return tx.insertInto('api_key').values(row).returningAll().executeTakeFirstOrThrow()
}

/** One key, to ask whether the caller may end it: what it returns is not yet anybody's to see. */
export async function findApiKey(tx: Tx, orgId: string, kind: Kind, id: string): Promise<ApiKeyRow | null> {
  const row = await tx
    .selectFrom('api_key')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Ends a key; a restored older copy takes it away again. */
export async function deleteApiKey(tx: Tx, _: Allowed, { orgId, id }: { orgId: string; id: string }): Promise<void> {
  await tx.deleteFrom('api_key').where('org_id', '=', orgId).where('id', '=', id).execute()
}
