import { below, findResource, zoneResource } from '../access/find-resource.ts'
import { refuseStale } from '../changes/refuse-stale.ts'
import { zoneForChange } from '../changes/zone-for-change.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { shownName } from '../records/record-names.ts'
import { endForeignGrants } from './end-foreign-grants.ts'
import { mayBeServed } from './may-be-served.ts'
import { mayTakeName } from './may-take-name.ts'
import { type ZoneDetail, zoneDetail } from './present-zone.ts'
import { moveZone, zonesNamed } from './store.ts'
import { tellNameServers } from './tell-name-servers.ts'

type Request = ActorRequest<'zones.update'>
type Place = { provider_id: string; customer_id: string | null }

/**
 * Gives a zone to another customer or provider. What hangs where decides who sees what and which ceilings bind, so it is
 * a change of access, and both sides are asked: nobody takes a zone out of, or puts one into, what it does not manage.
 * A zone that was not served because of another is served now if nothing stands in the way any more.
 */
export async function moveZoneTo(request: Request): Promise<ZoneDetail> {
  const { orgId } = request.actor
  const id = request.params.zone_id
  return request.changeAccess(async (tx, note) => {
    const zone = await lockZone(request, tx)
    const from: Place = { provider_id: zone.provider_id, customer_id: zone.customer_id }
    const to: Place = {
      provider_id: request.body.provider_id ?? from.provider_id,
      customer_id: request.body.customer_id === undefined ? from.customer_id : request.body.customer_id,
    }
    await authorizeMove(request, tx, id, from, to)
    const served = zone.served || ((await mayBeServed(tx, orgId, zone)) && (await mayTakeName(tx, request.actor, zone)))
    const moved = from.provider_id !== to.provider_id || from.customer_id !== to.customer_id
    if (!moved && served === zone.served) note.nothing()
    else {
      if (from.provider_id !== to.provider_id) await refuseTwin(request, tx, zone.name_key, to.provider_id)
      await moveZone(tx, request.allowed, { orgId, id }, { ...to, served })
      const ended =
        to.customer_id === null || to.customer_id === from.customer_id
          ? 0
          : await endForeignGrants(tx, request.allowed, { orgId, id, customerId: to.customer_id })
      if (served !== zone.served) await tellNameServers(tx, { apex: zone.name_key })
      note({
        zoneId: id,
        customerId: to.customer_id,
        facts: { zone: shownName(zone.name), from, to, served, grants_ended: ended },
      })
    }
    return zoneDetail(request, tx, id)
  })
}

async function lockZone(request: Request, tx: Tx) {
  const zone = await zoneForChange(tx, request.actor.orgId, request.params.zone_id, { lock: true })
  if (!zone) throw notFound()
  await refuseStale(request, tx, zone, zoneResource(request.actor.orgId, zone))
  return zone
}

async function authorizeMove(request: Request, tx: Tx, id: string, from: Place, to: Place): Promise<void> {
  const { orgId } = request.actor
  await request.authorize(tx, 'zones.settings.manage', zoneResource(orgId, { id, ...from }))
  if (from.customer_id !== to.customer_id) {
    for (const side of [from, to]) await authorizeSide(request, tx, side)
  }
  if (from.provider_id !== to.provider_id) {
    if (!(await findResource(tx, orgId, { kind: 'provider', id: to.provider_id }))) throw notFound()
    await request.authorize(tx, 'zones.settings.manage', below(orgId, 'provider', from.provider_id))
    await request.authorize(tx, 'zones.create', below(orgId, 'provider', to.provider_id))
  }
}

/** One side of a move between customers; a zone without a customer is the provider's side. */
async function authorizeSide(request: Request, tx: Tx, side: Place): Promise<void> {
  const { orgId } = request.actor
  if (side.customer_id === null) {
    await request.authorize(tx, 'zones.settings.manage', below(orgId, 'provider', side.provider_id))
    return
  }
  const customer = await findResource(tx, orgId, { kind: 'customer', id: side.customer_id })
  await request.authorize(tx, 'zones.settings.manage', customer)
}

async function refuseTwin(request: Request, tx: Tx, nameKey: string, providerId: string): Promise<void> {
  const twins = await zonesNamed(tx, request.allowed, request.actor.orgId, nameKey)
  if (twins.some((twin) => twin.provider_id === providerId))
    throw new Fault('conflict', 'That provider has a zone of this name already')
}
