import type { AnswerOf } from '@zoneward/api'
import { isAllowed, type Permission } from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { hostingResource } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import type { HostingRow } from './store.ts'

const shownPermissions: Permission[] = [
  'hostings.manage',
  'hosting.web.manage',
  'hosting.mail.manage',
  'hosting.stats.view',
  'grants.view',
  'grants.manage',
]

/** Hostings with what the caller may do there. */
export async function presentHostings(tx: Tx, actor: Actor, rows: HostingRow[]): Promise<AnswerOf<'hostings.read'>[]> {
  const held = await heldAccess(tx, actor)
  return rows.map((row) => {
    const resource = hostingResource(actor.orgId, row)
    const holds = (permission: Permission) => isAllowed(held.index, requestOf(actor, held, { permission, resource }))
    return {
      id: row.id,
      name: row.name,
      place: row.place,
      customer: { id: row.customer_id, name: row.customer },
      created_at: row.created_at.toISOString(),
      can: Object.fromEntries(shownPermissions.map((permission) => [permission, holds(permission)])),
    }
  })
}
