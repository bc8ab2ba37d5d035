import { zoneResource } from '../access/find-resource.ts'
import { refuseStale } from '../changes/refuse-stale.ts'
import { zoneForChange } from '../changes/zone-for-change.ts'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { shownName } from '../records/record-names.ts'
import { mayBeServed } from './may-be-served.ts'
import { noteLostGrants } from './note-lost-grants.ts'
import { deleteZoneRow, setServed, zonesNamed } from './store.ts'
import { tellNameServers } from './tell-name-servers.ts'

/**
 * Deletes a zone with its records, history and grants. Another with its name is served from then on if it is the same
 * customer's: nobody's zone waits for the names of somebody else.
 */
export async function deleteZone(request: ActorRequest<'zones.delete'>): Promise<null> {
  const { orgId } = request.actor
  const id = request.params.zone_id
  return request.write(
    async (tx, note) => {
      const zone = await zoneForChange(tx, orgId, id, { lock: true })
      if (!zone) throw notFound()
      const { allowed } = request
      await refuseStale(request, tx, zone, zoneResource(orgId, zone))
      await noteLostGrants(tx, allowed, { orgId, scopeId: id })
      await deleteZoneRow(tx, allowed, { orgId, id })
      const others = zone.served ? await zonesNamed(tx, allowed, orgId, zone.name_key) : []
      const heir = others.find((other) => other.customer_id === zone.customer_id)
      if (heir && (await mayBeServed(tx, orgId, heir))) await setServed(tx, allowed, { orgId, id: heir.id }, true)
      if (zone.served) await tellNameServers(tx, { apex: zone.name_key })
      const facts = { zone: shownName(zone.name), records: zone.record_count, serial: Number(zone.serial) }
      note({ zoneId: id, customerId: zone.customer_id, facts })
      return null
    },
    { longest: '8s' },
  )
}
