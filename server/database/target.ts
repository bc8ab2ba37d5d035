import type pg from 'pg'
import type { Login, Place } from './connection-url.ts'

/** One database on a running server, before anything in it is known. */
export interface Target {
  place: Place
  /** Sets up roles: the user of DATABASE_URL, or the embedded superuser, which no pool ever uses. */
  admin: pg.ClientConfig
  /** null: the embedded server, where the owner is a role of ours. */
  owner: Login | null
  close(): Promise<void>
}
