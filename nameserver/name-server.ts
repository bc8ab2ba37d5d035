import { createResponder } from './answers/responder.ts'
import type { ServerLog } from './sockets/server-log.ts'
import type { TcpLimits } from './sockets/tcp-service.ts'
import { createTcpService, TCP_LIMITS } from './sockets/tcp-service.ts'
import { createUdpService } from './sockets/udp-service.ts'
import type { ZoneStore } from './zones/zone-store.ts'

const STOP_GRACE_MS = 1000
const PORT_ATTEMPTS = 20

export type NameServerOptions = {
  /** The address to listen on; `::` listens on both families. */
  host: string
  /** One port for UDP and TCP; 0 takes one that is free on both. */
  port: number
  store: ZoneStore
  logger?: ServerLog
  limits?: Partial<TcpLimits>
}

export type NameServer = {
  /** Rejects with the system's error when the port cannot be had. */
  start(): Promise<{ port: number }>
  /** Takes no new queries; what is under way gets its answer, for at most a second. */
  stop(): Promise<void>
}

/**
 * An authoritative name server over UDP and TCP, in this process.
 *
 * @example
 * const server = createNameServer({ host: '127.0.0.1', port: 0, store })
 * const { port } = await server.start()
 */
export function createNameServer({ host, port, store, logger, limits }: NameServerOptions): NameServer {
  const log = logger ?? { warn: () => undefined, error: () => undefined }
  const responder = createResponder(store)
  const udp = createUdpService(host, responder, log)
  const tcp = createTcpService(host, responder, log, { ...TCP_LIMITS, ...limits })

  async function startOnce(): Promise<{ port: number }> {
    const bound = await tcp.start(port)
    try {
      return { port: await udp.start(bound) }
    } catch (error) {
      await tcp.stop(0)
      throw error
    }
  }

  return {
    async start() {
      for (let attempt = 1; ; attempt++) {
        try {
          return await startOnce()
        } catch (error) {
          // A port free for TCP may be taken for UDP; another one will not be.
          if (port !== 0 || attempt === PORT_ATTEMPTS || !isTaken(error)) throw error
        }
      }
    },
    async stop() {
      await Promise.all([udp.stop(), tcp.stop(STOP_GRACE_MS)])
    },
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
