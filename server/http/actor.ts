import type { ApiKeyCeiling, Realm } from '@zoneward/permissions'
import type { Scope as DatabaseScope, RolePool } from '../database/pools.ts'

/** Who makes a request. Always an argument, never ambient. */
export type Actor = {
  kind: 'session' | 'api_key'
  realm: Realm
  orgId: string
  /** The user's subject: its personal team. */
  subjectId: string
  teamIds: string[]
  name: string
  email: string
  accountId: string | null
  operator: boolean
  portal: { id: string; slug: string; customerId: string | null } | null
  sessionId: string | null
  key: { id: string; name: string; ceiling: ApiKeyCeiling } | null
  /** The organization's access_revision that came with the session or key. */
  revision: string
  /** Milliseconds by the database's clock when the session or key was read. */
  now: number
  expiresAt: Date | null
  address: string
  userAgent: string
  /** The pool of its realm, and whose rows a transaction of it may touch. */
  pool: RolePool
  scope: DatabaseScope
}

/** Signed in as staff, but a member of no organization now: may see itself, and nothing else. */
export type Homeless = {
  kind: 'homeless'
  accountId: string
  sessionId: string
  name: string
  email: string
  operator: boolean
  expiresAt: Date
}
