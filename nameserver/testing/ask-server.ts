import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import type { Edns, Message, WireQuestion } from '@zoneward/dns'
import { decodeMessage, encodeMessage, NO_FLAGS } from '@zoneward/dns'

export const EDNS: Edns = { udpSize: 4096, version: 0, dnssecOk: false, options: [] }

export function queryFor(name: string, type: number, more: Partial<Message> = {}): Message {
  const questions: WireQuestion[] = [{ name, type, class: 1 }]
  return {
    id: 1,
    opcode: 0,
    rcode: 0,
    flags: NO_FLAGS,
    questions,
    answers: [],
    authorities: [],
    additionals: [],
    edns: null,
    ...more,
  }
}

export function bytesOf(message: Message): Uint8Array {
  const encoded = encodeMessage(message)
  if (!encoded.ok) throw new Error(encoded.error)
  return encoded.bytes
}

export function messageOf(bytes: Uint8Array): Message {
  const decoded = decodeMessage(bytes)
  if (!decoded.ok) throw new Error(`${decoded.error}: ${Buffer.from(bytes).toString('hex')}`)
  return decoded.message
}

export async function askOnce(
  port: number,
  name: string,
  type: number,
  transport: 'udp' | 'tcp' = 'udp',
  more: Partial<Message> = {},
): Promise<Message> {
  const packet = bytesOf(queryFor(name, type, more))
  const bytes = transport === 'udp' ? await sendUdp(port, packet) : (await sendTcp(port, [packet]))[0]
  if (bytes === undefined) throw new Error(`no answer for ${name}`)
  return messageOf(bytes)
}

/** Sends one datagram; undefined when no answer came in time. */
export function sendUdp(port: number, packet: Uint8Array, waitMs = 2000): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    const done = (answer: Uint8Array | undefined) => {
      clearTimeout(timer)
      socket.close()
      resolve(answer)
    }
    const timer = setTimeout(done, waitMs, undefined)
    socket.once('message', done)
    socket.once('error', reject)
    socket.send(packet, port, '127.0.0.1')
  })
}

/** Sends all packets over one connection without waiting, and gives the answers in the order they came. */
export function sendTcp(port: number, packets: Uint8Array[], waitMs = 5000): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const answers: Uint8Array[] = []
    let rest = Buffer.alloc(0)
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(waitMs, () => socket.destroy())
    socket.once('error', reject)
    socket.once('close', () => resolve(answers))
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
        const end = 2 + rest.readUInt16BE(0)
        answers.push(new Uint8Array(rest.subarray(2, end)))
        rest = rest.subarray(end)
      }
      if (answers.length === packets.length) socket.end()
    })
    socket.write(Buffer.concat(packets.map(framed)))
  })
}

export function framed(packet: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet])
}
