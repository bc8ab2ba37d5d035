import { readEscape } from '../../names/byte-text.ts'
import { printIpv4, printIpv6, writeIpv4, writeIpv6 } from './addresses.ts'
import { printBase64, writeBase64 } from './base64.ts'
import { MAX_RDATA, type Sink, shown, TOO_LONG } from './field-kind.ts'
import { digits, readNumber, writeNumber } from './numbers.ts'
import { quote, stringEnd } from './text-strings.ts'

/** One parameter of SVCB: how its unescaped value is written, whether wire is well formed, how it is shown. */
type ParamKind = {
  name: string
  write(value: string, sink: Sink): string | undefined
  isValid(bytes: Uint8Array, at: number, end: number): boolean
  print(bytes: Uint8Array, at: number, end: number): string
}

const addresses = (
  name: string,
  size: number,
  write: (text: string, sink: Sink) => boolean,
  one: Print,
): ParamKind => ({
  name,
  write: (value, sink) => {
    for (const part of value.split(',')) {
      if (sink.pos > MAX_RDATA) return TOO_LONG
      if (!write(part, sink)) return `expected addresses with commas between, found ${shown(value)}`
      sink.pos += size
    }
    return undefined
  },
  isValid: (_bytes, at, end) => end > at && (end - at) % size === 0,
  print: (bytes, at, end) => listOf(at, end, size, (pos) => one(bytes, pos)),
})

type Print = (bytes: Uint8Array, at: number) => string

const opaque: ParamKind = {
  name: '',
  write: writeByteText,
  isValid: () => true,
  print: (bytes, at, end) => (at === end ? '' : quote(bytes, at, end)),
}

const mandatory: ParamKind = {
  name: 'mandatory',
  write(value, sink) {
    const keys = value
      .split(',')
      .map(paramKey)
      .sort((a, b) => a - b)
    if (sink.pos + keys.length * 2 > MAX_RDATA) return TOO_LONG
    if (keys.some((key) => key < 0)) return `expected names of parameters with commas between, found ${shown(value)}`
    for (const key of keys) writeNumber(sink, key, 2)
    return undefined
  },
  isValid(bytes, at, end) {
    let last = 0
    for (let pos = at; pos < end; pos += 2) {
      const key = readNumber(bytes, pos, 2)
      if (key <= last) return false
      last = key
    }
    return end > at && (end - at) % 2 === 0
  },
  print: (bytes, at, end) => listOf(at, end, 2, (pos) => paramName(readNumber(bytes, pos, 2))),
}

const alpn: ParamKind = {
  name: 'alpn',
  write(value, sink) {
    for (const id of splitList(value)) {
      const problem = id.length > 255 || id === '' ? 'each protocol has 1 to 255 bytes' : undefined
      if (problem !== undefined) return problem
      sink.bytes[sink.pos++] = id.length
      const text = writeByteText(id, sink)
      if (text !== undefined) return text
    }
    return undefined
  },
  isValid(bytes, at, end) {
    let pos = at
    while (pos >= 0 && pos < end) pos = bytes[pos] === 0 ? -1 : stringEnd(bytes, pos, end)
    return end > at && pos === end
  },
  print(bytes, at, end) {
    const ids: string[] = []
    for (let pos = at; pos < end; pos = stringEnd(bytes, pos, end)) {
      ids.push(String.fromCharCode(...bytes.subarray(pos + 1, stringEnd(bytes, pos, end))).replace(/[\\,]/g, '\\$&'))
    }
    const list = Uint8Array.from(ids.join(','), (char) => char.charCodeAt(0))
    return quote(list, 0, list.length)
  },
}

const noDefaultAlpn: ParamKind = {
  ...opaque,
  name: 'no-default-alpn',
  write: (value) => (value === '' ? undefined : 'takes no value'),
  isValid: (_bytes, at, end) => at === end,
}

// A relative URI template with the variable dns (RFC 9461 §5).
const dohPath: ParamKind = {
  ...opaque,
  name: 'dohpath',
  isValid(bytes, at, end) {
    const path = String.fromCharCode(...bytes.subarray(at, end))
    return /^\/[!-~]*\{[?&](?:[\w.%]+,)*dns(?:,[\w.%]+)*\}[!-~]*$/.test(path)
  },
}

const port: ParamKind = {
  name: 'port',
  write(value, sink) {
    const number = digits(value)
    if (number < 0 || number > 65535) return `expected a port from 0 to 65535, found ${shown(value)}`
    writeNumber(sink, number, 2)
    return undefined
  },
  isValid: (_bytes, at, end) => end - at === 2,
  print: (bytes, at) => String(readNumber(bytes, at, 2)),
}

const ech: ParamKind = {
  name: 'ech',
  write: (value, sink) => writeBase64({ tokens: [value], next: 0, count: 1, origin: undefined }, sink),
  isValid: (_bytes, at, end) => end > at,
  print: printBase64,
}

/** The parameters with a form of their own (RFC 9460 §14.3.2); 65535, which no key may have, stands for all others. */
export const PARAMS: Readonly<Record<number, ParamKind>> = {
  0: mandatory,
  1: alpn,
  2: noDefaultAlpn,
  3: port,
  4: addresses('ipv4hint', 4, (text, sink) => writeIpv4(text, 0, sink.bytes, sink.pos), printIpv4),
  5: ech,
  6: addresses('ipv6hint', 16, (text, sink) => writeIpv6(text, sink.bytes, sink.pos), printIpv6),
  7: dohPath,
  65535: opaque,
}

/** The name of a parameter; `key7` for those younger than RFC 9460, whose names older name servers do not read. */
export function paramName(key: number): string {
  return (key < 7 && PARAMS[key]?.name) || `key${key}`
}

/** Is the wire form of one value well formed? */
export function checkParam(key: number, bytes: Uint8Array, at: number, end: number): boolean {
  return key < 65535 && (PARAMS[key] ?? opaque).isValid(bytes, at, end)
}

/** Writes the value of a parameter as its text stands after the `=`, quoted or not. */
export function writeParamValue(key: number, value: string | undefined, sink: Sink): string | undefined {
  const plain = withoutEscapes(value ?? '')
  if (plain === undefined) return `bad escape or quote in ${shown(value)}`
  return (PARAMS[key] ?? opaque).write(plain, sink)
}

function paramKey(word: string): number {
  const known = Object.entries(PARAMS).find(([, param]) => param.name === word.toLowerCase() && word !== '')
  if (known !== undefined) return Number(known[0])
  const key = digits(/^key(\d{1,5})$/i.exec(word)?.[1] ?? '')
  return key > 65534 ? -1 : key
}

function withoutEscapes(token: string): string | undefined {
  const inner = token.startsWith('"') ? token.slice(1, -1) : token
  if (!inner.includes('\\')) return inner.includes('"') ? undefined : inner
  let plain = ''
  for (let i = 0; i < inner.length; i++) {
    const read = inner.charAt(i) === '\\' ? readEscape(inner, i) : 256 + inner.charCodeAt(i)
    if (read < 0) return undefined
    plain += String.fromCharCode(read & 255)
    i += (read >> 8) - 1
  }
  return plain
}

// A list's own escapes, inside those of the text (RFC 9460 appendix A.1): `\,` is a comma in an item.
function splitList(value: string): string[] {
  const items = ['']
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i)
    if (char === ',') items.push('')
    else items[items.length - 1] += char === '\\' && i + 1 < value.length ? value.charAt(++i) : char
  }
  return items
}

function writeByteText(value: string, sink: Sink): string | undefined {
  if (sink.pos + value.length > MAX_RDATA) return TOO_LONG
  for (let i = 0; i < value.length; i++) sink.bytes[sink.pos++] = value.charCodeAt(i)
  return undefined
}

function listOf(at: number, end: number, size: number, one: (pos: number) => string): string {
  const parts: string[] = []
  for (let pos = at; pos < end; pos += size) parts.push(one(pos))
  return parts.join(',')
}
