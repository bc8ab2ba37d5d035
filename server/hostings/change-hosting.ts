import type { AnswerOf } from '@zoneward/api'
import { type Allowed, may } from '../access/authorize.ts'
import { below, findResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { presentHostings } from './present-hostings.ts'
import { deleteHosting, hostingById, hostingOfName, insertHosting, updateHosting } from './store.ts'

type Shown = AnswerOf<'hostings.read'>

/** Makes a hosting of a customer. Whoever holds a role at the customer holds it there too, from the first moment. */
export function createHosting(request: ActorRequest<'hostings.create'>): Promise<Shown> {
  return request.changeAccess(async (tx, note) => {
    const { actor, body } = request
    const { customer_id, name, place } = body
    const customer = await findResource(tx, actor.orgId, { kind: 'customer', id: customer_id })
    const allowed = await request.authorize(tx, 'hostings.manage', customer)
    await ensureNameFree(tx, allowed, { orgId: actor.orgId, customerId: customer_id, name, id: null })
    const at = { orgId: actor.orgId, id: newId() }
    await insertHosting(tx, allowed, at, { customer_id, name, place })
    const shown = await shownHosting(tx, allowed, actor, at.id)
    note({ customerId: customer_id, facts: { hosting_id: at.id, name, place, customer: shown.customer.name } })
    return shown
  })
}

export function changeHosting(request: ActorRequest<'hostings.update'>): Promise<Shown> {
  const { allowed, body } = request
  return request.write(async (tx, note) => {
    const { actor } = request
    const at = { orgId: actor.orgId, id: request.params.hosting_id }
    const old = await hostingById(tx, allowed, at)
    if (old === null) throw notFound()
    const from = { name: old.name, place: old.place }
    const to = { name: body.name ?? old.name, place: body.place ?? old.place }
    if (from.name === to.name && from.place === to.place) note.nothing()
    else {
      await ensureNameFree(tx, allowed, { orgId: actor.orgId, customerId: old.customer_id, name: to.name, id: old.id })
      await updateHosting(tx, allowed, at, to)
      note({ customerId: old.customer_id, facts: { hosting_id: at.id, from, to, customer: old.customer } })
    }
    return shownHosting(tx, allowed, actor, at.id)
  })
}

/** Ends a hosting for everybody, so it is the customer's matter: an admin of the hosting alone does not. */
export function endHosting(request: ActorRequest<'hostings.delete'>): Promise<null> {
  const { allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { actor } = request
    const at = { orgId: actor.orgId, id: request.params.hosting_id }
    const old = await hostingById(tx, allowed, at)
    if (old === null) throw notFound()
    const resource = below(actor.orgId, 'customer', old.customer_id)
    if (!(await may(tx, actor, { permission: 'hostings.manage', resource }))) {
      const detail = 'Deleting a hosting needs "hostings.manage" at its customer: ask an admin of the customer.'
      throw new Fault('forbidden', detail, { permission: 'hostings.manage' })
    }
    await deleteHosting(tx, allowed, at)
    const { name, place, customer } = old
    note({ customerId: old.customer_id, facts: { hosting_id: at.id, name, place, customer } })
    return null
  })
}

export async function shownHosting(tx: Tx, allowed: Allowed, actor: Actor, id: string): Promise<Shown> {
  const row = await hostingById(tx, allowed, { orgId: actor.orgId, id })
  const [shown] = row ? await presentHostings(tx, actor, [row]) : []
  if (!shown) throw notFound()
  return shown
}

type Wanted = { orgId: string; customerId: string; name: string; id: string | null }

async function ensureNameFree(tx: Tx, allowed: Allowed, wanted: Wanted): Promise<void> {
  const other = await hostingOfName(tx, allowed, wanted)
  if (other === null || other === wanted.id) return
  throw new Fault('conflict', `This customer has a hosting "${wanted.name}" already: choose another name.`)
}
