import type { AnswerOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { clientReach } from '../access/client-reach.ts'
import { ceilingOf } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { ceilingById } from './store.ts'

type Shown = AnswerOf<'customer_ceilings.read'>

/** The ceiling of a customer as it is in force now. It is staff's: a client account never learns what is kept from it. */
export async function readCeiling(tx: Tx, allowed: Allowed, actor: Actor, customerId: string): Promise<Shown> {
  ensureStaff(actor)
  const row = await ceilingById(tx, allowed, { orgId: actor.orgId, id: customerId })
  if (row === null) throw notFound()
  const { permissions, roleIds } = ceilingOf(row, row.role_set)
  const roles = await roleBook(tx, actor.orgId)
  const possible = [...roles.values()].filter(({ realms, block }) => realms.includes('client') && block !== true)
  return {
    permissions: [...permissions],
    role_ids: roleIds.filter((id) => roles.has(id)),
    seats: row.seat_limit,
    seats_taken: row.seats_taken,
    starts_from: row.ceiling === null ? row.role_set : 'own',
    possible_permissions: [...clientReach],
    possible_role_ids: possible.filter(({ scopeKind }) => scopeKind !== 'organization').map(({ id }) => id),
  }
}

export function ensureStaff({ realm }: Actor): void {
  if (realm === 'staff') return
  throw new Fault('forbidden', 'What client accounts can ever hold is set by the provider.', {
    permission: 'customers.manage',
  })
}
