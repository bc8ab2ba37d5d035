import type { RemoteInfo, Socket } from 'node:dgram'
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Responder } from '../answers/responder.ts'
import type { ServerLog } from './server-log.ts'

const RECEIVE_BUFFER = 4 * 1024 * 1024

type Send = (bytes: Uint8Array, peer: RemoteInfo) => void

export type UdpService = { start(port: number): Promise<number>; stop(): Promise<void> }

export function createUdpService(host: string, responder: Responder, log: ServerLog): UdpService {
  let socket: Socket | undefined
  return {
    async start(port) {
      const opened = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER, lookup })
      await bind(opened, host, port)
      opened.on('error', (error) => log.warn({ error }, 'UDP socket failed to send'))
      const send: Send = (bytes, peer) => {
        // A zone may have been fetched for a query while the server stopped.
        if (socket === opened) opened.send(bytes, peer.port, peer.address)
      }
      opened.on('message', (packet, peer) => answerPacket(send, responder, log, packet, peer))
      socket = opened
      return opened.address().port
    },
    stop() {
      const closing = socket
      socket = undefined
      return close(closing)
    },
  }
}

/** Peers are addresses already; the default would wait a turn of the event loop for each packet. */
function lookup(host: string, _options: unknown, done: (error: null, address: string, family: number) => void): void {
  done(null, host, host.includes(':') ? 6 : 4)
}

function bind(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close()
      reject(error)
    })
    socket.bind({ address: host, port }, () => {
      socket.removeAllListeners('error')
      resolve()
    })
  })
}

function answerPacket(send: Send, responder: Responder, log: ServerLog, packet: Buffer, peer: RemoteInfo): void {
  // Nothing can be sent to port 0; whoever claims it is lying.
  if (peer.port === 0) return
  try {
    const length = responder.respond(packet, 'udp')
    if (length > 0) send(Buffer.from(responder.bytes.subarray(0, length)), peer)
    else if (length < 0) void answerLater(send, responder, log, packet, peer)
  } catch (error) {
    log.error({ error, packet: packet.toString('hex') }, 'A query could not be answered')
  }
}

async function answerLater(send: Send, responder: Responder, log: ServerLog, packet: Buffer, peer: RemoteInfo) {
  try {
    const bytes = await responder.respondLater(packet, 'udp')
    if (bytes.length > 0) send(bytes, peer)
  } catch (error) {
    log.error({ error }, 'A query could not be answered after its zone was fetched')
  }
}

function close(socket: Socket | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (socket === undefined) resolve()
    else socket.close(() => resolve())
  })
}
