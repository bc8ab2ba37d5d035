import type { ApiKeyCeiling, Realm } from '@zoneward/permissions'
import type { Scope as DatabaseScope, RolePool } from '../database/pools.ts'
import type { View } from '../view-as/view.ts'

/** Who makes a request. Always an argument, never ambient. */
export type Actor = {
  kind: 'session' | 'api_key'
  realm: Realm
  orgId: string
  /** The user's subject: its personal team. */
  subjectId: string
  teamIds: string[]
  /** Whether it works with teams at all, and for which now: null is its personal one, always so for a key. */
  teamFeatures: boolean
  currentTeamId: string | null
  name: string
  email: string
  accountId: string | null
  operator: boolean
  portal: { id: string; slug: string; customerId: string | null } | null
  sessionId: string | null
  /** A guest link is a key as well, that opens very few operations. */
  key: { id: string; name: string; kind: 'key' | 'guest'; createdBy: string | null; ceiling: ApiKeyCeiling } | null
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
  /** Its request is made within a transaction that is rolled back: it uses nothing and leaves nothing behind. */
  rehearsing?: true
  /** A member looks as this one: everything above is of whom it looks as, who reads only. */
  viewAs?: View
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
