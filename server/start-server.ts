import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAdaptorServer, type HttpBindings, type ServerType } from '@hono/node-server'
import { keepUses } from './access/grant-use.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { type Database, openDatabase } from './database/open-database.ts'
import type { Log } from './log.ts'
import { createMailer } from './mail/create-mailer.ts'
import { keepRevocations } from './operator/revocations.ts'
import { runTasks } from './run-tasks.ts'
import { newSetupLink } from './sign-in/new-setup-link.ts'
import { StartError } from './start-error.ts'
import { startNameServer } from './start-name-server.ts'

/** Everything that runs in this process. */
export type RunningServer = {
  context: Context
  /** Where it listens: the public address where one is set, otherwise http(s)://host:port. */
  url: string
  dnsPort: number
  /** The one-time link that makes the first administrator, while there is none. */
  setupLink: string | null
  /** A request as if it had come from this address, by the way that every request takes. */
  fetch(request: Request, from: string): Promise<Response>
  /** No new requests; what is under way is finished, for a few seconds at most. */
  stop(): Promise<void>
}

export const version: string = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')).version

/** Opens the database (unless one is given, which then stays open), and begins to answer names and requests. */
export async function startServer(config: Config, log: Log, given?: Database): Promise<RunningServer> {
  const database = given ?? (await openDatabase(config, log))
  const stops: (() => Promise<unknown>)[] = given ? [] : [() => database.close()]
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) => log.error({ err: error }, 'something did not stop cleanly'))
    }
  }
  try {
    const uses = keepUses(database, log)
    stops.push(() => uses.stop())
    const names = await startNameServer(config, database, log)
    stops.push(() => names.stop())
    let app: App | null = null
    const web = webServer(config, (request, bindings) =>
      app === null ? new Response(null, { status: 503 }) : app.fetch(request, bindings),
    )
    const port = await listen(web, config)
    stops.push(() => close(web))
    const context = contextOf(config, log, database, { port, dnsPort: names.port })
    app = createApp(context)
    const tasks = await runTasks(context)
    stops.push(() => tasks.stop())
    const revocations = keepRevocations(database.owner, config.dataFolder, log)
    stops.push(() => revocations.stop())
    const setupLink = await newSetupLink(context)
    return { context, url: context.publicOrigin, dnsPort: names.port, setupLink, fetch: fetchOf(app), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type App = ReturnType<typeof createApp>

function contextOf(config: Config, log: Log, database: Database, ports: { port: number; dnsPort: number }): Context {
  return {
    config,
    log,
    database,
    version,
    publicOrigin: config.url ?? originOf(config, ports.port),
    instanceId: shortId(database.instanceId),
    secret: database.secret,
    mailer: createMailer(config, database.secret),
    dnsPort: ports.dnsPort,
  }
}

function fetchOf(app: App): RunningServer['fetch'] {
  return async (request, remoteAddress) =>
    app.fetch(request, { incoming: { socket: { remoteAddress } } } as unknown as HttpBindings)
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']

function webServer(config: Config, fetch: Fetch): ServerType {
  if (config.tls === null) return createAdaptorServer({ fetch, createServer: createHttpServer })
  const { certFile, keyFile } = config.tls
  try {
    const serverOptions = { cert: readFileSync(certFile), key: readFileSync(keyFile), minVersion: 'TLSv1.2' } as const
    return createAdaptorServer({ fetch, createServer: createHttpsServer, serverOptions })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`ZONEWARD_TLS_CERT and ZONEWARD_TLS_KEY cannot be used together: ${reason}`)
  }
}

function listen(server: ServerType, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `The port ${port} on ${host} is taken by another program: stop it, or set ZONEWARD_PORT`,
        EACCES: `This user may not listen on port ${port}: set ZONEWARD_PORT to one above 1023`,
        EADDRNOTAVAIL: `ZONEWARD_HOST is "${host}": that is no address of this machine`,
        ENOTFOUND: `ZONEWARD_HOST is "${host}": that is no address of this machine`,
      }
      reject(new StartError(reasons[error.code ?? ''] ?? `Listening on ${host}:${port} failed: ${error.message}`))
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

async function close(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 3_000)
  await closed
  clearTimeout(timer)
}

/** Listening on every address is no address to go to: this machine's own stands for it until ZONEWARD_URL says more. */
function originOf(config: Config, port: number): string {
  const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host
  const scheme = config.tls ? 'https' : 'http'
  return new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`).origin
}

// The random end of the UUIDv7, not the time at its beginning.
function shortId(id: string): string {
  return id.replaceAll('-', '').slice(-8)
}
