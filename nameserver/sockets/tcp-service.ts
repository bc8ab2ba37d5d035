import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { Responder } from '../answers/responder.ts'
import type { ServerLog } from './server-log.ts'
import { serveConnection } from './tcp-connection.ts'

export type TcpLimits = {
  /** Open connections in all; further ones are closed at once. Default 512. */
  maxConnections: number
  /** Open connections from one address. Default 64. */
  maxPerAddress: number
  /** A connection is closed when it completes no query for so long (RFC 7766 §6.2.3). Default 10,000. */
  idleMs: number
  /** Queries of one connection that wait for a zone; while there are more nothing is read from it. Default 64. */
  maxPipelined: number
}

export const TCP_LIMITS: TcpLimits = { maxConnections: 512, maxPerAddress: 64, idleMs: 10_000, maxPipelined: 64 }

export type TcpService = { start(port: number): Promise<number>; stop(graceMs: number): Promise<void> }

export function createTcpService(host: string, responder: Responder, log: ServerLog, limits: TcpLimits): TcpService {
  const open = new Map<Socket, { finish(): void }>()
  const perAddress = new Map<string, number>()
  let server: Server | undefined

  function accept(socket: Socket): void {
    const address = socket.remoteAddress
    // A connection may be gone before it was accepted.
    socket.on('error', () => socket.destroy())
    const count = perAddress.get(address ?? '') ?? 0
    if (address === undefined || open.size >= limits.maxConnections || count >= limits.maxPerAddress) {
      socket.destroy()
      return
    }
    perAddress.set(address, count + 1)
    open.set(socket, serveConnection(socket, responder, log, limits))
    socket.once('close', () => {
      open.delete(socket)
      const left = (perAddress.get(address) ?? 1) - 1
      if (left === 0) perAddress.delete(address)
      else perAddress.set(address, left)
    })
  }

  return {
    async start(port) {
      const opened = createServer({ allowHalfOpen: true, noDelay: true }, accept)
      const bound = await listen(opened, host, port)
      opened.on('error', (error) => log.error({ error }, 'TCP socket failed to accept'))
      server = opened
      return bound
    },
    async stop(graceMs) {
      if (server === undefined) return
      const closed = new Promise<void>((resolve) => server?.close(() => resolve()))
      for (const connection of open.values()) connection.finish()
      const timer = setTimeout(() => {
        for (const socket of open.keys()) socket.destroy()
      }, graceMs)
      await closed
      clearTimeout(timer)
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })
}
