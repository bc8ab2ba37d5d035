import type { Allowed } from '../access/authorize.ts'
import { organizationResource } from '../access/find-resource.ts'
import { isWhole } from '../access/key-ceiling.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { createApiKey } from './create-api-key.ts'
import { presentApiKeys } from './present-api-keys.ts'
import { type ApiKeyRow, deleteApiKey, findApiKey, selectApiKeys } from './store.ts'

export const apiKeyRoutes = {
  'api_keys.list': listApiKeys,
  'api_keys.create': createApiKey,
  'api_keys.delete': endApiKey,
} satisfies Routes<'api_keys.list' | 'api_keys.create' | 'api_keys.delete'>

function listApiKeys(request: ActorRequest<'api_keys.list'>) {
  const { actor, query } = request
  return request.read(async (tx) => {
    const everyone = query.owner === 'everyone'
    const allowed = everyone
      ? await request.authorize(tx, 'api_keys.manage', organizationResource(actor.orgId))
      : request.allowed
    const [before = null] = parseCursor(query.cursor, ['string']) ?? []
    // A narrowed key is shown itself: what else its owner has made is nothing that it was made for.
    const only = !everyone && actor.key !== null && !isWhole(actor.key.ceiling) ? actor.key.id : null
    const page = { orgId: actor.orgId, ownerId: everyone ? null : actor.subjectId, only, before, limit: query.limit }
    const rows = await selectApiKeys(tx, allowed, page)
    const { next } = pageOfRows(
      rows,
      query.limit,
      (row) => row,
      (row) => [row.id],
    )
    return { items: await presentApiKeys(tx, actor, rows.slice(0, query.limit)), next }
  })
}

function endApiKey(request: ActorRequest<'api_keys.delete'>): Promise<null> {
  const { actor, params } = request
  return request.changeAccess(async (tx, note) => {
    const key = await findApiKey(tx, actor.orgId, params.api_key_id)
    const allowed = await ensureMayEnd(tx, request, key)
    if (key === null) throw notFound()
    await deleteApiKey(tx, allowed, { orgId: actor.orgId, id: key.id })
    const [shown] = await presentApiKeys(tx, request.actor, [key])
    const facts = { id: key.id, name: key.name, owner: shown?.owner.name ?? '' }
    note({ customerId: actor.portal?.customerId ?? null, facts })
    return null
  })
}

/** One's own, or with api_keys.revoke anybody's. Who has not that learns nothing of others' keys. */
async function ensureMayEnd(tx: Tx, request: ActorRequest<'api_keys.delete'>, key: ApiKeyRow | null): Promise<Allowed> {
  const { actor, allowed } = request
  const itself = key !== null && key.id === actor.key?.id
  const own = key !== null && key.owner_id === actor.subjectId
  if (itself || (own && mayManageOwn(request))) return allowed
  try {
    return await request.authorize(tx, 'api_keys.revoke', organizationResource(actor.orgId))
  } catch (error) {
    throw error instanceof Fault && error.code === 'forbidden' && !own ? notFound() : error
  }
}

/** A key that was made for something else does not end its owner's other keys. */
function mayManageOwn({ actor }: ActorRequest<'api_keys.delete'>): boolean {
  const permissions = actor.key?.ceiling.permissions ?? 'all'
  return permissions === 'all' || permissions.includes('api_keys.create')
}
