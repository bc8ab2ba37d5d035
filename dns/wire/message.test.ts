import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wireToName } from '../names/parse-name.ts'
import { decodeMessage } from './decode-message.ts'
import { encodeMessage } from './encode-message.ts'
import type { Message, WireRecord } from './message.ts'
import { NO_FLAGS } from './message.ts'
import { readWireName, skipWireName } from './read-wire-name.ts'

const EMPTY: Message = {
  id: 0,
  opcode: 0,
  rcode: 0,
  flags: NO_FLAGS,
  questions: [],
  answers: [],
  authorities: [],
  additionals: [],
  edns: null,
}
const u16 = fc.integer({ min: 0, max: 65535 })
// Few letters and short labels, so that names share suffixes and compression has work to do.
const label = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => bytes.map((byte) => 97 + (byte % 3))),
  fc.uint8Array({ minLength: 1, maxLength: 63 }),
)
const nameWire = fc.array(label, { maxLength: 8 }).map(joinLabels)
const name = nameWire.map((wire) => {
  const parsed = wireToName(wire)
  return 'name' in parsed ? parsed.name : '.'
})
const rdata: fc.Arbitrary<{ type: number; rdata: Uint8Array }> = fc.oneof(
  fc.record({ type: fc.constantFrom(2, 5, 12, 39), rdata: nameWire }),
  fc.record({ type: fc.constantFrom(1, 16, 28, 46, 64, 65280), rdata: fc.uint8Array({ maxLength: 300 }) }),
  fc.tuple(u16, nameWire).map(([first, wire]) => ({ type: 15, rdata: bytes([first >> 8, first & 255], wire) })),
  fc.tuple(fc.uint8Array({ minLength: 6, maxLength: 6 }), nameWire).map(([front, wire]) => ({
    type: 33,
    rdata: bytes(front, wire),
  })),
  fc.tuple(nameWire, nameWire, fc.uint8Array({ minLength: 20, maxLength: 20 })).map(([a, b, rest]) => ({
    type: 6,
    rdata: bytes(a, b, rest),
  })),
  fc.tuple(fc.uint8Array({ minLength: 4, maxLength: 4 }), nameWire).map(([front, wire]) => ({
    type: 35,
    rdata: bytes(front, [1, 115, 0, 2, 33, 33], wire),
  })),
)
const record: fc.Arbitrary<WireRecord> = fc
  .tuple(name, u16, fc.integer({ min: 0, max: 0xffffffff }), rdata)
  .map(([owner, cls, ttl, data]) => ({ owner, class: cls, ttl, ...data }))
const message: fc.Arbitrary<Message> = fc.record({
  id: u16,
  opcode: fc.integer({ min: 0, max: 15 }),
  rcode: fc.integer({ min: 0, max: 15 }),
  flags: fc.record({
    qr: fc.boolean(),
    aa: fc.boolean(),
    tc: fc.boolean(),
    rd: fc.boolean(),
    ra: fc.boolean(),
    ad: fc.boolean(),
    cd: fc.boolean(),
  }),
  questions: fc.array(fc.record({ name, type: u16, class: u16 }), { maxLength: 2 }),
  answers: fc.array(record, { maxLength: 6 }),
  authorities: fc.array(record, { maxLength: 3 }),
  additionals: fc.array(record, { maxLength: 3 }),
  edns: fc.option(
    fc.record({
      udpSize: u16,
      version: fc.integer({ min: 0, max: 255 }),
      dnssecOk: fc.boolean(),
      options: fc.array(fc.record({ code: u16, data: fc.uint8Array({ maxLength: 20 }) }), { maxLength: 3 }),
    }),
    { nil: null },
  ),
})

describe('whole messages', () => {
  test('what is written is read back the same, for any message', () => {
    fc.assert(
      fc.property(message, (before) => {
        const encoded = encodeMessage(before)
        if (!encoded.ok) throw new Error(encoded.error)
        expect(decodeMessage(encoded.bytes)).toEqual({ ok: true, message: before })
      }),
      { numRuns: 2000 },
    )
  })

  test('with a limit it is never longer, still well-formed, and TC tells when answers are missing', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 512, max: 1500 }), (before, limit) => {
        const encoded = encodeMessage({ ...before, questions: [], flags: NO_FLAGS }, limit)
        if (!encoded.ok) throw new Error(encoded.error)
        expect(encoded.bytes.length).toBeLessThanOrEqual(limit)
        const decoded = decodeMessage(encoded.bytes)
        if (!decoded.ok) throw new Error(decoded.error)
        const { answers, authorities, flags, edns } = decoded.message
        const missing = answers.length < before.answers.length || authorities.length < before.authorities.length
        expect(flags.tc).toBe(missing)
        expect(edns).toEqual(before.edns)
      }),
      { numRuns: 500 },
    )
  })

  test('any bytes, and any message with bytes changed or cut off, are read or refused without an exception', () => {
    const broken = fc
      .tuple(message, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }), fc.nat())
      .map(([whole, changes, cut]) => {
        const encoded = encodeMessage(whole)
        const copy = encoded.ok ? Uint8Array.from(encoded.bytes) : new Uint8Array(12)
        for (const [at, byte] of changes) copy[at % copy.length] = byte
        return copy.subarray(0, cut % 3 === 0 ? cut % copy.length : copy.length)
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), broken), (input) => {
        const decoded = decodeMessage(input)
        expect(decoded.ok || decoded.error.length > 0).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })

  test('thirteen name servers of one zone fit where their whole names would not', () => {
    const servers = [...'abcdefghijklm'].map((letter) => `${letter}.root-servers.example.`)
    const answers = servers.map((server) => {
      const wire = bytes([1, server.charCodeAt(0), 12], Buffer.from('root-servers'), [7], Buffer.from('example'), [0])
      return { owner: 'zone.example.', type: 2, class: 1, ttl: 1, rdata: wire }
    })
    const encoded = encodeMessage({ ...EMPTY, answers })
    expect(encoded.ok && encoded.bytes.length).toBeLessThan(13 * (12 + 4) + 60)
  })

  test.each([
    ['a response code over 15 without EDNS', { ...EMPTY, rcode: 16 }, 'response code 16 needs EDNS'],
    [
      'an owner that is no name',
      { ...EMPTY, answers: [{ owner: 'a..b.', type: 1, class: 1, ttl: 0, rdata: new Uint8Array(4) }] },
      '"a..b." is not a domain name',
    ],
    [
      'an OPT record among the others',
      { ...EMPTY, additionals: [{ owner: '.', type: 41, class: 512, ttl: 0, rdata: new Uint8Array(0) }] },
      'the OPT record is given as edns, not among the records',
    ],
    [
      'an MX whose name is cut short',
      { ...EMPTY, answers: [{ owner: 'a.', type: 15, class: 1, ttl: 0, rdata: bytes([0, 1, 5, 97]) }] },
      'the data of "a." is not that of type 15',
    ],
  ])('%s is not written, and the error says so', (_title, bad, error) => {
    expect(encodeMessage(bad)).toEqual({ ok: false, error })
  })

  test.each([
    ['two OPT records', '00000000000000000000000200002902000000000000000000290200000000000000'],
    ['an OPT record that is not at the root', '00000000000000000000000101610000290200000000000000'],
    ['an EDNS option longer than its record', '000000000000000000000001000029020000000000000400030005'],
    ['bytes after the last record', '00000000000000000000000000'],
  ])('%s make a message malformed', (_title, hex) => {
    expect(decodeMessage(Buffer.from(hex, 'hex')).ok).toBe(false)
  })
})

describe('names in messages', () => {
  test.each([
    ['to itself', [0xc0, 0]],
    ['forward', [0xc0, 2, 0]],
    ['to a part that leads back to it', [1, 97, 0xc0, 0]],
    ['past the end', [0xff, 0xff]],
    ['cut in half', [0xc0]],
  ])('a pointer %s is no name', (_title, input) => {
    expect(readWireName(new Uint8Array(input), 0)).toBeUndefined()
  })

  test('a chain of pointers that builds more than 255 bytes is no name', () => {
    const input: number[] = [0]
    for (let i = 0; i < 5; i++) input.push(63, ...Array<number>(63).fill(97), 0xc0, i === 0 ? 0 : 1 + (i - 1) * 66)
    const last = 1 + 4 * 66
    expect(readWireName(new Uint8Array(input), last)).toBeUndefined()
    expect(readWireName(new Uint8Array(input), 1)?.wire.length).toBe(65)
  })

  test('skipping a name ends where reading it does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 0, max: 40 }), (input, at) => {
        const read = readWireName(input, at)
        if (read !== undefined) expect(skipWireName(input, at)).toBe(read.end)
      }),
      { numRuns: 5000 },
    )
  })
})

function joinLabels(labels: Uint8Array[]): Uint8Array {
  const kept: number[] = []
  for (const part of labels) if (kept.length + part.length + 2 <= 255) kept.push(part.length, ...part)
  return new Uint8Array([...kept, 0])
}

function bytes(...parts: ArrayLike<number>[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => Array.from(part)))
}
