import { foldName } from './name-labels.ts'
import { nameToWire } from './parse-name.ts'

const scratch = new Uint8Array(1024)

/**
 * Bytes whose plain order (memcmp) is the canonical order of names (RFC 4034 §6.1): labels from the right, case
 * folded. Each label ends with a zero byte, and the bytes 0 and 1 inside labels become two bytes, so that the key of a
 * name starts with the key of each of its ancestors and no two names share one.
 *
 * @example sortKey('a.example.')
 * // Uint8Array of 'example', 0, 'a', 0
 */
export function sortKey(name: string): Uint8Array {
  const wire = nameToWire(name)
  const starts: number[] = []
  for (let at = 0; (wire[at] ?? 0) !== 0; at += (wire[at] as number) + 1) starts.push(at)
  let pos = 0
  for (let i = starts.length - 1; i >= 0; i--) pos = writeLabel(wire, starts[i] as number, pos)
  return scratch.slice(0, pos)
}

/**
 * Canonical order of two names (RFC 4034 §6.1): negative, zero or positive. To sort many, sort by `sortKey`.
 *
 * @example compareNames('z.example.', 'a.b.example.')
 * // positive
 */
export function compareNames(a: string, b: string): number {
  if (a === b || foldName(a) === foldName(b)) return 0
  return compareBytes(sortKey(a), sortKey(b))
}

/** The order of memcmp, the shorter first when one starts with the other. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function writeLabel(wire: Uint8Array, at: number, start: number): number {
  let pos = start
  const end = at + 1 + (wire[at] as number)
  for (let i = at + 1; i < end; i++) {
    const byte = wire[i] as number
    if (byte < 2) {
      scratch[pos++] = 1
      scratch[pos++] = byte + 1
    } else scratch[pos++] = byte >= 65 && byte <= 90 ? byte + 32 : byte
  }
  scratch[pos] = 0
  return pos + 1
}
