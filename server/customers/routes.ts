import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { noteLostGrants } from '../zones/note-lost-grants.ts'
import { createCustomer } from './create-customer.ts'
import { presentCustomers } from './present-customer.ts'
import { readCeiling } from './read-ceiling.ts'
import { replaceCeiling } from './replace-ceiling.ts'
import { customerById, customerPage, deleteCustomer, updateCustomer } from './store.ts'

export const customerRoutes = {
  'customers.list': (request) =>
    request.read(async (tx) => {
      const { q, limit, cursor } = request.query
      const scopes = await request.visible(tx, 'customers.view')
      const after = parseCursor(cursor, ['string', 'string'])
      const rows = await customerPage(tx, request.actor.orgId, scopes, { q, after, limit: limit + 1 })
      const shown = new Map((await presentCustomers(tx, request.actor, rows)).map((one) => [one.id, one]))
      const page = pageOfRows(
        rows,
        limit,
        (row) => row.id,
        (row) => [row.sort, row.id],
      )
      return { items: page.items.flatMap((id) => shown.get(id) ?? []), next: page.next }
    }),

  'customers.create': createCustomer,

  'customers.read': (request) => request.read((tx) => shownCustomer(request, tx)),

  'customers.update': (request) =>
    request.write(async (tx, note) => {
      const at = { orgId: request.actor.orgId, id: request.params.customer_id }
      const old = await customerById(tx, request.allowed, at)
      if (!old) throw notFound()
      const to = { name: request.body.name ?? old.name, notes: request.body.notes ?? old.notes }
      await updateCustomer(tx, request.allowed, at, to)
      note({ customerId: at.id, facts: { from: { name: old.name, notes: old.notes }, to } })
      return shownCustomer(request, tx)
    }),

  'customers.delete': (request) =>
    request.changeAccess(async (tx, note) => {
      const at = { orgId: request.actor.orgId, id: request.params.customer_id }
      const old = await customerById(tx, request.allowed, at)
      if (!old) throw notFound()
      await noteLostGrants(tx, request.allowed, { orgId: at.orgId, scopeId: at.id })
      await deleteCustomer(tx, request.allowed, at)
      note({ customerId: at.id, facts: { name: old.name, portal: old.portal } })
      return null
    }),

  'customer_ceilings.read': (request) =>
    request.read((tx) => readCeiling(tx, request.allowed, request.actor, request.params.customer_id)),
  'customer_ceilings.replace': replaceCeiling,
} satisfies Routes<
  | 'customers.list'
  | 'customers.create'
  | 'customers.read'
  | 'customers.update'
  | 'customers.delete'
  | 'customer_ceilings.read'
  | 'customer_ceilings.replace'
>

async function shownCustomer(request: Pick<ActorRequest<'customers.read'>, 'actor' | 'allowed' | 'params'>, tx: Tx) {
  const at = { orgId: request.actor.orgId, id: request.params.customer_id }
  const row = await customerById(tx, request.allowed, at)
  const [shown] = row ? await presentCustomers(tx, request.actor, [row]) : []
  if (!shown) throw notFound()
  return shown
}
