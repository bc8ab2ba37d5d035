import { hexDigit } from './addresses.ts'
import { printBase64, writeBase64 } from './base64.ts'
import { type FieldKind, MAX_RDATA, type Sink, type Source, shown, TOO_LONG, take } from './field-kind.ts'

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
)

/** Bytes up to the end in hexadecimal, in as many pieces as the text likes. */
export const hex: FieldKind = {
  parse: (source, sink) => (source.next < source.count ? writeHexRest(source, sink) : 'hexadecimal digits are missing'),
  end: (_bytes, at, end) => (at < end ? end : -1),
  print: (bytes, at, end) => printHex(bytes, at, end),
}

/** Bytes up to the end in base64, in as many pieces as the text likes. */
export const base64: FieldKind = {
  parse: (source, sink) => (source.next < source.count ? writeBase64(source, sink) : 'base64 text is missing'),
  end: (_bytes, at, end) => (at < end ? end : -1),
  print: printBase64,
}

/** The same where no bytes at all mean something: a KEY without a key (RFC 2535 §3.1.2). */
export const optionalBase64: FieldKind = { ...base64, parse: writeBase64, end: (_bytes, _at, end) => end }

/** NSEC3's salt: hexadecimal behind its length, `-` for none (RFC 5155 §3.3). */
export const salt: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    const at = sink.pos++
    const problem = token === '-' ? undefined : writeHex(token, sink)
    sink.bytes[at] = sink.pos - at - 1
    return problem ?? (sink.pos - at > 256 ? 'is longer than 255 bytes' : undefined)
  },
  end: lengthEnd,
  print: (bytes, at, end) => (bytes[at] === 0 ? '-' : printHex(bytes, at + 1, lengthEnd(bytes, at, end))),
}

const BASE32 = '0123456789ABCDEFGHIJKLMNOPQRSTUV'

/** NSEC3's next hashed owner: base32hex without padding, behind its length (RFC 5155 §3.3, RFC 4648 §7). */
export const base32hex: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    if (token === undefined || !/^[0-9A-V]{2,408}$/i.test(token) || [1, 3, 6].includes(token.length % 8)) {
      return `expected base32hex text, found ${shown(token)}`
    }
    const at = sink.pos++
    let bits = 0
    let held = 0
    for (const char of token.toUpperCase()) {
      held = ((held << 5) | BASE32.indexOf(char)) & 0xfff
      bits += 5
      if (bits >= 8) {
        bits -= 8
        sink.bytes[sink.pos++] = held >> bits
      }
    }
    sink.bytes[at] = sink.pos - at - 1
    return undefined
  },
  end: (bytes, at, end) => (bytes[at] === 0 ? -1 : lengthEnd(bytes, at, end)),
  print(bytes, at, end) {
    const to = lengthEnd(bytes, at, end)
    let printed = ''
    for (let bit = 0; bit < (to - at - 1) * 8; bit += 5) {
      const pos = at + 1 + (bit >> 3)
      const pair = ((bytes[pos] ?? 0) << 8) | (pos + 1 < to ? (bytes[pos + 1] ?? 0) : 0)
      printed += BASE32[(pair >> (11 - (bit & 7))) & 31]
    }
    return printed
  },
}

/** A fixed number of bytes in hexadecimal groups: EUI-48 and EUI-64 (RFC 7043), NID and L64 (RFC 6742). */
function groups(size: number, each: number, mark: string, example: string): FieldKind {
  const shape = new RegExp(
    `^[0-9a-f]{${each === 1 ? 2 : '1,4'}}(?:${mark}[0-9a-f]{${each === 1 ? 2 : '1,4'}}){${size / each - 1}}$`,
    'i',
  )
  return {
    parse(source, sink) {
      const token = take(source)
      if (token === undefined || !shape.test(token)) return `expected ${example}, found ${shown(token)}`
      return writeHex(
        token
          .split(mark)
          .map((part) => part.padStart(each * 2, '0'))
          .join(''),
        sink,
      )
    },
    end: (_bytes, at, end) => (at + size <= end ? at + size : -1),
    print(bytes, at) {
      const parts: string[] = []
      for (let i = at; i < at + size; i += each) parts.push(printHex(bytes, i, i + each).toLowerCase())
      return parts.join(mark)
    },
  }
}

export const eui48 = groups(6, 1, '-', 'six pairs such as 00-00-5e-00-53-2a')
export const eui64 = groups(8, 1, '-', 'eight pairs such as 00-00-5e-ef-10-00-00-2a')
export const hexGroups = groups(8, 2, ':', 'four groups such as 0014:4fff:ff20:ee64')

/** NSAP's address: `0x` and hexadecimal with dots anywhere (RFC 1706 §7). */
export const nsap: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    if (token === undefined || !/^0x[0-9a-f.+]+$/i.test(token))
      return `expected 0x and hexadecimal, found ${shown(token)}`
    return writeHex(token.slice(2).replace(/[.+]/g, ''), sink)
  },
  end: (_bytes, at, end) => (at < end ? end : -1),
  print: (bytes, at, end) => `0x${printHex(bytes, at, end)}`,
}

export function printHex(bytes: Uint8Array, from: number, to: number): string {
  let printed = ''
  for (let i = from; i < to; i++) printed += HEX[bytes[i] ?? 0]
  return printed
}

/** Writes one token of hexadecimal digits. */
export function writeHex(token: string | undefined, sink: Sink): string | undefined {
  if (token === undefined || token.length % 2 !== 0)
    return `expected pairs of hexadecimal digits, found ${shown(token)}`
  if (sink.pos + token.length / 2 > MAX_RDATA) return TOO_LONG
  for (let i = 0; i < token.length; i += 2) {
    const high = hexDigit(token.charCodeAt(i))
    const low = hexDigit(token.charCodeAt(i + 1))
    if (high < 0 || low < 0) return `expected pairs of hexadecimal digits, found ${shown(token)}`
    sink.bytes[sink.pos++] = high * 16 + low
  }
  return undefined
}

// The pieces may be cut in the middle of a byte, so they are joined before they are read.
export function writeHexRest(source: Source, sink: Sink): string | undefined {
  const first = source.tokens[source.next] ?? ''
  const whole = source.next + 1 === source.count ? first : source.tokens.slice(source.next, source.count).join('')
  source.next = source.count
  return writeHex(whole, sink)
}

function lengthEnd(bytes: Uint8Array, at: number, end: number): number {
  const to = at < end ? at + 1 + (bytes[at] ?? 0) : -1
  return to > end ? -1 : to
}
