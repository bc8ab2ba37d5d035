import type { Resource } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { below, organizationResource } from '../access/find-resource.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { customersReached } from './customers-reached.ts'
import { ensureNotAbove } from './not-above.ts'
import { deleteUser, endSessionsHere, findClientUser, findMember, selectClientUsers, selectMembers } from './store.ts'
import { summarizeGrants } from './summarize-grants.ts'

export const memberRoutes = {
  'members.list': listMembers,
  'members.delete': removeMember,
  'client_users.list': listClientUsers,
  'client_users.delete': removeClientUser,
} satisfies Routes<'members.list' | 'members.delete' | 'client_users.list' | 'client_users.delete'>

function listMembers(request: ActorRequest<'members.list'>) {
  const { actor, query, allowed } = request
  return request.read(async (tx) => {
    const [after = null] = parseCursor(query.cursor, ['string']) ?? []
    const page = { orgId: actor.orgId, after, limit: query.limit, q: query.q }
    const rows = await selectMembers(tx, allowed, page)
    const grantsOf = await summarizeGrants(tx, actor.orgId, rows.map(idOf), actor.now)
    return pageOfRows(
      rows,
      query.limit,
      ({ id, name, email, created_at }) => ({
        id,
        name,
        email,
        created_at: created_at.toISOString(),
        grants: grantsOf(id),
        is_me: id === actor.subjectId,
      }),
      (row) => [row.id],
    )
  })
}

function listClientUsers(request: ActorRequest<'client_users.list'>) {
  const { actor, query } = request
  return request.read(async (tx) => {
    const customers = customersReached(await request.visible(tx, 'client_users.manage'))
    const [after = null] = parseCursor(query.cursor, ['string']) ?? []
    const page = { orgId: actor.orgId, after, limit: query.limit, q: query.q, customers, customerId: query.customer_id }
    const rows = await selectClientUsers(tx, page)
    const grantsOf = await summarizeGrants(tx, actor.orgId, rows.map(idOf), actor.now)
    const homes = rows.flatMap((row) => (row.customer_id ? [{ kind: 'customer' as const, id: row.customer_id }] : []))
    const nameOf = await nameScopes(tx, actor.orgId, homes)
    return pageOfRows(
      rows,
      query.limit,
      ({ customer_id, created_at, last_seen_at, ...row }) => ({
        ...row,
        customer: customer_id ? { id: customer_id, name: nameOf({ kind: 'customer', id: customer_id }).name } : null,
        created_at: created_at.toISOString(),
        last_seen_at: last_seen_at?.toISOString() ?? null,
        grants: grantsOf(row.id),
        is_me: row.id === actor.subjectId,
      }),
      (row) => [row.id],
    )
  })
}

function removeMember(request: ActorRequest<'members.delete'>): Promise<null> {
  const { actor, params, allowed } = request
  const { orgId } = actor
  return request.changeAccess(async (tx, note) => {
    const member = await findMember(tx, allowed, orgId, params.member_id)
    if (member === null) throw notFound()
    await ensureNotAbove(tx, request.actor, { ...member, realm: 'staff' }, organizationResource(orgId))
    await endSessionsHere(tx, allowed, { orgId, accountId: member.account_id })
    const leaving = { orgId, id: member.id }
    await keepLastHolder(tx, request.actor, () => deleteUser(tx, allowed, leaving))
    note({ facts: { id: member.id, name: member.name, email: member.email } })
    return null
  })
}

function removeClientUser(request: ActorRequest<'client_users.delete'>): Promise<null> {
  const { actor, params } = request
  const { orgId } = actor
  return request.changeAccess(async (tx, note) => {
    const user = await findClientUser(tx, orgId, params.client_user_id)
    const home = user?.customer_id ? below(orgId, 'customer', user.customer_id) : organizationResource(orgId)
    if (user === null) throw notFound()
    const allowed = await ensureManages(tx, request, home)
    await ensureNotAbove(tx, request.actor, { ...user, realm: 'client' }, home)
    await deleteUser(tx, allowed, { orgId, id: user.id })
    note({ customerId: user.customer_id, facts: { id: user.id, name: user.name, email: user.email } })
    return null
  })
}

// Client accounts are seen by whoever manages them: to anybody else this one is none.
async function ensureManages(tx: Tx, request: ActorRequest<'client_users.delete'>, home: Resource): Promise<Allowed> {
  try {
    return await request.authorize(tx, 'client_users.manage', home)
  } catch (error) {
    throw error instanceof Fault && error.code === 'forbidden' ? notFound() : error
  }
}

const idOf = (row: { id: string }) => row.id
