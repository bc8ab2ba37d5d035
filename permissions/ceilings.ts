import type { Permission } from './permissions.ts'
import type { RecordPattern } from './record-patterns.ts'
import type { Scope } from './scopes.ts'

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

/** Upper bounds of one request. Those of customers bind the client realm only. */
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
