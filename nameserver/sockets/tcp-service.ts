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
  const open: OpenConnections = { all: new Map(), perAddress: new Map() }
  let server: Server | undefined
  const accept = (socket: Socket) => {
    // It may be gone before it was accepted.
    socket.on('error', () => socket.destroy())
    if (!admit(open, limits, socket)) socket.destroy()
    else open.all.set(socket, serveConnection(socket, responder, log, limits))
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
      const closing = server
      if (closing === undefined) return
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()))
      for (const connection of open.all.values()) connection.finish()
      const timer = setTimeout(() => {
        for (const socket of open.all.keys()) socket.destroy()
      }, graceMs)
      await closed
      clearTimeout(timer)
    },
  }
}

type OpenConnections = { all: Map<Socket, { finish(): void }>; perAddress: Map<string, number> }

/** Counts a connection in until it closes; false when there are too many, or it has closed already. */
function admit({ all, perAddress }: OpenConnections, limits: TcpLimits, socket: Socket): boolean {
  const address = socket.remoteAddress
  if (address === undefined) return false
  const count = perAddress.get(address) ?? 0
  if (all.size >= limits.maxConnections || count >= limits.maxPerAddress) return false
  perAddress.set(address, count + 1)
  socket.once('close', () => {
    all.delete(socket)
    const left = (perAddress.get(address) ?? 1) - 1
    if (left === 0) perAddress.delete(address)
    else perAddress.set(address, left)
  })
  return true
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
