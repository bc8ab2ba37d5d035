import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { newId } from '../ids.ts'
import { noteLostGrants } from '../zones/note-lost-grants.ts'
import { presentProviders } from './present-provider.ts'
import { deleteProvider, insertProvider, providerById, providerPage, renameProvider, zoneCounts } from './store.ts'

export const providerRoutes = {
  'providers.list': (request) =>
    request.read(async (tx) => {
      const { q, limit, cursor } = request.query
      const scopes = await request.visible(tx, 'providers.view')
      const after = parseCursor(cursor, ['string', 'string'])
      const rows = await providerPage(tx, request.actor.orgId, scopes, { q, after, limit: limit + 1 })
      const shown = new Map((await presentProviders(tx, request.actor, rows)).map((one) => [one.id, one]))
      const page = pageOfRows(
        rows,
        limit,
        (row) => row.id,
        (row) => [row.sort, row.id],
      )
      return { items: page.items.flatMap((id) => shown.get(id) ?? []), next: page.next }
    }),

  'providers.create': (request) =>
    request.write(async (tx, note) => {
      const { orgId } = request.actor
      const id = newId()
      await insertProvider(tx, request.allowed, { orgId, id }, request.body)
      note({ facts: { provider_id: id, ...request.body } })
      return shownProvider(request, tx, id)
    }),

  'providers.read': (request) => request.read((tx) => shownProvider(request, tx, request.params.provider_id)),

  'providers.update': (request) =>
    request.write(async (tx, note) => {
      const at = { orgId: request.actor.orgId, id: request.params.provider_id }
      const old = await providerById(tx, request.allowed, at)
      if (!old) throw notFound()
      const { name = old.name } = request.body
      if (name === old.name) note.nothing()
      else note({ facts: { provider_id: at.id, from: { name: old.name }, to: { name } } })
      await renameProvider(tx, request.allowed, at, name)
      return shownProvider(request, tx, at.id)
    }),

  'providers.delete': (request) =>
    request.changeAccess(async (tx, note) => {
      const at = { orgId: request.actor.orgId, id: request.params.provider_id }
      const old = await providerById(tx, request.allowed, at)
      if (!old) throw notFound()
      const zones = (await zoneCounts(tx, at.orgId, [at.id])).get(at.id) ?? 0
      if (zones > 0)
        throw new Fault(
          'conflict',
          `"${old.name}" still has ${zones} zone${zones === 1 ? '' : 's'}: move or delete ${zones === 1 ? 'it' : 'them'} first`,
        )
      await noteLostGrants(tx, request.allowed, { orgId: at.orgId, scopeId: at.id })
      await deleteProvider(tx, request.allowed, at)
      note({ facts: { provider_id: at.id, name: old.name } })
      return null
    }),
} satisfies Routes<'providers.list' | 'providers.create' | 'providers.read' | 'providers.update' | 'providers.delete'>

async function shownProvider(request: Pick<ActorRequest<'providers.read'>, 'actor' | 'allowed'>, tx: Tx, id: string) {
  const row = await providerById(tx, request.allowed, { orgId: request.actor.orgId, id })
  const [shown] = row ? await presentProviders(tx, request.actor, [row]) : []
  if (!shown) throw notFound()
  return shown
}
