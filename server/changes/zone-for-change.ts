import type { Tx } from '../database/pools.ts'
import type { WritableZone } from './zone-record.ts'

/** The zone as it is now. Locked: whoever changes it next waits, one writer a zone. */
export async function zoneForChange(
  tx: Tx,
  orgId: string,
  zoneId: string,
  { lock }: { lock: boolean },
): Promise<WritableZone | null> {
  const query = tx
    .selectFrom('zone')
    .select(['id', 'provider_id', 'customer_id', 'name', 'name_key', 'sort_key', 'serial', 'record_count', 'served'])
    .where('org_id', '=', orgId)
    .where('id', '=', zoneId)
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) ?? null
}
