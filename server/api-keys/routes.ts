import { organizationResource } from '../access/find-resource.ts'
import { isWhole } from '../access/key-ceiling.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { createApiKey } from './create-api-key.ts'
import { endKey } from './end-key.ts'
import { presentApiKeys } from './present-api-keys.ts'
import { readKeyAccess } from './read-key-access.ts'
import { selectApiKeys } from './store.ts'

export const apiKeyRoutes = {
  'api_keys.list': listApiKeys,
  'api_keys.create': createApiKey,
  'api_keys.delete': endApiKey,
  'api_keys.access': (request) => request.read((tx) => readKeyAccess(tx, request)),
} satisfies Routes<'api_keys.list' | 'api_keys.create' | 'api_keys.delete' | 'api_keys.access'>

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
    const ownerId = everyone ? (query.owner_id ?? null) : actor.subjectId
    const page = { orgId: actor.orgId, kind: 'key', ownerId, only, before, limit: query.limit } as const
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
    const key = await endKey(tx, request, 'key', params.api_key_id)
    const [shown] = await presentApiKeys(tx, request.actor, [key])
    const facts = { id: key.id, name: key.name, owner: shown?.owner.name ?? '' }
    note({ customerId: actor.portal?.customerId ?? null, facts })
    return null
  })
}
