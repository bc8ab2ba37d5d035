import { typeName, typeNumber } from '../type-numbers.ts'
import { type FieldKind, shown } from './field-kind.ts'

/** A set of types as windows of bits (RFC 4034 §4.1.2); it may be empty, as NSEC3 and CSYNC allow. */
export const typeBitmap: FieldKind = {
  parse(source, sink) {
    const types: number[] = []
    while (source.next < source.count) {
      const token = source.tokens[source.next++] ?? ''
      const type = typeNumber(token)
      if (type === undefined) return `expected record types such as A or TYPE65280, found ${shown(token)}`
      types.push(type)
    }
    types.sort((a, b) => a - b)
    for (let i = 0; i < types.length; ) {
      const window = (types[i] ?? 0) >> 8
      const at = sink.pos
      sink.bytes.fill(0, at, at + 34)
      for (; i < types.length && (types[i] ?? 0) >> 8 === window; i++) setBit(sink.bytes, at, (types[i] ?? 0) & 255)
      sink.bytes[at] = window
      sink.pos = at + 2 + (sink.bytes[at + 1] ?? 0)
    }
    return undefined
  },
  end(bytes, at, end) {
    let last = -1
    let pos = at
    while (pos < end) {
      const window = bytes[pos] ?? 0
      const length = bytes[pos + 1] ?? 0
      const to = pos + 2 + length
      if (window <= last || length < 1 || length > 32 || to > end || bytes[to - 1] === 0) return -1
      last = window
      pos = to
    }
    return pos
  },
  print(bytes, at, end) {
    const names: string[] = []
    for (let pos = at; pos < end; pos += 2 + (bytes[pos + 1] ?? 0)) {
      for (let bit = 0; bit < (bytes[pos + 1] ?? 0) * 8; bit++) {
        const set = ((bytes[pos + 2 + (bit >> 3)] ?? 0) << (bit & 7)) & 128
        if (set !== 0) names.push(typeName((bytes[pos] ?? 0) * 256 + bit))
      }
    }
    return names.join(' ')
  },
}

/** The same where at least one type must be named: NSEC always covers itself (RFC 4034 §4.1.2). */
export const fullTypeBitmap: FieldKind = {
  ...typeBitmap,
  parse: (source, sink) =>
    source.next < source.count ? typeBitmap.parse(source, sink) : 'at least one record type is missing',
  end: (bytes, at, end) => (at < end ? typeBitmap.end(bytes, at, end) : -1),
}

function setBit(bytes: Uint8Array, at: number, low: number): void {
  const index = at + 2 + (low >> 3)
  bytes[index] = (bytes[index] ?? 0) | (128 >> (low & 7))
  bytes[at + 1] = Math.max(bytes[at + 1] ?? 0, (low >> 3) + 1)
}
