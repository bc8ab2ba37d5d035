import { type CeilingPart, exceededCeiling } from './ceilings.ts'
import { mayUseApi } from './find-reasons.ts'
import { bitsFor, type GrantIndex, hasBit, type IndexedGrant } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { patternsCover } from './patterns-cover.ts'
import { permissionNumber } from './permissions.ts'
import { type AccessRequest, isApi } from './requests.ts'

export type GrantMiss =
  | 'interface_only'
  | 'expired'
  | 'not_started'
  | 'pattern_does_not_cover'
  | 'wrong_realm'
  | 'role_lacks_it'
  | 'other_scope'

/** What nearly allowed a request, and by what it fell short. */
export type Miss =
  | { readonly kind: 'ceiling'; readonly ceiling: CeilingPart }
  | { readonly kind: 'no_api_use' }
  | { readonly kind: GrantMiss; readonly grant: Grant; readonly holderId: string }

const order: readonly Miss['kind'][] = [
  'ceiling',
  'no_api_use',
  'interface_only',
  'expired',
  'not_started',
  'pattern_does_not_cover',
  'wrong_realm',
  'role_lacks_it',
  'other_scope',
]

const most = 10
const mostExamined = 2000

/** At most ten, nearest first. Only for requests that were refused. */
export function nearestMisses(index: GrantIndex, request: AccessRequest): Miss[] {
  const misses: Miss[] = []
  const ceiling = exceededCeiling(request)
  if (ceiling !== null) misses.push({ kind: 'ceiling', ceiling })
  if (isApi(request) && !mayUseApi(index, request)) misses.push({ kind: 'no_api_use' })
  for (const holderId of [request.subject.id, ...request.subject.teamIds]) {
    misses.push(...missesOf(index, request, holderId))
  }
  return misses.sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind)).slice(0, most)
}

function missesOf(index: GrantIndex, request: AccessRequest, holderId: string): Miss[] {
  const held = index.bySubject.get(holderId)
  if (held === undefined) return []
  const misses: Miss[] = []
  for (const { id } of request.resource.ancestors) {
    for (const entry of held.byScopeId.get(id) ?? []) addMiss(misses, entry, request, holderId)
  }
  let elsewhere = 0
  for (const entry of held.all.slice(0, mostExamined)) {
    if (elsewhere < most && missOf(entry, request) === 'other_scope') {
      elsewhere += 1
      misses.push({ kind: 'other_scope', grant: entry.grant, holderId })
    }
  }
  return misses
}

function addMiss(misses: Miss[], entry: IndexedGrant, request: AccessRequest, holderId: string): void {
  const kind = missOf(entry, request)
  if (kind !== null && kind !== 'other_scope') misses.push({ kind, grant: entry.grant, holderId })
}

/** Why this grant does not carry the request; null if it does, or is too far off to be worth naming. */
function missOf(entry: IndexedGrant, request: AccessRequest): GrantMiss | null {
  const { grant, role } = entry
  const here = request.resource.ancestors.some(({ kind, id }) => kind === grant.scope.kind && id === grant.scope.id)
  const lacks = role === undefined || !role.permissions.includes(request.permission)
  if (!here) {
    const live = entry.starts <= request.now && request.now < entry.ends
    return lacks || !live || !counts(entry, request) ? null : 'other_scope'
  }
  if (lacks) return 'role_lacks_it'
  if (entry.ends <= request.now) return 'expired'
  if (request.now < entry.starts) return 'not_started'
  if (role.interfaceOnly === true && isApi(request)) return 'interface_only'
  if (!role.realms.includes(request.subject.realm)) return 'wrong_realm'
  if (!counts(entry, request)) return grant.patterns === undefined ? 'wrong_realm' : 'pattern_does_not_cover'
  const { patterns } = grant
  const covered = patterns === undefined || patternsCover(patterns, request.permission, request.resource.record)
  return covered ? null : 'pattern_does_not_cover'
}

function counts(entry: IndexedGrant, request: AccessRequest): boolean {
  return hasBit(bitsFor(entry, request.subject.realm), permissionNumber.get(request.permission) ?? -1)
}
