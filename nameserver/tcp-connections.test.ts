import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { NameServer } from './name-server.ts'
import { createNameServer } from './name-server.ts'
import type { TcpLimits } from './sockets/tcp-service.ts'
import { askOnce, bytesOf, framed, messageOf, queryFor, sendTcp } from './testing/ask-server.ts'
import { readTestZone, sourceOf } from './testing/read-test-zone.ts'
import type { ZoneSource } from './zones/zone-source.ts'
import { createZoneStore } from './zones/zone-store.ts'

const zone = readTestZone('tricky.zone')
const question = bytesOf(queryFor('www.tricky.test.', 1))

describe('TCP connections (RFC 7766)', () => {
  let server: NameServer | undefined
  const sockets: Socket[] = []

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await server?.stop()
  })

  async function start(limits: Partial<TcpLimits> = {}, source: ZoneSource = sourceOf(zone)): Promise<number> {
    server = createNameServer({ host: '127.0.0.1', port: 0, store: createZoneStore(source), limits })
    return (await server.start()).port
  }

  function open(port: number): { socket: Socket; closed: Promise<number> } {
    const socket = connect({ port, host: '127.0.0.1' })
    sockets.push(socket)
    const began = Date.now()
    socket.on('error', () => socket.destroy())
    const closed = new Promise<number>((resolve) => socket.once('close', () => resolve(Date.now() - began)))
    socket.resume()
    return { socket, closed }
  }

  test('a thousand queries sent at once are all answered, held up by slow zones or not', async () => {
    const source = sourceOf(zone)
    const slow: ZoneSource = {
      locate: async (candidates) => {
        await sleep(candidates.length)
        return source.locate(candidates)
      },
      load: (apex) => source.load(apex),
    }
    const port = await start({ maxPipelined: 10 }, slow)
    const packets = Array.from({ length: 1000 }, (_, id) => {
      return bytesOf(queryFor(id % 7 === 0 ? `n${id}.elsewhere.test.` : 'www.tricky.test.', 1, { id }))
    })
    const answers = (await sendTcp(port, packets)).map(messageOf)
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1000)
    for (const { id, rcode } of answers) expect(rcode).toBe(id % 7 === 0 ? 5 : 0)
  })

  test('a query that comes byte by byte is answered', async () => {
    const port = await start()
    const { socket } = open(port)
    const answered = new Promise<Buffer>((resolve) => socket.once('data', resolve))
    socket.setNoDelay(true)
    for (const byte of framed(question)) {
      socket.write(Buffer.from([byte]))
      await sleep(1)
    }
    expect(messageOf((await answered).subarray(2)).answers.length).toBe(2)
  })

  test('a client that closes its side after the question still gets the answer', async () => {
    const port = await start()
    const { socket, closed } = open(port)
    const answered = new Promise<Buffer>((resolve) => socket.once('data', resolve))
    socket.end(framed(question))
    expect(messageOf((await answered).subarray(2)).answers.length).toBe(2)
    await closed
  })

  test('an idle connection is closed, and so is one that only dribbles bytes', async () => {
    const port = await start({ idleMs: 300 })
    const idle = open(port)
    const dribbling = open(port)
    const timer = setInterval(() => dribbling.socket.write(Buffer.from([0])), 50)
    dribbling.socket.write(Buffer.from([1]))
    const times = await Promise.all([idle.closed, dribbling.closed])
    clearInterval(timer)
    for (const time of times) expect(time).toBeGreaterThan(250)
    for (const time of times) expect(time).toBeLessThan(2000)
  })

  test('a connection in use stays open however old it is', async () => {
    const port = await start({ idleMs: 400 })
    const { socket } = open(port)
    let answers = 0
    socket.on('data', () => answers++)
    for (let i = 0; i < 10; i++) {
      socket.write(framed(question))
      await sleep(100)
    }
    expect([answers, socket.closed]).toEqual([10, false])
  })

  test('a client that never reads its answers is closed', async () => {
    const port = await start({ idleMs: 300 })
    const { socket, closed } = open(port)
    socket.pause()
    const many = Buffer.concat(Array.from({ length: 2000 }, () => framed(question)))
    const timer = setInterval(() => socket.write(many), 5)
    // The server's end is gone when writing fails; paused reading alone would not show it.
    const time = await closed
    clearInterval(timer)
    expect(time).toBeGreaterThan(250)
  })

  test('connections past the limits of one address and in all are closed at once', async () => {
    const port = await start({ maxPerAddress: 2 })
    const kept = [open(port), open(port)]
    await Promise.all(kept.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
    expect(await open(port).closed).toBeLessThan(1000)
    kept[0]?.socket.destroy()
    await sleep(50)
    expect((await askOnce(port, 'www.tricky.test.', 1, 'tcp')).answers.length).toBe(2)
    await server?.stop()
    const narrow = await start({ maxConnections: 1 })
    const first = open(narrow)
    await new Promise((resolve) => first.socket.once('connect', resolve))
    expect(await open(narrow).closed).toBeLessThan(1000)
  })

  test('stopping lets a query under way have its answer', async () => {
    const source = sourceOf(zone)
    const slow: ZoneSource = {
      locate: (candidates) => source.locate(candidates),
      load: async (apex) => {
        await sleep(200)
        return source.load(apex)
      },
    }
    const port = await start({}, slow)
    const answer = askOnce(port, 'www.tricky.test.', 1, 'tcp')
    await sleep(50)
    await server?.stop()
    expect((await answer).answers.length).toBe(2)
  })
})
