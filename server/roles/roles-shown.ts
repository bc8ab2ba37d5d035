import type { Role } from '@zoneward/permissions'
import { heldAccess } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

/** Every role, by id; client accounts see those that may be handed out at their customer. */
export async function rolesShown(tx: Tx, actor: Actor): Promise<ReadonlyMap<string, Role>> {
  const roles = await roleBook(tx, actor.orgId)
  if (actor.realm === 'staff') return roles
  const home = actor.portal?.customerId
  const bound = home ? (await heldAccess(tx, actor)).customers.find((one) => one.customerId === home) : undefined
  const handedOut = ({ id, set }: Role) => (bound === undefined ? set !== 'custom' : bound.roleIds.includes(id))
  return new Map([...roles].filter(([, role]) => role.realms.includes('client') && handedOut(role)))
}
