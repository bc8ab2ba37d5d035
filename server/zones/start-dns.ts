import { createNameServer, createZoneStore } from '@zoneward/nameserver'
import type { Config } from '../config.ts'
import type { Database } from '../database/open-database.ts'
import type { Log } from '../log.ts'
import { followChanges } from './follow-changes.ts'
import { createZoneSource } from './zone-source.ts'

export type StartedDns = { port: number; stop(): Promise<void> }

/** The name server of this process, answering for every served zone of the database and following its changes. */
export async function startDns({
  config,
  database,
  log,
}: {
  config: Pick<Config, 'host' | 'dnsPort'>
  database: Pick<Database, 'dns' | 'listen'>
  log: Log
}): Promise<StartedDns> {
  const store = createZoneStore(createZoneSource(database.dns), {
    onError: (zone, error) => log.error({ zone, err: error }, 'a zone could not be loaded'),
  })
  const following = await followChanges(database, store, log)
  const server = createNameServer({ host: config.host, port: config.dnsPort, store, logger: log })
  try {
    const { port } = await server.start()
    return {
      port,
      stop: async () => {
        await server.stop()
        await following.stop()
      },
    }
  } catch (error) {
    await following.stop()
    throw error
  }
}
