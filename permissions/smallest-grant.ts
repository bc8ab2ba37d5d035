import { exceededCeiling } from './ceilings.ts'
import { findReasons, mayUseApi } from './find-reasons.ts'
import { type GrantIndex, indexGrants, isNarrowable } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { coversBelow, type RecordPattern } from './record-patterns.ts'
import { canonicalType, hidesBelow } from './record-permission.ts'
import { type AccessRequest, isApi } from './requests.ts'
import type { Role, RoleSetId } from './roles.ts'
import { type Scope, type ScopeKind, scopeKinds } from './scopes.ts'

/** A grant not made yet: it has no id. */
export type GrantProposal = Omit<Grant, 'id'>

// From the narrowest scope to the widest.
const narrowness: readonly ScopeKind[] = ['zone', 'hosting', 'provider', 'customer', 'organization']

/**
 * The grant with the fewest permissions, at the narrowest scope, for just this record, with which the request would
 * be allowed; null where no grant of these roles would do. Roles of `set` come first.
 */
export function smallestGrant(index: GrantIndex, request: AccessRequest, set?: RoleSetId): GrantProposal | null {
  if (exceededCeiling(request) !== null) return null
  const apiOpen = !isApi(request) || mayUseApi(index, request)
  const held = findReasons(index, request, null)
  // Who has the permission already, but by key, lacks only the way in.
  const wanted = held ? 'api.use' : request.permission
  for (const proposal of proposals(index, { ...request, permission: wanted }, set)) {
    const alone = indexGrants([{ ...proposal, id: 'proposal' }], index.roles)
    const carries = held || findReasons(alone, request, null)
    if (carries && (apiOpen || mayUseApi(alone, request))) return proposal
  }
  return null
}

function* proposals(index: GrantIndex, request: AccessRequest, set?: RoleSetId): Generator<GrantProposal> {
  const patterns = patternsFor(request)
  for (const { role, scope } of candidates(index, request, set)) {
    const proposal = { subjectId: request.subject.id, roleId: role.id, scope }
    if (patterns !== null) yield { ...proposal, patterns }
    yield proposal
  }
}

function candidates(index: GrantIndex, request: AccessRequest, set?: RoleSetId): { role: Role; scope: Scope }[] {
  const pairs: { role: Role; scope: Scope }[] = []
  for (const role of index.roles.values()) {
    if (!role.permissions.includes(request.permission)) continue
    for (const { kind, id } of request.resource.ancestors) {
      const scopeKind = scopeKinds.find((known) => known === kind)
      if (scopeKind !== undefined && scopeKind === role.scopeKind) pairs.push({ role, scope: { kind: scopeKind, id } })
    }
  }
  return pairs.sort(
    (left, right) =>
      Number(right.role.set === set) - Number(left.role.set === set) ||
      left.role.permissions.length - right.role.permissions.length ||
      narrowness.indexOf(left.scope.kind) - narrowness.indexOf(right.scope.kind),
  )
}

function patternsFor(request: AccessRequest): RecordPattern[] | null {
  const { record } = request.resource
  if (record === undefined || !isNarrowable(request.permission)) return null
  const type = canonicalType(record.type)
  const exact: RecordPattern = { kind: 'exact', labels: record.labels, types: [type] }
  const whole = hidesBelow(type) && !coversBelow(exact, record.labels)
  return [whole ? { ...exact, kind: 'below' } : exact]
}
