import { decimalEscape, readEscape } from '../../names/byte-text.ts'
import { type FieldKind, MAX_RDATA, type Sink, shown, TOO_LONG, take } from './field-kind.ts'

const QUOTE = 34
const BACKSLASH = 92

/** One character-string (RFC 1035 §3.3): up to 255 bytes behind their length. */
export const string: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    return token === undefined ? 'a text is missing' : writeString(token, sink)
  },
  end: stringEnd,
  print: (bytes, at) => quote(bytes, at + 1, stringEnd(bytes, at, bytes.length)),
}

/** One or more character-strings up to the end. */
export const strings: FieldKind = {
  parse(source, sink) {
    if (source.next >= source.count) return 'a text is missing'
    while (source.next < source.count) {
      const problem = writeString(take(source) ?? '', sink)
      if (problem !== undefined) return problem
    }
    return undefined
  },
  end(bytes, at, end) {
    if (at >= end) return -1
    let pos = at
    while (pos >= 0 && pos < end) pos = stringEnd(bytes, pos, end)
    return pos
  },
  print(bytes, at, end) {
    let pos = stringEnd(bytes, at, end)
    let text = quote(bytes, at + 1, pos)
    while (pos < end) {
      const next = stringEnd(bytes, pos, end)
      text += ` ${quote(bytes, pos + 1, next)}`
      pos = next
    }
    return text
  },
}

/** A character-string that may be left out: the sub-address of ISDN (RFC 1183 §3.2). */
export const optionalString: FieldKind = {
  parse: (source, sink) => (source.next < source.count ? string.parse(source, sink) : undefined),
  end: (bytes, at, end) => (at === end ? end : stringEnd(bytes, at, end)),
  print: (bytes, at, end) => (at === end ? '' : string.print(bytes, at, end, undefined)),
}

/** Text up to the end of the record, without a length: CAA's value (RFC 8659 §4.1.1), URI's target (RFC 7553 §4.4). */
export const text: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    return token === undefined ? 'a text is missing' : writeBytes(token, sink, MAX_RDATA)
  },
  end: (_bytes, _at, end) => end,
  print: (bytes, at, end) => quote(bytes, at, end),
}

/** CAA's property: letters and digits behind their length (RFC 8659 §4.1). */
export const tag: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    if (token === undefined || !/^[A-Za-z0-9]{1,255}$/.test(token)) {
      return `expected letters and digits such as issue, found ${shown(token)}`
    }
    return writeString(token, sink)
  },
  end(bytes, at, end) {
    const to = stringEnd(bytes, at, end)
    if (to < at + 2) return -1
    for (let i = at + 1; i < to; i++) if (!/[A-Za-z0-9]/.test(String.fromCharCode(bytes[i] ?? 0))) return -1
    return to
  },
  print: (bytes, at, end) => String.fromCharCode(...bytes.subarray(at + 1, stringEnd(bytes, at, end))),
}

/** Where the character-string at `at` ends, or -1. */
export function stringEnd(bytes: Uint8Array, at: number, end: number): number {
  const to = at < end ? at + 1 + (bytes[at] ?? 0) : -1
  return to > end ? -1 : to
}

/** Writes a token, quoted or not, as a character-string. */
function writeString(token: string, sink: Sink): string | undefined {
  const at = sink.pos++
  const problem = writeBytes(token, sink, 255)
  sink.bytes[at] = sink.pos - at - 1
  return problem
}

function writeBytes(token: string, sink: Sink, most: number): string | undefined {
  const quoted = token.charCodeAt(0) === QUOTE
  const end = quoted ? token.length - 1 : token.length
  const limit = sink.pos + most
  for (let i = quoted ? 1 : 0; i < end; i++) {
    let code = token.charCodeAt(i)
    if (code === BACKSLASH) {
      const read = readEscape(token, i)
      if (read < 0)
        return `bad escape in ${shown(token)}: write \\\\ for a backslash, or \\DDD with three digits up to 255`
      code = read & 255
      i += (read >> 8) - 1
    }
    if (sink.pos >= limit) return `${shown(token)} is longer than ${most} bytes; split it into several quoted texts`
    if (sink.pos >= MAX_RDATA) return TOO_LONG
    sink.bytes[sink.pos++] = code
  }
  return undefined
}

const SHOWN: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte === QUOTE || byte === BACKSLASH) return `\\${String.fromCharCode(byte)}`
  return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : decimalEscape(byte)
})

/** Bytes as a quoted text, with the escapes of RFC 1035 §5.1. */
export function quote(bytes: Uint8Array, from: number, to: number): string {
  let shownText = '"'
  for (let i = from; i < to; i++) shownText += SHOWN[bytes[i] ?? 0]
  return `${shownText}"`
}
