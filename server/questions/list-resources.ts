import type { AnswerOf } from '@zoneward/api'
import { effectivePatterns, type Permission, visibleScopes } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { heldPlaces, type Place, type Wanted } from './held-places.ts'
import { readPermission } from './read-questions.ts'
import { showPatterns } from './show-patterns.ts'
import { accessOfOther, askableScopes, ownAccess, type Whose } from './whose-access.ts'

type Asking = ActorRequest<'access.resources'>

/** The things of a kind where somebody holds a permission; of another, those where the caller may ask. */
export async function listResources(tx: Tx, request: Asking): Promise<AnswerOf<'access.resources'>> {
  const { actor, query } = request
  const { kind, limit, cursor, subject_id: id } = query
  const permission = readPermission(query.permission, 'permission')
  const other = id !== undefined && id !== actor.subjectId
  const within = other ? await askableScopes(tx, request) : null
  const whose = other ? await accessOfOther(tx, actor, id) : await ownAccess(tx, actor)
  if (!whose) throw notFound()
  const wanted = wantedOf(actor.orgId, whose, permission, within)
  const places = await heldPlaces(tx, kind, { ...wanted, cursor, limit: limit + 1 })
  const shown = places.slice(0, limit)
  const next = places.length > limit ? (shown.at(-1)?.cursor ?? null) : null
  return { items: shown.map((place) => showPlace(place, whose, permission)), next }
}

export function wantedOf(
  orgId: string,
  { asker, held, subject }: Whose,
  permission: Permission,
  within: Wanted['within'],
): Omit<Wanted, 'cursor' | 'limit'> {
  const scopes = visibleScopes(held.index, { ...asker, permission })
  return { orgId, holders: [subject.id, ...subject.teamIds], scopes, within }
}

function showPlace(
  { resource, scope, name }: Place,
  { asker, held }: Whose,
  permission: Permission,
): AnswerOf<'access.resources'>['items'][number] {
  const patterns = effectivePatterns(held.index, { ...asker, permission, resource })
  return { ...scope, name, patterns: patterns === 'all' ? null : showPatterns(patterns) }
}
