import type { AnswerOf } from '@zoneward/api'
import { isAllowed, type Permission } from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { below } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { type CustomerRow, countsOf } from './store.ts'

type Shown = AnswerOf<'customers.read'>

const shownPermissions: Permission[] = [
  'customers.manage',
  'client_users.manage',
  'zones.view',
  'zones.create',
  'zones.settings.manage',
  'grants.view',
  'grants.manage',
]

/** Customers with what the caller may do there. Who sees no zones of a customer is not told how many there are. */
export async function presentCustomers(tx: Tx, actor: Actor, rows: CustomerRow[]): Promise<Shown[]> {
  const held = await heldAccess(tx, actor)
  const counts = await countsOf(
    tx,
    actor.orgId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const resource = below(actor.orgId, 'customer', row.id)
    const holds = (permission: Permission) => isAllowed(held.index, requestOf(actor, held, { permission, resource }))
    const { zones = 0, people = 0 } = counts.get(row.id) ?? {}
    return {
      id: row.id,
      name: row.name,
      portal: row.portal ?? '',
      // Notes are the provider's own.
      notes: actor.realm === 'staff' ? row.notes : '',
      zones: holds('zones.view') ? zones : 0,
      people,
      created_at: row.created_at.toISOString(),
      can: Object.fromEntries(shownPermissions.map((permission) => [permission, holds(permission)])),
    }
  })
}
