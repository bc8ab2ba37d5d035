import { exceededKeyUse } from './ceilings.ts'
import { mayUseApi } from './find-reasons.ts'
import { bitsFor, type GrantIndex, hasBit, type IndexedGrant, isNarrowable } from './grant-index.ts'
import { isWrite, type Permission, permissionNumber } from './permissions.ts'
import { type RecordPattern, withoutCovered } from './record-patterns.ts'
import { type Asker, isApi } from './requests.ts'
import type { Scope, ScopeKind } from './scopes.ts'

/** A scope where a permission is held. `patterns` null: all of it; else it is narrowed to these records. */
export interface VisibleScope {
  readonly id: string
  readonly patterns: readonly RecordPattern[] | null
}

/**
 * Where somebody holds a permission. A thing is within reach if it hangs below one of the scopes listed, and below one
 * of `within` (unless null), and below none of `exceptCustomers`.
 */
export interface VisibleScopes {
  /** Organizations, that is everything. */
  readonly organizations: readonly VisibleScope[]
  readonly customers: readonly VisibleScope[]
  readonly providers: readonly VisibleScope[]
  readonly zones: readonly VisibleScope[]
  readonly hostings: readonly VisibleScope[]
  /** The scopes of the API key; null where none bounds the request. */
  readonly within: readonly Scope[] | null
  /** The patterns of the API key; null where none bounds the request. */
  readonly withinPatterns: readonly RecordPattern[] | null
  /** Customers whose ceiling keeps this permission from client accounts. */
  readonly exceptCustomers: readonly string[]
}

/**
 * The scopes that a list is made from.
 * @example visibleScopes(index, { subject, permission: 'zones.view', now, channel: 'interface' }).customers
 */
export function visibleScopes(index: GrantIndex, question: Asker & { readonly permission: Permission }): VisibleScopes {
  const key = question.ceilings?.apiKey
  const entries = isShut(index, question) ? [] : carrying(index, question)
  const ofKind = (kind: ScopeKind) => merge(entries.filter((entry) => entry.grant.scope.kind === kind))
  return {
    organizations: ofKind('organization'),
    customers: ofKind('customer'),
    providers: ofKind('provider'),
    zones: ofKind('zone'),
    hostings: ofKind('hosting'),
    within: key === undefined || key.scopes === 'all' ? null : key.scopes,
    withinPatterns: key?.patterns ?? null,
    exceptCustomers: withholding(question),
  }
}

/**
 * Whether the permission is held anywhere at all: for a page that shows what else may be seen.
 * @example holdsAnywhere(index, { subject, permission: 'dashboard.view', now, channel: 'interface' })
 */
export function holdsAnywhere(index: GrantIndex, question: Asker & { readonly permission: Permission }): boolean {
  if (isShut(index, question)) return false
  const except = withholding(question)
  return carrying(index, question).some(
    ({ grant }) => grant.scope.kind !== 'customer' || !except.includes(grant.scope.id),
  )
}

// What a ceiling closes whatever is asked for.
function isShut(index: GrantIndex, question: Asker & { readonly permission: Permission }): boolean {
  const { ceilings, permission, now } = question
  if (ceilings?.viewAs === true && isWrite(permission)) return true
  const key = ceilings?.apiKey
  if (key !== undefined) {
    if (exceededKeyUse(key, now) !== null) return true
    if (key.permissions !== 'all' && !key.permissions.includes(permission)) return true
    if (key.patterns !== undefined && (key.patterns.length === 0 || !isNarrowable(permission))) return true
  }
  return isApi(question) && !mayUseApi(index, question)
}

function carrying(index: GrantIndex, question: Asker & { readonly permission: Permission }): IndexedGrant[] {
  const { subject, now } = question
  const number = permissionNumber.get(question.permission) ?? -1
  const api = isApi(question)
  const found: IndexedGrant[] = []
  for (const holderId of [subject.id, ...subject.teamIds]) {
    for (const entry of index.bySubject.get(holderId)?.all ?? []) {
      const live = entry.starts <= now && now < entry.ends
      if (!live || !hasBit(bitsFor(entry, subject.realm), number)) continue
      if (api && entry.role?.interfaceOnly === true) continue
      if (entry.grant.patterns?.length !== 0) found.push(entry)
    }
  }
  return found
}

function merge(entries: readonly IndexedGrant[]): VisibleScope[] {
  const byId = new Map<string, RecordPattern[] | null>()
  for (const { grant } of entries) {
    const before = byId.get(grant.scope.id)
    if (grant.patterns === undefined || before === null) byId.set(grant.scope.id, null)
    else byId.set(grant.scope.id, [...(before ?? []), ...grant.patterns])
  }
  return [...byId].map(([id, patterns]) => ({ id, patterns: patterns === null ? null : withoutCovered(patterns) }))
}

function withholding({
  subject,
  ceilings,
  permission,
  ...rest
}: Asker & { readonly permission: Permission }): string[] {
  if (subject.realm !== 'client') return []
  const api = isApi({ subject, ...rest, ...(ceilings === undefined ? {} : { ceilings }) })
  return (ceilings?.customers ?? [])
    .filter((ceiling) => {
      const { permissions } = ceiling
      return !permissions.includes(permission) || (api && !permissions.includes('api.use'))
    })
    .map((ceiling) => ceiling.customerId)
}
