import { exceededCeiling } from './ceilings.ts'
import { isAllowed } from './decide.ts'
import { type FoundReason, findReasons, mayUseApi } from './find-reasons.ts'
import type { GrantIndex } from './grant-index.ts'
import { isNarrowable } from './grant-index.ts'
import { type Permission, permissionIds } from './permissions.ts'
import { covers, intersectAll, type RecordPattern, withoutCovered } from './record-patterns.ts'
import { type AccessRequest, type Asker, isApi } from './requests.ts'
import type { Resource } from './scopes.ts'

/**
 * Every permission that would be allowed on this resource. Without a record in it, of patterned grants `zones.view`
 * and `records.view` only; see `effectivePatterns`.
 */
export function effectivePermissions(
  index: GrantIndex,
  asker: Asker & { readonly resource: Resource },
): Set<Permission> {
  return new Set(permissionIds.filter((permission) => isAllowed(index, { ...asker, permission })))
}

/**
 * For which records of a zone a permission of records or changes is held: all, or those of the patterns (of none, if
 * the list is empty). Who writes a delegation or a DNAME needs the names below it too: ask `isAllowed` for the record.
 * @example effectivePatterns(index, { ...request, permission: 'records.view' }) // 'all'
 */
export function effectivePatterns(index: GrantIndex, request: AccessRequest): 'all' | RecordPattern[] {
  const held = patternsHeld(index, request)
  const key = request.ceilings?.apiKey?.patterns
  if (key === undefined || held.length === 0) return asAnswer(held)
  return intersectAll(held, key)
}

/** @example isCovered('all', ['www', 'example', 'com'], 'A') // true */
export function isCovered(
  patterns: 'all' | readonly RecordPattern[],
  labels: readonly string[],
  type: string,
): boolean {
  return patterns === 'all' || patterns.some((pattern) => covers(pattern, labels, type))
}

const allRecords: RecordPattern = { kind: 'below', labels: [], types: 'all' }

function patternsHeld(index: GrantIndex, request: AccessRequest): RecordPattern[] {
  const found = reasonsForSomeRecord(index, request)
  if (found.some(({ entry }) => entry.grant.patterns === undefined)) return [allRecords]
  return withoutCovered(found.flatMap(({ entry }) => entry.grant.patterns ?? []))
}

function asAnswer(patterns: RecordPattern[]): 'all' | RecordPattern[] {
  return patterns.includes(allRecords) ? 'all' : patterns
}

/**
 * The grants that carry the permission for at least some records of the resource, within every ceiling but the
 * patterns of the key, which want a record: the caller puts them in.
 */
export function reasonsForSomeRecord(index: GrantIndex, request: AccessRequest): FoundReason[] {
  const { record: _, ...resource } = request.resource
  const { apiKey, ...others } = request.ceilings ?? {}
  const { patterns, ...key } = apiKey ?? { permissions: 'all', scopes: 'all' }
  if (patterns !== undefined && !isNarrowable(request.permission)) return []
  const ceilings = apiKey === undefined ? others : { ...others, apiKey: key }
  if (exceededCeiling({ ...request, resource, ceilings }) !== null) return []
  if (isApi(request) && !mayUseApi(index, request)) return []
  const found: FoundReason[] = []
  findReasons(index, { ...request, resource }, found, true)
  return found
}
