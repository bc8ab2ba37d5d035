import { isWrite, permissions } from '@zoneward/permissions'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { deleteOwnOrganization } from './delete-own-organization.ts'
import { ensureMayRaise } from './ensure-may-raise.ts'
import { readDashboard } from './read-dashboard.ts'
import { findOrganization, updateOrganization } from './store.ts'

export const organizationRoutes = {
  'organization.read': (request) => request.read((tx) => findOrganization(tx, request.allowed, request.actor.orgId)),
  'organization.update': changeOrganization,
  'organization.delete': deleteOwnOrganization,
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
  'dashboard.read': readDashboard,
} satisfies Routes<
  'organization.read' | 'organization.update' | 'organization.delete' | 'permissions.list' | 'dashboard.read'
>

/** The role set decides where customers' ceilings start, so a change of it is a change of access. */
function changeOrganization(request: ActorRequest<'organization.update'>) {
  const { actor, body, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const before = await findOrganization(tx, allowed, actor.orgId)
    const { name = before.name, role_set = before.role_set, contact = before.contact } = body
    await ensureMayRaise(tx, request.actor, { from: before.role_set, to: role_set })
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
