import { Kysely } from 'kysely'
import pg from 'pg'
import type { Log } from '../log.ts'
import { createDialect } from './dialect.ts'
import type { Schema } from './schema.ts'
import { createStatementNames, type StatementNames } from './statement-names.ts'
import { type Tx, transactionOn } from './transaction-on.ts'

export type { Tx }

/** Whose rows a transaction may touch; row-level security reads it. The portal's pool also needs `portal`. */
export type Scope = string | { orgId: string; portal?: string; clientUser?: string }

export interface RolePool {
  readonly role: RoleName
  /** Outside a transaction there is no organization: only tables and functions without one can be used. */
  readonly kysely: Kysely<Schema>
  /** The pool below, for libraries that bring their own SQL. */
  readonly raw: pg.Pool
  /** A read-only transaction in one organization. */
  read<T>(scope: Scope, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** A transaction that writes but changes nothing about access and needs no guard (see guard.ts for the others). */
  write<T>(scope: Scope, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** `opening` is sent as one message that begins the transaction; its last row goes to `fn`. */
  run<T>(opening: string, fn: (tx: Tx, row: Record<string, unknown>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type RoleName = 'owner' | 'staff' | 'portal' | 'worker' | 'dns'

export interface PoolOptions {
  role: RoleName
  connection: pg.ClientConfig
  size: number
  log: Log
}

// A request that takes a minute has nobody waiting for it any more; the worker's and the owner's tasks may take long.
const servesPeople: RoleName[] = ['staff', 'portal']
const patience = { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 }

/** One pool for one database role. Nothing that happens to a connection can end the process. */
export function createPool({ role, connection, size, log }: PoolOptions): RolePool {
  const raw = new pg.Pool({
    ...connection,
    max: size,
    application_name: `zoneward ${role}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    ...(servesPeople.includes(role) ? patience : {}),
  })
  const onError = (error: Error) => log.warn({ role, reason: error.message }, 'a database connection was lost')
  raw.on('error', onError)
  raw.on('connect', (client) => client.on('error', onError))
  const names = createStatementNames()
  const kysely = new Kysely<Schema>({ dialect: createDialect(raw, names) })
  const run: RolePool['run'] = (opening, fn) => runTransaction(raw, names, opening, fn)
  return {
    role,
    kysely,
    raw,
    read: async (scope, fn) => run(`begin read only; ${settingsOf(scope)}`, fn),
    write: async (scope, fn) => run(`begin; ${settingsOf(scope)}`, fn),
    run,
    close: () => raw.end(),
  }
}

/** SQL that sets the organization (and portal) for the rest of the transaction. */
export function settingsOf(scope: Scope): string {
  const { orgId, portal, clientUser } = typeof scope === 'string' ? { orgId: scope } : { portal: '', ...scope }
  const settings = [['app.org', orgId], ...(portal ? [['app.portal', portal]] : [])]
  if (clientUser) settings.push(['app.client_user', clientUser])
  return `select ${settings.map(([name, id]) => `set_config('${name}', '${uuid(id)}', true)`).join(', ')}`
}

/** The id itself, checked: it goes into SQL text, because a message of several statements takes no parameters. */
export function uuid(id: string | undefined): string {
  if (id && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id
  throw new TypeError(`"${id}" is not a UUID`)
}

async function runTransaction<T>(
  raw: pg.Pool,
  names: StatementNames,
  opening: string,
  fn: (tx: Tx, row: Record<string, unknown>) => Promise<T>,
): Promise<T> {
  const client = await raw.connect()
  let lost: Error | null = null
  const onLost = (error: Error) => {
    lost ??= error
  }
  client.on('error', onLost)
  try {
    const opened: pg.QueryResult | pg.QueryResult[] = await client.query(opening)
    const last = Array.isArray(opened) ? opened.at(-1) : opened
    const result = await fn(transactionOn(client, names), last?.rows[0] ?? {})
    const done = await client.query('commit')
    if (done.command === 'ROLLBACK') throw new Error('The transaction was rolled back: a statement in it had failed.')
    return result
  } catch (error) {
    // What ended a connection (a timeout, say) is the reason to tell, not that a later query found it closed.
    const reason = lost ?? error
    // A connection that cannot even roll back is thrown away with whatever it still holds.
    await client.query('rollback').catch(onLost)
    throw reason
  } finally {
    client.off('error', onLost)
    client.release(lost !== null)
  }
}
