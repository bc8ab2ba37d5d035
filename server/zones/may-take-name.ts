import { recordPermission } from '@zoneward/permissions'
import { may } from '../access/authorize.ts'
import { zoneResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { labelsOfBytes } from '../records/record-names.ts'
import { ownNamesAbove } from './zone-name.ts'

/**
 * A zone takes its name, and everything below it, out of the zone above, as a delegation written there would. So it is
 * served only for somebody who may write that delegation: who makes zones for one customer does not take names of
 * another's. Whether anybody else's organization stands in the way is asked by `mayBeServed`.
 */
export async function mayTakeName(tx: Tx, actor: Actor, zone: { name: string; name_key: string }): Promise<boolean> {
  const above = ownNamesAbove(zone.name_key).filter((name) => name !== zone.name_key)
  if (above.length === 0) return true
  const [nearest] = await tx
    .selectFrom('zone')
    .select(['id', 'name', 'provider_id', 'customer_id'])
    .where('org_id', '=', actor.orgId)
    .where('name_key', 'in', above)
    .where('served', '=', true)
    // The zone with the longest name is the one that answers now.
    .orderBy((of) => of.fn<number>('length', ['sort_key']), 'desc')
    .limit(1)
    .execute()
  if (!nearest) return true
  const delegation = { labels: labelsOfBytes(zone.name), type: 'NS' }
  const permission = recordPermission({ ...delegation, apexLabels: labelsOfBytes(nearest.name) })
  return may(tx, actor, { permission, resource: zoneResource(actor.orgId, nearest), record: delegation })
}
