import { createNameServer, createZoneStore, type ZoneSource } from '@zoneward/nameserver'
import type { Config } from './config.ts'
import type { Database } from './database/open-database.ts'
import type { Log } from './log.ts'
import { StartError } from './start-error.ts'

export type RunningNameServer = { port: number; stop(): Promise<void> }

/** Answers names from the database's zones over UDP and TCP. */
export async function startNameServer(config: Config, _database: Database, log: Log): Promise<RunningNameServer> {
  const { host, dnsPort } = config
  const source: ZoneSource = { locate: async () => null, load: async () => null }
  const store = createZoneStore(source, {
    onError: (zone, error) => log.error({ zone, err: error }, 'a zone could not be loaded'),
  })
  const server = createNameServer({ host, port: dnsPort, store, logger: log })
  try {
    const { port } = await server.start()
    return { port, stop: () => server.stop() }
  } catch (error) {
    throw new StartError(whyNot(error, host, dnsPort))
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE')
    return `The DNS port ${port} on ${host} is taken by another program: stop it, or set ZONEWARD_DNS_PORT`
  if (code === 'EACCES') return `This user may not listen on port ${port}: set ZONEWARD_DNS_PORT to one above 1023`
  return `Answering names on ${host}:${port} failed: ${error instanceof Error ? error.message : code}`
}
