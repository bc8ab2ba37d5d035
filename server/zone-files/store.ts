import type { Allowed } from '../access/authorize.ts'
import type { StoredRecord } from '../changes/zone-record.ts'
import type { Tx } from '../database/pools.ts'

type At = { orgId: string; id: string }

export async function zoneOf(
  tx: Tx,
  _: Allowed,
  at: At,
): Promise<{ name: string; serial: string; record_count: number } | null> {
  const query = tx.selectFrom('zone').select(['name', 'serial', 'record_count']).where('org_id', '=', at.orgId)
  return (await query.where('id', '=', at.id).executeTakeFirst()) ?? null
}

/** Every record, in DNS order. */
export function wholeZone(tx: Tx, _: Allowed, at: At): Promise<StoredRecord[]> {
  return tx
    .selectFrom('record')
    .select(['id', 'owner', 'sort_key', 'type', 'ttl', 'rdata', 'change_id'])
    .where('org_id', '=', at.orgId)
    .where('zone_id', '=', at.id)
    .orderBy('sort_key')
    .orderBy('type')
    .orderBy('id')
    .execute()
}
