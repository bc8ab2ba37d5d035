import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { StoredRecord } from '../changes/zone-record.ts'
import type { Tx } from '../database/pools.ts'

export type ListedRecord = StoredRecord & { change_id: string }
export type RecordKey = { sortKey: Buffer; type: number; id: string }
type At = { orgId: string; zoneId: string }

function selectRecords(tx: Tx, { orgId, zoneId }: At) {
  return tx
    .selectFrom('record')
    .select(['id', 'owner', 'sort_key', 'type', 'ttl', 'rdata', 'change_id'])
    .where('org_id', '=', orgId)
    .where('zone_id', '=', zoneId)
}

/** Records in DNS order after a place, of one name and one type where these are given. */
export function recordPage(
  tx: Tx,
  _: Allowed,
  at: At,
  page: { after: RecordKey | null; name: Buffer | null; type: number | null; limit: number },
): Promise<ListedRecord[]> {
  const { after, name, type, limit } = page
  let query = selectRecords(tx, at)
  if (after)
    query = query.where(sql<boolean>`(sort_key, type, id) > (${after.sortKey}, ${after.type}::int, ${after.id}::uuid)`)
  if (name) query = query.where('sort_key', '=', name)
  if (type !== null) query = query.where('type', '=', type)
  return query.orderBy('sort_key').orderBy('type').orderBy('id').limit(limit).execute()
}

export async function recordById(tx: Tx, _: Allowed, at: At, id: string): Promise<ListedRecord | null> {
  return (await selectRecords(tx, at).where('id', '=', id).executeTakeFirst()) ?? null
}

export async function zoneName(tx: Tx, _: Allowed, at: At): Promise<{ name: string; serial: string } | null> {
  const query = tx.selectFrom('zone').select(['name', 'serial']).where('org_id', '=', at.orgId)
  return (await query.where('id', '=', at.zoneId).executeTakeFirst()) ?? null
}
