import type pg from 'pg'
import { StartError } from '../start-error.ts'

const oldestPostgres = 15

/** Refuses a server that is too old or that would lose what it acknowledged; the version, such as 180004, otherwise. */
export async function checkServer(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as version,
    current_setting('server_version') as shown, current_setting('fsync') as fsync,
    current_setting('synchronous_commit') as synchronous_commit`)
  const server: { version: number; shown: string; fsync: string; synchronous_commit: string } = rows[0]
  if (server.version < oldestPostgres * 10_000) {
    throw new StartError(`The database is PostgreSQL ${server.shown}; Zoneward needs ${oldestPostgres} or newer`)
  }
  for (const setting of ['fsync', 'synchronous_commit'] as const) {
    if (server[setting] !== 'off') continue
    throw new StartError(
      `The database has ${setting} = off and would lose acknowledged changes in a crash: set it to on`,
    )
  }
  return server.version
}
