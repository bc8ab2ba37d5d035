import { type FieldKind, shown, take } from './field-kind.ts'

const DOT = 46
const COLON = 58

/** An IPv4 address in four decimal parts. */
export const ipv4: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    if (token === undefined || !writeIpv4(token, 0, sink.bytes, sink.pos)) {
      return `expected an IPv4 address such as 192.0.2.1, found ${shown(token)}`
    }
    sink.pos += 4
    return undefined
  },
  end: (_bytes, at, end) => (at + 4 <= end ? at + 4 : -1),
  print: (bytes, at) => printIpv4(bytes, at),
}

/** An IPv6 address (RFC 4291 §2.2 read, RFC 5952 printed). */
export const ipv6: FieldKind = {
  parse(source, sink) {
    const token = take(source)
    if (token === undefined || !writeIpv6(token, sink.bytes, sink.pos)) {
      return `expected an IPv6 address such as 2001:db8::1, found ${shown(token)}`
    }
    sink.pos += 16
    return undefined
  },
  end: (_bytes, at, end) => (at + 16 <= end ? at + 16 : -1),
  print: (bytes, at) => printIpv6(bytes, at),
}

/** Writes the address that is the rest of `text` from `from`; false if it is none. Leading zeros are refused. */
export function writeIpv4(text: string, from: number, out: Uint8Array, at: number): boolean {
  let part = 0
  let length = 0
  let count = 0
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === DOT) {
      if (length === 0 || count === 3) return false
      out[at + count++] = part
      part = 0
      length = 0
      continue
    }
    const digit = code - 48
    if (digit < 0 || digit > 9 || (length > 0 && part === 0)) return false
    part = part * 10 + digit
    length++
    if (part > 255) return false
  }
  out[at + 3] = part
  return count === 3 && length > 0
}

/** Writes the 16 bytes of an address in any form of RFC 4291; false if it is none. */
export function writeIpv6(text: string, out: Uint8Array, at: number): boolean {
  let pos = at
  let gap = -1
  let i = 0
  const length = text.length
  if (text.startsWith('::')) {
    gap = at
    i = 2
  }
  out.fill(0, at, at + 16)
  while (i < length) {
    const group = readGroup(text, i)
    if (group.next < length && text.charCodeAt(group.next) === DOT) {
      if (pos > at + 12 || !writeIpv4(text, i, out, pos)) return false
      pos += 4
      i = length
      break
    }
    if (group.next === i || pos > at + 14) return false
    out[pos++] = group.value >> 8
    out[pos++] = group.value
    i = group.next
    if (i === length) break
    if (text.charCodeAt(i++) !== COLON || i === length) return false
    if (text.charCodeAt(i) === COLON) {
      if (gap >= 0) return false
      gap = pos
      i++
    }
  }
  return closeGap(out, at, pos, gap)
}

const group = { value: 0, next: 0 }

// Up to four hexadecimal digits; one answer object for all calls, because zones hold many addresses.
function readGroup(text: string, from: number): { value: number; next: number } {
  group.value = 0
  let i = from
  for (; i < text.length && i < from + 4; i++) {
    const digit = hexDigit(text.charCodeAt(i))
    if (digit < 0) break
    group.value = group.value * 16 + digit
  }
  group.next = i
  return group
}

/** The value of a hexadecimal digit's character code; -1 for any other. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function closeGap(out: Uint8Array, at: number, pos: number, gap: number): boolean {
  if (gap < 0) return pos === at + 16
  if (pos > at + 14) return false
  const tail = pos - gap
  out.copyWithin(at + 16 - tail, gap, pos)
  out.fill(0, gap, at + 16 - tail)
  return true
}

export function printIpv4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`
}

export function printIpv6(bytes: Uint8Array, at: number): string {
  const groups: number[] = []
  for (let i = at; i < at + 16; i += 2) groups.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0))
  const run = longestZeros(groups)
  const hex = (list: number[]) => list.map((value) => value.toString(16)).join(':')
  if (run.from === 0 && run.length === 5 && groups[5] === 0xffff) return `::ffff:${printIpv4(bytes, at + 12)}`
  if (run.length < 2) return hex(groups)
  return `${hex(groups.slice(0, run.from))}::${hex(groups.slice(run.from + run.length))}`
}

function longestZeros(groups: number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 }
  for (let i = 0; i < groups.length; i++) {
    let length = 0
    while (groups[i + length] === 0) length++
    if (length > best.length) best = { from: i, length }
    i += length
  }
  return best
}
