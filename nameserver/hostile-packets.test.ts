import { decodeMessage } from '@zoneward/dns'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createResponder } from './answers/responder.ts'
import { createNameServer } from './name-server.ts'
import { askOnce, bytesOf, EDNS, queryFor, sendUdp } from './testing/ask-server.ts'
import { readTestZone, sourceOf } from './testing/read-test-zone.ts'
import { createZoneStore } from './zones/zone-store.ts'

const zone = readTestZone('tricky.zone')
const owners = zone.records.map(({ owner }) => owner)

/** Queries of our zone with bytes changed, cut off or added: deeper in than noise would come. */
const bent = fc
  .record({
    owner: fc.constantFrom(...owners),
    type: fc.integer({ min: 0, max: 300 }),
    changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    cut: fc.option(fc.nat(), { nil: undefined, freq: 4 }),
    tail: fc.uint8Array({ maxLength: 4 }),
  })
  .map(({ owner, type, changes, cut, tail }) => {
    const whole = Buffer.concat([bytesOf(queryFor(owner, type, { edns: EDNS })), tail])
    for (const [at, byte] of changes) whole[at % whole.length] = byte
    return new Uint8Array(cut === undefined ? whole : whole.subarray(0, cut % whole.length))
  })

describe('hostile packets', () => {
  test('every packet is dropped or gets a well-formed response with its id, of a legal size', async () => {
    const store = createZoneStore(sourceOf(zone))
    const responder = createResponder(store)
    await responder.respondLater(bytesOf(queryFor('tricky.test.', 1)), 'udp')
    let answered = 0
    const check = fc.asyncProperty(fc.oneof(bent, fc.uint8Array({ maxLength: 300 })), async (packet) => {
      let length = responder.respond(packet, 'udp')
      if (length < 0) length = (await responder.respondLater(packet, 'udp')).length
      const isResponse = packet.length < 12 || ((packet[2] ?? 0) & 0x80) !== 0
      expect(length === 0).toBe(isResponse)
      if (isResponse) return
      answered++
      expect(length).toBeLessThanOrEqual(1232)
      const decoded = decodeMessage(responder.bytes.slice(0, length))
      if (!decoded.ok) throw new Error(decoded.error)
      expect(decoded.message.flags.qr).toBe(true)
      expect(decoded.message.id).toBe(((packet[0] ?? 0) << 8) | (packet[1] ?? 0))
    })
    await fc.assert(check, { numRuns: 10_000, endOnFailure: true })
    expect(answered).toBeGreaterThan(3000)
  })

  test('a server that took thousands of them over UDP still answers', async () => {
    const server = createNameServer({ host: '127.0.0.1', port: 0, store: createZoneStore(sourceOf(zone)) })
    const { port } = await server.start()
    for (const packet of fc.sample(fc.oneof(bent, fc.uint8Array({ maxLength: 1500 })), 200)) {
      await sendUdp(port, packet, 1)
    }
    expect((await askOnce(port, 'www.tricky.test.', 1)).answers.length).toBe(2)
    await server.stop()
  })
})
