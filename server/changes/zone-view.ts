import { zoneResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { visibleRecords } from '../records/visible-records.ts'
import type { ZoneRequest } from './authorize-edit.ts'
import type { ZoneView } from './plan-operations.ts'
import { recordsAt, recordsById } from './store.ts'
import type { WritableZone } from './zone-record.ts'

/** The zone as the planner of edits sees it: a record that the caller may not see is not there by its id. */
export async function viewOf(request: ZoneRequest, tx: Tx, zone: WritableZone): Promise<ZoneView> {
  const at = { orgId: request.actor.orgId, id: zone.id }
  const sees = await visibleRecords(tx, request.actor, zoneResource(request.actor.orgId, zone))
  return {
    apex: zone.name,
    byId: async (ids) => {
      const records = await recordsById(tx, request.allowed, at, ids)
      return sees ? records.filter(sees) : records
    },
    atNames: (keys) => recordsAt(tx, request.allowed, at, keys),
  }
}
