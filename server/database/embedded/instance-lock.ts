import pg from 'pg'
import type { Log } from '../../log.ts'
import { StartError } from '../../start-error.ts'
import { type Cluster, superuserConnection } from './cluster.ts'

// Advisory lock of whoever runs this data folder, held in the database "postgres" for as long as the server lives.
const lock = { space: 0x5a6f6e65, number: 1 }

/** Who runs PostgreSQL here: nobody; a server that holds the lock; or one that is starting, ending or left alone. */
export async function look(cluster: Cluster): Promise<'nobody' | 'held' | 'free'> {
  let client: pg.Client
  try {
    client = new pg.Client({ ...superuserConnection(cluster, 'postgres'), connectionTimeoutMillis: 3_000 })
  } catch {
    return 'nobody'
  }
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      `select 1 from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and granted
         and database = (select oid from pg_database where datname = current_database())`,
      [lock.space, lock.number],
    )
    return rows.length > 0 ? 'held' : 'free'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === '28P01' || code === '28000')
      throw new StartError(`The password file in ${cluster.folder} is not the one of its PostgreSQL`)
    return code === 'ENOENT' || code === 'ECONNREFUSED' ? 'nobody' : 'free'
  } finally {
    await client.end().catch(() => {})
  }
}

export interface HeldLock {
  release(): Promise<void>
}

/** Takes the lock on a connection of its own; `onLost` when that connection ends although nobody released it. */
export async function takeLock(cluster: Cluster, log: Log, onLost: () => void): Promise<HeldLock | null> {
  const client = new pg.Client({
    ...superuserConnection(cluster, 'postgres'),
    application_name: 'zoneward instance lock',
  })
  const state = { released: false }
  client.on('error', (error) => log.debug({ err: error }, 'the connection of the instance lock was lost'))
  client.on('end', () => !state.released && onLost())
  try {
    await client.connect()
    const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as taken', [lock.space, lock.number])
    if (rows[0]?.taken) return { release: () => end(client, state) }
  } catch (error) {
    log.warn({ err: error }, 'the instance lock could not be taken')
  }
  await end(client, state)
  return null
}

async function end(client: pg.Client, state: { released: boolean }): Promise<void> {
  state.released = true
  await client.end().catch(() => {})
}
