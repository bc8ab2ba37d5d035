import { notFound } from '../fault.ts'
import type { Routes } from '../http/routes.ts'
import { changeRole, createRole, endRole } from './change-role.ts'
import { presentDetail, presentRole } from './present-role.ts'
import { rolesShown } from './roles-shown.ts'
import { readDescriptions, roleSetOf } from './store.ts'

export const roleRoutes = {
  'roles.list': (request) =>
    request.read(async (tx) => {
      const primary = await roleSetOf(tx, request.allowed, request.actor.orgId)
      const roles = [...(await rolesShown(tx, request.actor)).values()]
      const words = await readDescriptions(tx, request.allowed, request.actor.orgId)
      const items = roles.map((role) => presentRole(role, primary, words.get(role.id) ?? ''))
      return { items: items.sort((a, b) => Number(b.primary) - Number(a.primary)), next: null }
    }),
  'roles.create': createRole,
  'roles.read': (request) =>
    request.read(async (tx) => {
      const role = (await rolesShown(tx, request.actor)).get(request.params.role_id.toLowerCase())
      if (role === undefined) throw notFound()
      return presentDetail(tx, request.allowed, request.actor, role)
    }),
  'roles.update': changeRole,
  'roles.delete': endRole,
} satisfies Routes<'roles.list' | 'roles.create' | 'roles.read' | 'roles.update' | 'roles.delete'>
