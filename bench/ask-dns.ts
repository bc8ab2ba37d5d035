import { createSocket } from 'node:dgram'
import { nameToWire } from '@zoneward/dns'

/** Asks one question again and again until the answer has an RDATA with this text, and says when: Unix milliseconds. */
export async function whenAnswered(port: number, name: string, wanted: string, mostSeconds = 30): Promise<number> {
  const socket = createSocket('udp4')
  try {
    const until = Date.now() + mostSeconds * 1000
    while (Date.now() < until) {
      const answer = await ask(socket, port, name)
      if (answer?.includes(wanted)) return performance.timeOrigin + performance.now()
    }
    throw new Error(`${name} TXT was not answered with "${wanted}" in ${mostSeconds} s`)
  } finally {
    socket.close()
  }
}

function ask(socket: ReturnType<typeof createSocket>, port: number, name: string): Promise<string | null> {
  const query = Buffer.concat([
    Buffer.from([0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    nameToWire(name),
    Buffer.from([0, 16, 0, 1]),
  ])
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), 500)
    socket.once('message', (message) => {
      clearTimeout(timer)
      resolve(message.toString('latin1'))
    })
    socket.send(query, port, '127.0.0.1')
  })
}
