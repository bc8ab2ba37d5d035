import { may } from '../access/authorize.ts'
import { zoneResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

/** The id of a zone of this folded name that the caller may see, or null. */
export async function findZoneByName(tx: Tx, actor: Actor, nameKey: string): Promise<string | null> {
  const rows = await tx
    .selectFrom('zone')
    .select(['id', 'provider_id', 'customer_id'])
    .where('org_id', '=', actor.orgId)
    .where('name_key', '=', nameKey)
    .orderBy('id')
    .execute()
  for (const row of rows) {
    if (await may(tx, actor, { permission: 'zones.view', resource: zoneResource(actor.orgId, row) })) return row.id
  }
  return null
}
