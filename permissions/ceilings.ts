import { isNarrowable } from './grant-index.ts'
import { patternsCover } from './patterns-cover.ts'
import { isWrite, type Permission } from './permissions.ts'
import type { RecordPattern } from './record-patterns.ts'
import { type AccessRequest, isApi } from './requests.ts'
import type { Resource, Scope } from './scopes.ts'

/** The upper bound of an API key. Its owner's grants decide; this only takes away. Times in milliseconds. */
export interface ApiKeyCeiling {
  readonly permissions: 'all' | readonly Permission[]
  readonly scopes: 'all' | readonly Scope[]
  readonly patterns?: readonly RecordPattern[]
  /** Whether the request came from one of its networks: tested already, or a function that tests it. */
  readonly networkAllowed?: boolean | (() => boolean)
  readonly endsAt?: number
  /** It stops when not used for so long. */
  readonly idleLimit?: number
  readonly lastUsedAt?: number
}

/** What client accounts can ever hold at a customer, and the roles that its own admin may hand out. */
export interface CustomerCeiling {
  readonly customerId: string
  readonly permissions: readonly Permission[]
  readonly roleIds: readonly string[]
}

/**
 * Upper bounds of one request. Those of customers bind the client realm only, so pass them for client accounts always,
 * and for whoever grants to one: a customer that is not in the list is not bounded.
 */
export interface Ceilings {
  readonly apiKey?: ApiKeyCeiling
  readonly customers?: readonly CustomerCeiling[]
  /** Looking as somebody else: nothing is written. */
  readonly viewAs?: boolean
}

export type CeilingPart =
  | 'api_key.permissions'
  | 'api_key.scopes'
  | 'api_key.patterns'
  | 'api_key.networks'
  | 'api_key.end'
  | 'api_key.idle'
  | 'customer.permissions'
  | 'client_realm'
  | 'view_as'

/**
 * The first ceiling that does not contain the request, or null.
 * @example exceededCeiling({ ...request, permission: 'records.write', ceilings: { viewAs: true } }) // 'view_as'
 */
export function exceededCeiling(request: AccessRequest): CeilingPart | null {
  const { ceilings, permission } = request
  if (ceilings === undefined) return null
  if (ceilings.viewAs === true && isWrite(permission)) return 'view_as'
  const ofKey = ceilings.apiKey === undefined ? null : exceededKey(ceilings.apiKey, request)
  if (ofKey !== null) return ofKey
  return exceedsCustomer(request, ceilings.customers) ? 'customer.permissions' : null
}

/** Whether the key can be used at all: not ended, not idle for too long, from a network of its own. */
export function exceededKeyUse(key: ApiKeyCeiling, now: number): CeilingPart | null {
  if (key.endsAt !== undefined && key.endsAt <= now) return 'api_key.end'
  const unused = key.lastUsedAt === undefined ? 0 : now - key.lastUsedAt
  if (key.idleLimit !== undefined && unused >= key.idleLimit) return 'api_key.idle'
  const network = typeof key.networkAllowed === 'function' ? key.networkAllowed() : key.networkAllowed
  return network === false ? 'api_key.networks' : null
}

/** A ceiling that client accounts are under at this customer, if its permissions lack this one. */
export function customerWithholds(ceilings: Ceilings | undefined, customerId: string, permission: Permission): boolean {
  for (const ceiling of ceilings?.customers ?? []) {
    if (ceiling.customerId === customerId && !ceiling.permissions.includes(permission)) return true
  }
  return false
}

function exceededKey(key: ApiKeyCeiling, request: AccessRequest): CeilingPart | null {
  const unusable = exceededKeyUse(key, request.now)
  if (unusable !== null) return unusable
  if (key.permissions !== 'all' && !key.permissions.includes(request.permission)) return 'api_key.permissions'
  if (key.scopes !== 'all' && !hangsBelow(request.resource, key.scopes)) return 'api_key.scopes'
  if (key.patterns === undefined) return null
  const counts =
    isNarrowable(request.permission) && patternsCover(key.patterns, request.permission, request.resource.record)
  return counts ? null : 'api_key.patterns'
}

function hangsBelow(resource: Resource, scopes: readonly Scope[]): boolean {
  for (const ancestor of resource.ancestors) {
    for (const scope of scopes) if (scope.id === ancestor.id && scope.kind === ancestor.kind) return true
  }
  return false
}

function exceedsCustomer(request: AccessRequest, customers: readonly CustomerCeiling[] | undefined): boolean {
  if (request.subject.realm !== 'client' || customers === undefined) return false
  const api = isApi(request)
  for (const ancestor of request.resource.ancestors) {
    if (ancestor.kind !== 'customer') continue
    if (customerWithholds(request.ceilings, ancestor.id, request.permission)) return true
    if (api && customerWithholds(request.ceilings, ancestor.id, 'api.use')) return true
  }
  return false
}
