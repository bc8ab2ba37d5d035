import type { Config } from './config.ts'
import type { Database } from './database/open-database.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mail/mailer.ts'
import type { Secret } from './secrets.ts'

/** What the process made once and every feature may use. The caller of a request is never in here. */
export type Context = {
  config: Config
  /** The public origin: ZONEWARD_URL, or where this server listens. */
  publicOrigin: string
  /** Short id of the instance, part of the cookies' names (cookies ignore ports). */
  instanceId: string
  log: Log
  database: Database
  secret: Secret
  mailer: Mailer
  version: string
  dnsPort: number
}
