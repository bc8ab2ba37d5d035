import type { AnswerOf } from '@zoneward/api'
import { isWrite, permissions, type RoleSetId } from '@zoneward/permissions'
import { heldAccess } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { readDashboard } from './read-dashboard.ts'
import { roleSentence } from './role-sentence.ts'
import { findOrganization, updateOrganization } from './store.ts'

export const organizationRoutes = {
  'organization.read': (request) => request.read((tx) => findOrganization(tx, request.allowed, request.actor.orgId)),
  'organization.update': changeOrganization,
  'permissions.list': async () => ({
    items: permissions.map(({ id, area, sentence, scopeKinds }) => ({
      id,
      area,
      sentence,
      scopes: [...scopeKinds],
      writes: isWrite(id),
    })),
    next: null,
  }),
  'roles.list': (request) => request.read((tx) => listRoles(tx, request)),
  'dashboard.read': readDashboard,
} satisfies Routes<'organization.read' | 'organization.update' | 'permissions.list' | 'roles.list' | 'dashboard.read'>

/** The role set decides where customers' ceilings start, so a change of it is a change of access. */
function changeOrganization(request: ActorRequest<'organization.update'>) {
  const { actor, body, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const before = await findOrganization(tx, allowed, actor.orgId)
    const { name = before.name, role_set = before.role_set, contact = before.contact } = body
    const after = await updateOrganization(tx, allowed, { id: actor.orgId, name, role_set, contact: plain(contact) })
    const changed = (['name', 'role_set', 'contact'] as const).filter((key) => body[key] !== undefined)
    if (changed.length === 0) note.nothing()
    else note({ facts: Object.fromEntries(changed.map((key) => [key, { old: before[key], new: after[key] }])) })
    return after
  })
}

function plain<T extends object>(contact: T): Record<string, string> {
  return Object.fromEntries(Object.entries(contact).filter(([, text]) => text !== undefined && text !== ''))
}

/** Every built-in role; client accounts see those that may be handed out at their customer. */
async function listRoles(tx: Tx, { actor, allowed }: ActorRequest<'roles.list'>): Promise<AnswerOf<'roles.list'>> {
  const { role_set } = await findOrganization(tx, allowed, actor.orgId)
  const home = actor.portal?.customerId
  const bound = home ? (await heldAccess(tx, actor)).customers.find((one) => one.customerId === home) : undefined
  const shown = [...(await roleBook(tx, actor.orgId)).values()].filter(
    ({ id, realms }) =>
      actor.realm === 'staff' || (realms.includes('client') && (bound === undefined || bound.roleIds.includes(id))),
  )
  const items = shown.map((role) => ({
    id: role.id,
    set: role.set,
    name: role.name,
    sentence: roleSentence(role),
    scope_kind: role.scopeKind,
    realms: [...role.realms],
    permissions: [...role.permissions],
    interface_only: role.interfaceOnly === true,
    block: role.block === true,
    primary: (role.set as RoleSetId) === role_set,
  }))
  return { items: items.sort((a, b) => Number(b.primary) - Number(a.primary)), next: null }
}
