import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { loadSecret, type Secret } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import { placeOfUrl } from './connection-url.ts'
import { embeddedTarget } from './embedded-target.ts'
import { type Listening, listen, type OnNotice } from './listen.ts'
import { createPool, type RoleName, type RolePool } from './pools.ts'
import { type Prepared, prepareDatabase, type WhichMigrations } from './prepare-database.ts'
import type { Target } from './target.ts'

/** The open database: one pool for each role, and the few facts that the start has read. */
export interface Database extends Record<RoleName, RolePool> {
  instanceId: string
  secret: Secret
  /** Such as 180004. */
  serverVersion: number
  /** Hears NOTIFY, over as many connections as it takes; see listen.ts. */
  listen(channel: string, onNotice: OnNotice): Promise<Listening>
  /** Ends the pools, and the embedded PostgreSQL if this process runs it. */
  close(): Promise<void>
}

export interface OpenOptions {
  /** Which migrations may run now: all of an empty database only (the default), all, or none. */
  migrations?: WhichMigrations
  poolSizes?: Partial<Record<RoleName, number>>
  /** The embedded PostgreSQL is lost for this process; by default it ends itself in the ordinary way. */
  onLost?: (reason: string) => void
}

const poolSizes: Record<RoleName, number> = { owner: 2, staff: 10, portal: 10, worker: 6, dns: 3 }

/** Opens the database of a configuration, starting, setting up and migrating it as needed; a StartError says why not. */
export async function openDatabase(config: Config, log: Log, options: OpenOptions = {}): Promise<Database> {
  const loaded = loadSecret(config.secretFile)
  if ('error' in loaded) throw new StartError(loaded.error)
  const target = await openTarget(config, log, options)
  try {
    const prepared = await prepareDatabase(
      target,
      loaded.secret,
      config.secretFile,
      options.migrations ?? 'of an empty database',
    )
    return databaseOf(target, prepared, loaded.secret, log, options)
  } catch (error) {
    await target.close()
    throw error
  }
}

/** The server that the configuration means: the embedded one, started, or the one that DATABASE_URL names. */
export async function openTarget(
  config: Config,
  log: Log,
  { onLost }: Pick<OpenOptions, 'onLost'> = {},
): Promise<Target> {
  if (config.databaseUrl === null) {
    return embeddedTarget(config.dataFolder, log, onLost ?? ((reason) => endProcess(reason, log)))
  }
  const url = config.databaseUrl
  const { user, password } = new pg.Client({ connectionString: url })
  const owner = { user: user ?? '', password: String(password ?? '') }
  await reachable(url)
  return { place: placeOfUrl(url), admin: { connectionString: url }, owner, close: async () => {} }
}

// A server in the next container may come up a little later than this one.
async function reachable(url: string): Promise<void> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      const later = ['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', '57P03'].includes(code)
      if (later && Date.now() < deadline) await sleep(250)
      else throw new StartError(`DATABASE_URL cannot be used: ${error instanceof Error ? error.message || code : code}`)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function databaseOf(target: Target, prepared: Prepared, secret: Secret, log: Log, options: OpenOptions): Database {
  const { roles, instance, serverVersion } = prepared
  const pool = (role: RoleName) =>
    createPool({
      role,
      log,
      connection: target.place.connect(roles.login(role)),
      size: options.poolSizes?.[role] ?? poolSizes[role],
    })
  const pools = {
    owner: pool('owner'),
    staff: pool('staff'),
    portal: pool('portal'),
    worker: pool('worker'),
    dns: pool('dns'),
  }
  const connection = target.place.connect(roles.login('dns'))
  const listeners = new Set<Listening>()
  return {
    ...pools,
    secret,
    serverVersion,
    instanceId: instance.id,
    listen: async (channel, onNotice) => {
      const listening = await listen({ connection, channel, log, onNotice })
      listeners.add(listening)
      return listening
    },
    close: async () => {
      await Promise.all([...listeners].map((listening) => listening.stop()))
      await Promise.all(Object.values(pools).map((one) => one.close()))
      await target.close()
    },
  }
}

// The ordinary way, so that whatever is in flight ends as on any other stop.
function endProcess(reason: string, log: Log): void {
  log.fatal(reason)
  process.exitCode = 1
  process.kill(process.pid, 'SIGTERM')
}
