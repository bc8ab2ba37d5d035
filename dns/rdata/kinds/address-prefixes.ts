import { printIpv4, printIpv6, writeIpv4, writeIpv6 } from './addresses.ts'
import { type FieldKind, MAX_RDATA, type Sink, shown, TOO_LONG } from './field-kind.ts'
import { digits } from './numbers.ts'

const scratch = new Uint8Array(16)
const SIZE: Readonly<Record<number, number>> = { 1: 4, 2: 16 }

/** Address prefixes (RFC 3123 §4): `1:192.0.2.0/24 !2:2001:db8::/32`; none at all is allowed. */
export const addressPrefixes: FieldKind = {
  parse(source, sink) {
    while (source.next < source.count) {
      const token = source.tokens[source.next++] ?? ''
      if (!writeItem(token, sink))
        return `expected prefixes such as 1:192.0.2.0/24 or !2:2001:db8::/32, found ${shown(token)}`
      if (sink.pos > MAX_RDATA) return TOO_LONG
    }
    return undefined
  },
  end(bytes, at, end) {
    let pos = at
    while (pos < end) {
      const size = bytes[pos] === 0 ? SIZE[bytes[pos + 1] ?? 0] : undefined
      const length = (bytes[pos + 3] ?? 0) & 127
      const to = pos + 4 + length
      if (size === undefined || length > size || (bytes[pos + 2] ?? 0) > size * 8 || to > end) return -1
      if (length > 0 && bytes[to - 1] === 0) return -1
      pos = to
    }
    return pos
  },
  print(bytes, at, end) {
    const items: string[] = []
    for (let pos = at; pos < end; pos += 4 + ((bytes[pos + 3] ?? 0) & 127)) items.push(printItem(bytes, pos))
    return items.join(' ')
  },
}

function writeItem(token: string, sink: Sink): boolean {
  const [, not, family, address, prefix] = /^(!?)([12]):([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(token) ?? []
  if (address === undefined || prefix === undefined) return false
  scratch.fill(0)
  const size = SIZE[Number(family)] ?? 0
  const read = size === 4 ? writeIpv4(address, 0, scratch, 0) : writeIpv6(address, scratch, 0)
  if (!read || digits(prefix) > size * 8) return false
  let length = size
  while (length > 0 && scratch[length - 1] === 0) length--
  sink.bytes.set([0, Number(family), Number(prefix), (not === '!' ? 128 : 0) + length], sink.pos)
  sink.bytes.set(scratch.subarray(0, length), sink.pos + 4)
  sink.pos += 4 + length
  return true
}

function printItem(bytes: Uint8Array, at: number): string {
  const flags = bytes[at + 3] ?? 0
  scratch.fill(0)
  scratch.set(bytes.subarray(at + 4, at + 4 + (flags & 127)))
  const address = bytes[at + 1] === 1 ? printIpv4(scratch, 0) : printIpv6(scratch, 0)
  return `${flags > 127 ? '!' : ''}${bytes[at + 1]}:${address}/${bytes[at + 2]}`
}
