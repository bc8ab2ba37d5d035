import type pg from 'pg'
import type { Log } from '../log.ts'
import { placeOfSocket } from './connection-url.ts'
import { startEmbedded } from './embedded/start.ts'
import type { Target } from './target.ts'
import { withClient } from './with-client.ts'

export const databaseName = 'zoneward'

/** The database in the embedded PostgreSQL of a data folder, started by this process and stopped with it. */
export async function embeddedTarget(dataFolder: string, log: Log, onLost: (reason: string) => void): Promise<Target> {
  const server = await startEmbedded({ dataFolder, log, onLost })
  try {
    await ensureDatabase(server.superuser('postgres'))
  } catch (error) {
    await server.stop()
    throw error
  }
  const admin = server.superuser(databaseName)
  return {
    admin,
    place: placeOfSocket(String(admin.host), Number(admin.port), databaseName),
    owner: null,
    close: () => server.stop(),
  }
}

async function ensureDatabase(connection: pg.ClientConfig): Promise<void> {
  await withClient(connection, async (client) => {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (rows.length === 0) await client.query(`create database ${databaseName}`)
  })
}
