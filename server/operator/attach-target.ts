import type { Config } from '../config.ts'
import { placeOfSocket } from '../database/connection-url.ts'
import { clusterOf, superuserConnection } from '../database/embedded/cluster.ts'
import { look } from '../database/embedded/instance-lock.ts'
import { databaseName } from '../database/embedded-target.ts'
import { openTarget } from '../database/open-database.ts'
import type { Target } from '../database/target.ts'
import type { Log } from '../log.ts'

/**
 * The database of a configuration for a tool beside the server: the embedded PostgreSQL is used as it runs, and only
 * started, for as long as the tool works, when no server runs it.
 */
export async function attachTarget(config: Config, log: Log): Promise<Target> {
  const cluster = clusterOf(config.dataFolder)
  if (config.databaseUrl !== null || (await look(cluster)) !== 'held') return openTarget(config, log)
  const admin = superuserConnection(cluster, databaseName)
  const place = placeOfSocket(String(admin.host), Number(admin.port), databaseName)
  return { admin, place, owner: null, close: async () => {} }
}

/** True while a server has connections to the database, wherever that server is. */
export const serverIsConnected = `select count(*)::int as connections from pg_stat_activity
  where datname = current_database() and application_name like 'zoneward %' and pid <> pg_backend_pid()`
