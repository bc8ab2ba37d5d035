import type { AnswerOf } from '@zoneward/api'
import type { Role } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import { builtInRoleBook, customRoleId, roleBook, roleKey, roleOfRow } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { ensureMayChangeRole } from './judge-role-change.ts'
import { presentDetail } from './present-role.ts'
import { ensureOwnName, readOriginal, readPermissions } from './read-role-wish.ts'
import { describeUses, usesOf } from './role-uses.ts'
import {
  countRoles,
  deleteEndedGrants,
  deleteRole,
  findRole,
  insertRole,
  type RoleRow,
  roleOfName,
  updateRole,
} from './store.ts'

type Detail = AnswerOf<'roles.read'>

// The whole book is read with every decision that is not cached, and shown whole in every picker.
const mostRoles = 200

/** Makes a role of the organization's own: a built-in one under another name, with an edited list of permissions. */
export function createRole(request: ActorRequest<'roles.create'>): Promise<Detail> {
  const { body, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { actor } = request
    const original = readOriginal(body.based_on, await roleBook(tx, actor.orgId))
    const permissions = readPermissions(body.permissions ?? original.permissions, original)
    const at = { orgId: actor.orgId, id: newId() }
    await ensureNameFree(tx, allowed, { ...at, name: body.name })
    if ((await countRoles(tx, allowed, actor.orgId)) >= mostRoles) {
      throw new Fault('conflict', `There are ${mostRoles} own roles already: delete one that nobody needs first.`)
    }
    const { name, description } = body
    const after: Role = ownRole({ id: at.id, based_on: original.id, name, permissions })
    await ensureMayChangeRole(tx, allowed, actor, { before: { ...after, permissions: [] }, after })
    await insertRole(tx, allowed, at, { based_on: original.id, name, description, permissions })
    note({ facts: { role: name, role_id: after.id, based_on: original.name, permissions } })
    return presentDetail(tx, allowed, actor, after)
  })
}

/** An edit is in force at once wherever the role is granted, so it is judged as if each of these grants were made anew. */
export function changeRole(request: ActorRequest<'roles.update'>): Promise<Detail> {
  const { body, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { actor } = request
    const row = await openRole(tx, allowed, actor, request.params.role_id)
    const before = ownRole(row)
    const original = builtInRoleBook.get(row.based_on) ?? before
    const permissions = body.permissions ? readPermissions(body.permissions, original) : before.permissions
    const words = { name: body.name ?? row.name, description: body.description ?? row.description, permissions }
    const after: Role = { ...before, name: words.name, permissions }
    if (words.name !== row.name) await ensureNameFree(tx, allowed, { ...row, orgId: actor.orgId, name: words.name })
    await ensureMayChangeRole(tx, allowed, actor, { before, after })
    const added = permissions.filter((id) => !before.permissions.includes(id))
    const removed = before.permissions.filter((id) => !permissions.includes(id))
    const same = words.name === row.name && words.description === row.description
    if (same && added.length + removed.length === 0) note.nothing()
    else {
      const at = { orgId: actor.orgId, id: row.id }
      await keepLastHolder(tx, actor, () => updateRole(tx, allowed, at, words))
      const renamed = words.name === row.name ? {} : { from: { name: row.name }, to: { name: words.name } }
      note({ facts: { role: row.name, role_id: before.id, added, removed, ...renamed } })
    }
    return presentDetail(tx, allowed, actor, after)
  })
}

/** Only a role that nothing names is deleted: what it gave would vanish without a word otherwise. */
export function endRole(request: ActorRequest<'roles.delete'>): Promise<null> {
  const { allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { actor } = request
    const row = await openRole(tx, allowed, actor, request.params.role_id)
    const roleId = customRoleId(row.id)
    const used = await describeUses(tx, actor.orgId, await usesOf(tx, allowed, actor.orgId, roleId))
    if (used !== null) throw new Fault('conflict', `"${row.name}" is in use: ${used}. Give another role there first.`)
    await deleteEndedGrants(tx, allowed, actor.orgId, roleId)
    await deleteRole(tx, allowed, { orgId: actor.orgId, id: row.id })
    note({ facts: { role: row.name, role_id: roleId, based_on: row.based_on, permissions: row.permissions } })
    return null
  })
}

async function openRole(tx: Tx, allowed: Allowed, { orgId }: Actor, roleId: string): Promise<RoleRow> {
  const builtIn = builtInRoleBook.get(roleId)
  if (builtIn) throw new Fault('conflict', `"${builtIn.name}" is built in: copy it, and edit the copy.`)
  const id = roleKey(roleId)
  const row = id === null ? null : await findRole(tx, allowed, { orgId, id })
  if (row === null) throw notFound()
  return row
}

function ownRole(row: Parameters<typeof roleOfRow>[0]): Role {
  const role = roleOfRow(row)
  if (role === null) throw new Error(`the role ${row.id} was copied from ${row.based_on}, which is not there`)
  return role
}

type Named = { orgId: string; id: string; name: string }

async function ensureNameFree(tx: Tx, allowed: Allowed, { orgId, id, name }: Named): Promise<void> {
  ensureOwnName(name)
  const other = await roleOfName(tx, allowed, orgId, name)
  if (other !== null && other !== id) {
    throw new Fault('conflict', `There is a role "${name}" already: choose another name.`)
  }
}
