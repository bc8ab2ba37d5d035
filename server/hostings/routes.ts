import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { changeHosting, createHosting, endHosting, shownHosting } from './change-hosting.ts'
import { presentHostings } from './present-hostings.ts'
import { hostingPage } from './store.ts'

export const hostingRoutes = {
  'hostings.list': listHostings,
  'hostings.create': createHosting,
  'hostings.read': (request) =>
    request.read((tx) => shownHosting(tx, request.allowed, request.actor, request.params.hosting_id)),
  'hostings.update': changeHosting,
  'hostings.delete': endHosting,
} satisfies Routes<'hostings.list' | 'hostings.create' | 'hostings.read' | 'hostings.update' | 'hostings.delete'>

function listHostings(request: ActorRequest<'hostings.list'>) {
  const { actor, query } = request
  return request.read(async (tx) => {
    const { q, limit, cursor, customer_id: customerId } = query
    const scopes = await request.visible(tx, 'hostings.view')
    const after = parseCursor(cursor, ['string', 'string'])
    const rows = await hostingPage(tx, actor.orgId, scopes, { q, customerId, after, limit: limit + 1 })
    const shown = await presentHostings(tx, actor, rows.slice(0, limit))
    const page = pageOfRows(
      rows,
      limit,
      (row) => row.id,
      (row) => [row.sort, row.id],
    )
    return { items: shown, next: page.next }
  })
}
