import type { AnswerOf } from '@zoneward/api'
import { isAllowed, type Permission } from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { below } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { type ProviderRow, zoneCounts } from './store.ts'

type Shown = AnswerOf<'providers.read'>

const shownPermissions: Permission[] = [
  'providers.manage',
  'zones.view',
  'zones.create',
  'grants.view',
  'grants.manage',
]

/** Providers with what the caller may do there. Who sees no zones of a provider is not told how many there are. */
export async function presentProviders(tx: Tx, actor: Actor, rows: ProviderRow[]): Promise<Shown[]> {
  const held = await heldAccess(tx, actor)
  const counts = await zoneCounts(
    tx,
    actor.orgId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const resource = below(actor.orgId, 'provider', row.id)
    const holds = (permission: Permission) => isAllowed(held.index, requestOf(actor, held, { permission, resource }))
    return {
      id: row.id,
      name: row.name,
      kind: row.kind,
      zones: holds('zones.view') ? (counts.get(row.id) ?? 0) : 0,
      created_at: row.created_at.toISOString(),
      can: Object.fromEntries(shownPermissions.map((permission) => [permission, holds(permission)])),
    }
  })
}
