import type { Socket } from 'node:net'
import type { Responder } from '../answers/responder.ts'
import type { ServerLog } from './server-log.ts'
import type { TcpLimits } from './tcp-service.ts'

type Connection = {
  socket: Socket
  responder: Responder
  log: ServerLog
  maxPipelined: number
  idle: NodeJS.Timeout
  /** What was read and not yet answered: the start of a message, or more while the connection is held up. */
  rest: Buffer
  waiting: number
  ended: boolean
}

/**
 * Answers the queries of one connection: each behind its length in two bytes (RFC 1035 §4.2.2), several without waiting
 * for answers, which come in any order (RFC 7766 §6.2.1.1, §7). `finish` closes it after the queries it has.
 */
export function serveConnection(
  socket: Socket,
  responder: Responder,
  log: ServerLog,
  limits: TcpLimits,
): { finish(): void } {
  // Counted from the last whole query, so that neither a byte now and then nor answers left unread keep it open.
  const idle = setTimeout(() => socket.destroy(), limits.idleMs)
  const { maxPipelined } = limits
  const connection: Connection = {
    socket,
    responder,
    log,
    maxPipelined,
    idle,
    rest: Buffer.alloc(0),
    waiting: 0,
    ended: false,
  }
  const finish = () => {
    connection.ended = true
    endWhenDone(connection)
  }
  socket.on('data', (chunk) => {
    connection.rest = connection.rest.length === 0 ? chunk : Buffer.concat([connection.rest, chunk])
    answerAll(connection)
  })
  socket.on('drain', () => answerAll(connection))
  socket.on('end', finish)
  socket.on('close', () => clearTimeout(idle))
  return { finish }
}

function answerAll(connection: Connection): void {
  const { socket } = connection
  socket.cork()
  let at = 0
  while (!isHeldUp(connection) && connection.rest.length - at >= 2) {
    const end = at + 2 + connection.rest.readUInt16BE(at)
    if (end > connection.rest.length) break
    answerOne(connection, connection.rest.subarray(at + 2, end))
    connection.idle.refresh()
    at = end
  }
  connection.rest = connection.rest.subarray(at)
  socket.uncork()
  if (isHeldUp(connection)) socket.pause()
  else socket.resume()
  endWhenDone(connection)
}

function isHeldUp({ socket, waiting, maxPipelined }: Connection): boolean {
  return waiting >= maxPipelined || socket.writableNeedDrain
}

function answerOne(connection: Connection, packet: Buffer): void {
  const { responder, log } = connection
  try {
    const length = responder.respond(packet, 'tcp')
    if (length > 0) send(connection, responder.bytes.subarray(0, length))
    else if (length < 0) void answerLater(connection, packet)
  } catch (error) {
    log.error({ error, packet: packet.toString('hex') }, 'A query could not be answered')
  }
}

async function answerLater(connection: Connection, packet: Buffer): Promise<void> {
  connection.waiting++
  try {
    send(connection, await connection.responder.respondLater(packet, 'tcp'))
  } catch (error) {
    connection.log.error({ error }, 'A query could not be answered after its zone was fetched')
  } finally {
    connection.waiting--
    answerAll(connection)
  }
}

function send({ socket }: Connection, response: Uint8Array): void {
  if (response.length === 0 || !socket.writable) return
  const framed = Buffer.allocUnsafe(response.length + 2)
  framed.writeUInt16BE(response.length, 0)
  framed.set(response, 2)
  socket.write(framed)
}

function endWhenDone(connection: Connection): void {
  const { socket, ended, waiting } = connection
  if (!ended || waiting > 0 || socket.writableNeedDrain || socket.writableEnded) return
  socket.end()
}
