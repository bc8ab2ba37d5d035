import type { AnswerOf } from '@zoneward/api'
import {
  type AccessRequest,
  decide,
  effectivePatterns,
  type Grant,
  isAllowed,
  isWrite,
  type Permission,
  permissionIds,
  type Resource,
} from '@zoneward/permissions'
import { isVisible } from '../access/authorize.ts'
import { describeSubjects, type ShownSubject } from '../access/describe-subjects.ts'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { narrowedGrants } from './narrowed-grants.ts'
import { aboutQueriedRecord } from './record-of-query.ts'
import { showPatterns } from './show-patterns.ts'
import { accessOfOther, ownAccess, type Whose } from './whose-access.ts'

type Asking = ActorRequest<'access.permissions'>
type HeldPermission = AnswerOf<'access.permissions'>['items'][number]

/** Every permission that somebody holds there, through which roles, for which records, until when. */
export async function heldPermissions(tx: Tx, request: Asking): Promise<AnswerOf<'access.permissions'>> {
  const { actor, query } = request
  const scope = { kind: query.resource_kind, id: query.resource_id.toLowerCase() }
  const place = [...(await findResources(tx, actor.orgId, [scope])).values()][0] ?? null
  const { whose, subject } = await whoseAccess(tx, request, place)
  if (!place) throw notFound()
  const items = permissionIds.flatMap(
    (permission) => heldPermission(whose, permission, aboutQueriedRecord(query, place, permission)) ?? [],
  )
  return { subject, resource: { ...scope, name: place.name }, items, next: null }
}

async function whoseAccess(
  tx: Tx,
  request: Asking,
  place: NamedResource | null,
): Promise<{ whose: Whose; subject: ShownSubject }> {
  const { actor, query } = request
  const id = query.subject_id
  if (id !== undefined && id !== actor.subjectId) {
    await request.authorize(tx, 'grants.view', place?.resource ?? null)
    const other = await accessOfOther(tx, actor, id)
    if (!other) throw notFound()
    return { whose: other, subject: other.shown }
  }
  const whose = await ownAccess(tx, actor)
  const subject = (await describeSubjects(tx, actor, [actor.subjectId])).get(actor.subjectId)
  const seen = place && isVisible(whose.held, { ...whose.asker, permission: 'zones.view', resource: place.resource })
  if (!subject || !seen) throw notFound()
  return { whose, subject }
}

export function heldPermission(
  { held: { index }, asker }: Whose,
  permission: Permission,
  about: { permission: Permission; resource: Resource },
): HeldPermission | null {
  const request: AccessRequest = { ...asker, ...about }
  const allowed = isAllowed(index, request)
  const patterns = about.resource.record === undefined ? effectivePatterns(index, request) : 'all'
  if (!allowed && (patterns === 'all' || patterns.length === 0)) return null
  const decision = allowed ? decide(index, request) : null
  const grants = decision?.allowed ? decision.reasons.map(({ grant }) => grant) : narrowedGrants(index, request)
  const nameOf = ({ roleId }: Grant) => index.roles.get(roleId)?.name ?? roleId
  return {
    permission,
    patterns: patterns === 'all' ? null : showPatterns(patterns),
    roles: [...new Set(grants.map(nameOf))],
    ends_at: lastEnd(grants),
    review_required: isWrite(about.permission) && grants.every(({ reviewRequired }) => reviewRequired === true),
  }
}

/** Null where one of them has no end. */
function lastEnd(grants: readonly Grant[]): string | null {
  const last = Math.max(...grants.map(({ endsAt }) => endsAt ?? Number.POSITIVE_INFINITY))
  return Number.isFinite(last) ? new Date(last).toISOString() : null
}
