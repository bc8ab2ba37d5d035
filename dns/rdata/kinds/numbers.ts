import { typeName, typeNumber } from '../type-numbers.ts'
import { type FieldKind, type Sink, type Source, shown, take } from './field-kind.ts'

/** The value of a text of digits only; -1 for anything else. */
export function digits(text: string): number {
  if (text.length === 0 || text.length > 10) return -1
  let value = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function unsigned(size: 1 | 2 | 4, read: (text: string) => number, what: string): FieldKind {
  const max = 2 ** (size * 8) - 1
  return {
    parse(source: Source, sink: Sink) {
      const token = take(source)
      const value = token === undefined ? -1 : read(token)
      if (value < 0 || value > max) return `expected ${what} from 0 to ${max}, found ${shown(token)}`
      writeNumber(sink, value, size)
      return undefined
    },
    end: (_bytes, at, end) => (at + size <= end ? at + size : -1),
    print: (bytes, at) => String(readNumber(bytes, at, size)),
  }
}

export function writeNumber(sink: Sink, value: number, size: number): void {
  for (let shift = size - 1; shift >= 0; shift--) sink.bytes[sink.pos++] = value >>> (shift * 8)
}

export function readNumber(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 }

/** Seconds of a time with units, `1d12h` or `90`; -1 when it is not one. BIND's extension to RFC 1035. */
export function parseDuration(text: string): number {
  const plain = digits(text)
  if (plain >= 0 || !/^(?:\d{1,10}[smhdw])+$/i.test(text)) return plain
  let seconds = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/gi)) {
    seconds += Number(count) * (UNITS[unit?.toLowerCase() ?? ''] ?? 0)
  }
  return seconds > 0xffffffff ? -1 : seconds
}

function mnemonic(numbers: Readonly<Record<string, number>>): (text: string) => number {
  const known = new Map(Object.entries(numbers))
  return (text) => {
    const plain = digits(text)
    return plain >= 0 ? plain : (known.get(text.toUpperCase()) ?? -1)
  }
}

// https://www.iana.org/assignments/dns-sec-alg-numbers, with the names that BIND reads too
const ALGORITHMS = {
  DELETE: 0,
  RSAMD5: 1,
  DH: 2,
  DSA: 3,
  RSASHA1: 5,
  NSEC3DSA: 6,
  'DSA-NSEC3-SHA1': 6,
  NSEC3RSASHA1: 7,
  'RSASHA1-NSEC3-SHA1': 7,
  RSASHA256: 8,
  RSASHA512: 10,
  ECCGOST: 12,
  'ECC-GOST': 12,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
  INDIRECT: 252,
  PRIVATEDNS: 253,
  PRIVATEOID: 254,
}
const DIGESTS = { 'SHA-1': 1, SHA1: 1, 'SHA-256': 2, SHA256: 2, GOST: 3, 'SHA-384': 4, SHA384: 4 }
const CERTIFICATES = {
  PKIX: 1,
  SPKI: 2,
  PGP: 3,
  IPKIX: 4,
  ISPKI: 5,
  IPGP: 6,
  ACPKIX: 7,
  IACPKIX: 8,
  URI: 253,
  OID: 254,
}

export const u8 = unsigned(1, digits, 'a number')
export const u16 = unsigned(2, digits, 'a number')
export const u32 = unsigned(4, digits, 'a number')
export const ttl = unsigned(4, parseDuration, 'seconds or a time such as 1d12h')
export const algorithm = unsigned(1, mnemonic(ALGORITHMS), 'an algorithm name or a number')
export const digestType = unsigned(1, mnemonic(DIGESTS), 'a digest name or a number')
export const certificateType = unsigned(2, mnemonic(CERTIFICATES), 'a certificate type or a number')

/** The type a signature covers, by name. */
export const type: FieldKind = {
  ...unsigned(2, (text) => typeNumber(text) ?? digits(text), 'a record type such as A or TYPE65280, number'),
  print: (bytes, at) => typeName(readNumber(bytes, at, 2)),
}

/** A moment as `YYYYMMDDHHmmSS` in UTC or as seconds since 1970 (RFC 4034 §3.2). */
export const time: FieldKind = {
  ...unsigned(4, parseTime, 'a time as YYYYMMDDHHmmSS or seconds'),
  print: (bytes, at) => new Date(readNumber(bytes, at, 4) * 1000).toISOString().replace(/[-:T]/g, '').slice(0, 14),
}

function parseTime(text: string): number {
  if (text.length !== 14 || !/^\d+$/.test(text)) return digits(text)
  const part = (from: number, to: number) => Number(text.slice(from, to))
  const [month, day, hour, minute, second] = [part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14)]
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return -1
  const seconds = Date.UTC(part(0, 4), month - 1, day, hour, minute, second) / 1000
  // The clock is a circle (RFC 4034 §3.1.5): what another program prints as 1961 is 2097 here.
  return seconds < 0 && seconds >= -(2 ** 31) ? seconds + 2 ** 32 : seconds
}
