import type { AnswerOf, ItemOf } from '@zoneward/api'
import { wireToName } from '@zoneward/dns'
import { type GrantIndex, isAllowed, levelOf, type Permission } from '@zoneward/permissions'
import { askerOf, requestOf } from '../access/authorize.ts'
import { zoneResource } from '../access/find-resource.ts'
import { type HeldAccess, heldAccess } from '../access/held-access.ts'
import type { ZoneRequest } from '../changes/authorize-edit.ts'
import { etagOf } from '../changes/refuse-stale.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { shownName } from '../records/record-names.ts'
import { apexNameServers, zoneWithNames } from './store.ts'
import type { ListedZone } from './zone-page.ts'

type Zone = ItemOf<'zones.list'>
export type ZoneDetail = AnswerOf<'zones.read'>

const shownPermissions: Permission[] = [
  'zones.view',
  'records.view',
  'records.write',
  'records.dmarc.write',
  'records.protected.write',
  'changes.propose',
  'changes.approve',
  'zones.settings.manage',
  'zones.delete',
  'grants.view',
  'grants.manage',
]

/** A zone as lists show it, with the caller's level. Names of places that it may not see are shown all the same: they are above the zone. */
export function presentZone(row: ListedZone, actor: Actor, held: HeldAccess): Zone {
  return {
    id: row.id,
    name: shownName(row.name),
    provider: { id: row.provider_id, name: row.provider_name },
    customer: row.customer_id ? { id: row.customer_id, name: row.customer_name ?? '' } : null,
    serial: Number(row.serial),
    records: row.record_count,
    served: row.served,
    created_at: row.created_at.toISOString(),
    changed_at: row.changed_at.toISOString(),
    level: levelFor(held.index, actor, held, row),
  }
}

function levelFor(index: GrantIndex, actor: Actor, held: HeldAccess, row: ListedZone): Zone['level'] {
  const resource = zoneResource(actor.orgId, row)
  const { level, partial } = levelOf(index, { ...askerOf(actor, held), resource })
  if (level === 'write') return 'write'
  return partial || level === 'none' ? 'partial' : 'read'
}

/** One zone with what the caller may do in it; sets its ETag. Read again with the grants of this moment. */
export async function zoneDetail(request: ZoneRequest, tx: Tx, id: string): Promise<ZoneDetail> {
  const { actor, allowed } = request
  const row = await zoneWithNames(tx, allowed, actor.orgId, id)
  if (!row) throw notFound()
  const held = await heldAccess(tx, actor)
  const resource = zoneResource(actor.orgId, row)
  const holds = (permission: Permission) => isAllowed(held.index, requestOf(actor, held, { permission, resource }))
  const servers = await apexNameServers(tx, allowed, actor.orgId, row)
  request.answerHeaders.set('etag', etagOf(row.serial))
  return {
    ...presentZone(row, actor, held),
    can: Object.fromEntries(shownPermissions.map((permission) => [permission, holds(permission)])),
    name_servers: servers.flatMap((rdata) => {
      const read = wireToName(rdata)
      return 'name' in read ? [shownName(read.name)] : []
    }),
  }
}
