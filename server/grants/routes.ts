import type { AnswerOf } from '@zoneward/api'
import { cursorId } from '../access/cursor-parts.ts'
import { organizationResource } from '../access/find-resource.ts'
import { reachesAnything } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { changeGrant, revokeGrant } from './change-grant.ts'
import { createGrant } from './create-grant.ts'
import { presentGrants } from './present-grants.ts'
import { readZoneAccess } from './read-zone-access.ts'
import { replaceProviderAccess, replaceZoneAccess } from './replace-access.ts'
import { selectGrants } from './store.ts'

export const grantRoutes = {
  'grants.list': (request) => request.read((tx) => listGrants(tx, request)),
  'grants.create': (request) => request.changeAccess((tx, note) => createGrant(tx, note, request)),
  'grants.update': (request) => request.changeAccess((tx, note) => changeGrant(tx, note, request)),
  'grants.delete': (request) => request.changeAccess((tx, note) => revokeGrant(tx, note, request)),
  'zone_access.read': (request) => request.read((tx) => readZoneAccess(tx, request)),
  'zone_access.replace': (request) => request.changeAccess((tx, note) => replaceZoneAccess(tx, note, request)),
  'provider_access.replace': (request) => request.changeAccess((tx, note) => replaceProviderAccess(tx, note, request)),
} satisfies Routes<
  | 'grants.list'
  | 'grants.create'
  | 'grants.update'
  | 'grants.delete'
  | 'zone_access.read'
  | 'zone_access.replace'
  | 'provider_access.replace'
>

async function listGrants(tx: Tx, request: ActorRequest<'grants.list'>): Promise<AnswerOf<'grants.list'>> {
  const { actor, query } = request
  const visible = await request.visible(tx, 'grants.view')
  // Who sees nobody's access anywhere is told what is missing, instead of an empty page.
  if (!reachesAnything(visible)) await request.authorize(tx, 'grants.view', organizationResource(actor.orgId))
  const after = parseCursor(query.cursor, ['string'])
  const rows = await selectGrants(tx, visible, {
    orgId: actor.orgId,
    after: after && cursorId(after[0]),
    limit: query.limit,
    subjectId: query.subject_id,
    scope: { kind: query.scope_kind, id: query.scope_id },
    portalId: actor.realm === 'client' ? (actor.portal?.id ?? '') : null,
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next = rows.length > page.length && last ? printCursor([last.id]) : null
  return { items: await presentGrants(tx, actor, page), next }
}
