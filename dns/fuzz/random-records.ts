import { printName } from '../names/print-name.ts'
import type { KindName } from '../rdata/kinds.ts'
import { typedTypes } from '../rdata/rdata-form.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { TYPE_TABLE } from '../rdata/type-table.ts'

/** A whole number from 0 to `below` - 1. */
export type Random = (below: number) => number

/** The same numbers for the same seed (mulberry32), so that a failure can be seen again. */
export function seededRandom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const TYPES = [...typedTypes(), 10, 65280, 65000]

/** A record of any type with any well-formed data, as bytes made field by field. */
export function randomRecord(random: Random): ResourceRecord {
  const type = TYPES[random(TYPES.length)] ?? 1
  const ttl = random(4) === 0 ? random(2 ** 31) : 300
  return { owner: printName(Uint8Array.from(randomName(random)), 0), ttl, type, rdata: randomRdata(random, type) }
}

function randomRdata(random: Random, type: number): Uint8Array {
  const out: number[] = []
  const fields = TYPE_TABLE[type]
  if (fields === undefined) return Uint8Array.from(randomBytes(random, random(40)))
  for (const { kind } of fields) out.push(...GENERATORS[kind](random, out))
  return Uint8Array.from(FITTED[type]?.(random, out) ?? out)
}

// The types with a rule of their own: the bytes are made to keep it.
const digest = (random: Random, out: number[]) => {
  const size = { 1: 20, 2: 32, 3: 32, 4: 48 }[out[3] ?? 0]
  return size === undefined ? out : [...out.slice(0, 4), ...randomBytes(random, size)]
}
const zoneDigest = (random: Random, out: number[]) => [
  ...out.slice(0, 6),
  ...randomBytes(random, { 1: 48, 2: 64 }[out[5] ?? 0] ?? 12 + random(60)),
]
const digitsOnly = (random: Random) => [8, ...Array.from({ length: 8 }, () => 48 + random(10))]
const FITTED: Record<number, (random: Random, out: number[]) => number[]> = {
  19: digitsOnly,
  35: (random, out) => {
    const regexp = ['', '!^.*$!sip:info@x.y!', '/(a)(\\/)/\\2/i'][random(3)] ?? ''
    const strings = [
      ...string(random, []),
      ...string(random, []),
      regexp.length,
      ...Array.from(regexp, (char) => char.charCodeAt(0)),
    ]
    return [...out.slice(0, 4), ...strings, ...randomName(random)]
  },
  43: digest,
  44: (random, out) => [...out.slice(0, 2), ...randomBytes(random, { 1: 20, 2: 32 }[out[1] ?? 0] ?? 10)],
  45: (random, out) => [...out, ...randomBytes(random, 1 + random(9))],
  57: (_random, out) => [0, 0, ...out.slice(2)],
  59: digest,
  63: zoneDigest,
  256: (_random, out) => (out.length === 4 ? [...out, 65] : out),
  32768: digest,
  32769: digest,
}

type Generator = (random: Random, before: number[]) => number[]

const bytes =
  (least: number, most: number): Generator =>
  (random) =>
    randomBytes(random, least + random(most - least + 1))
const behindLength =
  (least: number, most: number): Generator =>
  (random) => {
    const content = bytes(least, most)(random, [])
    return [content.length, ...content]
  }
const fixed = (size: number) => bytes(size, size)
const small: Generator = (random) => [random(5)]
const string = behindLength(0, 255)

const GENERATORS: Record<KindName, Generator> = {
  addressPrefixes: (random) => Array.from({ length: random(4) }, () => randomPrefix(random)).flat(),
  algorithm: fixed(1),
  base32hex: behindLength(1, 255),
  base64: bytes(1, 300),
  certificateType: fixed(2),
  digestType: small,
  eui48: fixed(6),
  eui64: fixed(8),
  fullTypeBitmap: (random) => [
    ...randomBitmap(random, 0),
    ...(random(2) === 0 ? randomBitmap(random, 1 + random(255)) : []),
  ],
  gateway: (random, before) => randomGateway(random, before, before.length - 2),
  hex: bytes(1, 70),
  hexGroups: fixed(8),
  hostIdentity: (random) => [16, random(256), 0, 50, ...randomBytes(random, 66)],
  ipv4: fixed(4),
  ipv6: (random) => Array.from({ length: 16 }, () => (random(2) === 0 ? 0 : random(256))),
  location: randomLocation,
  name: randomName,
  names: (random) => Array.from({ length: random(3) }, () => randomName(random)).flat(),
  nsap: bytes(1, 20),
  optionalBase64: bytes(0, 60),
  optionalString: (random) => (random(2) === 0 ? [] : string(random, [])),
  relay: (random) => {
    const first = [random(2) * 128 + random(4)]
    return [...first, ...randomGateway(random, [(first[0] ?? 0) & 127], 0)]
  },
  salt: behindLength(0, 255),
  serviceParams: randomParams,
  string,
  strings: (random) => Array.from({ length: 1 + random(3) }, () => string(random, [])).flat(),
  tag: () => [5, ...'issue'.split('').map((char) => char.charCodeAt(0))],
  text: bytes(0, 300),
  time: fixed(4),
  ttl: fixed(4),
  type: fixed(2),
  typeBitmap: (random) => (random(3) === 0 ? [] : randomBitmap(random, random(256))),
  u8: small,
  u16: fixed(2),
  u32: fixed(4),
}

function randomBytes(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => (random(3) === 0 ? random(256) : 32 + random(95)))
}

function randomName(random: Random): number[] {
  const labels: number[] = []
  for (let i = random(5); i > 0; i--) {
    const length = random(20) === 0 ? 63 : 1 + random(8)
    const letters = random(3) === 0 ? randomBytes(random, length) : Array.from({ length }, () => 97 + random(26))
    if (labels.length + length < 250) labels.push(length, ...letters)
  }
  return [...labels, 0]
}

function randomBitmap(random: Random, window: number): number[] {
  const length = 1 + random(32)
  return [window, length, ...randomBytes(random, length - 1), 1 + random(255)]
}

function randomGateway(random: Random, before: number[], at: number): number[] {
  const type = (before[at] ?? 0) & 3
  before[at] = type
  return [[], randomBytes(random, 4), randomBytes(random, 16), randomName(random)][type] ?? []
}

function randomPrefix(random: Random): number[] {
  const size = random(2) === 0 ? 4 : 16
  const length = random(size + 1)
  const address = Array.from({ length }, (_, i) => (i === length - 1 ? 1 + random(255) : random(256)))
  return [0, size === 4 ? 1 : 2, random(size * 8 + 1), random(2) * 128 + length, ...address]
}

function randomLocation(random: Random): number[] {
  const size = () => (random(4) === 0 ? 0 : (1 + random(9)) * 16 + random(10))
  const number = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
  const angle = (degrees: number) => number(2 ** 31 - degrees * 3_600_000 + random(degrees * 7_200_000 + 1))
  return [0, size(), size(), size(), ...angle(90), ...angle(180), ...number(random(2 ** 32))]
}

function randomParams(random: Random): number[] {
  const values: [number, number[]][] = [
    [1, [2, 104, 50, ...behindLength(1, 9)(random, [])]],
    [2, []],
    [3, randomBytes(random, 2)],
    [4, randomBytes(random, 4 * (1 + random(3)))],
    [5, randomBytes(random, 1 + random(30))],
    [6, randomBytes(random, 16)],
    [7, Array.from('/q{?dns}', (char) => char.charCodeAt(0))],
    [700 + random(60000), randomBytes(random, random(20))],
  ]
  const kept = values.filter(([key]) => key === 1 || random(2) === 0)
  const mandatory: [number, number[]] = [0, [0, 1]]
  const all = random(3) === 0 ? [mandatory, ...kept] : kept
  return all.flatMap(([key, value]) => [key >> 8, key & 255, 0, value.length, ...value])
}
