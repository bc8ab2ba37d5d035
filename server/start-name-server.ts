import type { Config } from './config.ts'
import type { Database } from './database/open-database.ts'
import type { Log } from './log.ts'
import { StartError } from './start-error.ts'
import { type StartedDns, startDns } from './zones/start-dns.ts'

/** Answers names from the database's zones over UDP and TCP; why not, in one line for whoever started the server. */
export async function startNameServer(config: Config, database: Database, log: Log): Promise<StartedDns> {
  try {
    return await startDns({ config, database, log })
  } catch (error) {
    throw new StartError(whyNot(error, config))
  }
}

function whyNot(error: unknown, { host, dnsPort: port }: Config): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE')
    return `The DNS port ${port} on ${host} is taken by another program: stop it, or set ZONEWARD_DNS_PORT`
  if (code === 'EACCES') return `This user may not listen on port ${port}: set ZONEWARD_DNS_PORT to one above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `ZONEWARD_HOST is "${host}": that is no address of this machine`
  return `Answering names on ${host}:${port} failed: ${error instanceof Error ? error.message : code}`
}
