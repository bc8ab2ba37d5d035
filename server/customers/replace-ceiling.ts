import type { AnswerOf } from '@zoneward/api'
import {
  type CustomerCeiling,
  isPermission,
  type Permission,
  permissionIds,
  type RoleBook,
} from '@zoneward/permissions'
import { may } from '../access/authorize.ts'
import { clientReach } from '../access/client-reach.ts'
import { below } from '../access/find-resource.ts'
import { ceilingOf } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'
import { ensureStaff, readCeiling } from './read-ceiling.ts'
import { ceilingById, type StoredCeiling, updateCeiling } from './store.ts'

type Request = ActorRequest<'customer_ceilings.replace'>

/**
 * Sets what client accounts of a customer can ever hold. Lowered, it is in force with the next request of any of them;
 * nothing is revoked, so raising it again gives back what they were granted. Seats bound invitations only: whoever is in
 * stays in.
 */
export function replaceCeiling(request: Request): Promise<AnswerOf<'customer_ceilings.replace'>> {
  const { allowed, body } = request
  return request.changeAccess(async (tx, note) => {
    const { actor } = request
    ensureStaff(actor)
    const at = { orgId: actor.orgId, id: request.params.customer_id }
    const row = await ceilingById(tx, allowed, at)
    if (row === null) throw notFound()
    const ceiling = readWish(body, await roleBook(tx, actor.orgId))
    const [before, after] = [ceilingOf(row, row.role_set), ceilingOf({ ...row, ceiling }, row.role_set)]
    const added = after.permissions.filter((id) => !before.permissions.includes(id))
    const removed = before.permissions.filter((id) => !after.permissions.includes(id))
    await ensureHeld(tx, actor, at.id, added)
    const changed = !isSame(before, after) || (row.ceiling === null) !== (ceiling === null)
    if (!changed && body.seats === row.seat_limit) note.nothing()
    else {
      await updateCeiling(tx, allowed, at, { ceiling, seats: body.seats })
      const roles = { old: before.roleIds, new: after.roleIds }
      const seats = { old: row.seat_limit, new: body.seats }
      note({ customerId: at.id, facts: { customer: row.name, added, removed, roles, seats } })
    }
    return readCeiling(tx, allowed, actor, at.id)
  })
}

/** What is kept: null follows the role set of the organization. */
function readWish({ permissions, role_ids }: Request['body'], roles: RoleBook): StoredCeiling | null {
  if (permissions === null && role_ids === null) return null
  if (permissions === null || role_ids === null) {
    const path = permissions === null ? 'permissions' : 'role_ids'
    throw invalidField(path, 'Permissions and roles are set together: name both, or neither to follow the role set.')
  }
  for (const [place, id] of permissions.entries()) checkPermission(`permissions.${place}`, id)
  for (const [place, id] of role_ids.entries()) checkRole(`role_ids.${place}`, id, roles)
  return { permissions: permissionIds.filter((id) => permissions.includes(id)), roles: [...new Set(role_ids)] }
}

function checkPermission(path: string, id: string): void {
  if (!isPermission(id)) throw invalidField(path, `There is no permission "${id}".`)
  if (!clientReach.includes(id)) throw invalidField(path, `Client accounts never hold "${id}", whatever their role.`)
}

function checkRole(path: string, id: string, roles: RoleBook): void {
  const role = roles.get(id)
  if (role === undefined) throw invalidField(path, `There is no role "${id}".`)
  if (role.realms.includes('client') && role.scopeKind !== 'organization' && role.block !== true) return
  throw invalidField(path, `"${role.name}" is not a role that a customer's admin could hand out to client accounts.`)
}

/** Raising a ceiling lets client accounts hold more: like a grant, it wants that more to be one's own to give. */
async function ensureHeld(tx: Tx, actor: Actor, customerId: string, added: Permission[]): Promise<void> {
  const resource = below(actor.orgId, 'customer', customerId)
  for (const permission of added) {
    if (await may(tx, actor, { permission, resource })) continue
    const detail = `You do not hold "${permission}" here, so you cannot let client accounts hold it.`
    throw new Fault('forbidden', detail, { permission })
  }
}

function isSame(before: CustomerCeiling, after: CustomerCeiling): boolean {
  const same = (left: readonly string[], right: readonly string[]) =>
    left.length === right.length && left.every((one) => right.includes(one))
  return same(before.permissions, after.permissions) && same(before.roleIds, after.roleIds)
}
