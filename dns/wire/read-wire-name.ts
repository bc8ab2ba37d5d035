const MAX_NAME = 255
const scratch = new Uint8Array(MAX_NAME)

export type WireName = { wire: Uint8Array; end: number }

/**
 * Reads the name at `at` of a message and follows its pointers (RFC 1035 §4.1.4). `wire` is the whole name without
 * compression, `end` the offset after what stands at `at`. Every pointer has to lead to before the part it ends, so a
 * loop is impossible. Undefined when no well-formed name stands there.
 *
 * @example readWireName(new Uint8Array([1, 97, 0, 1, 98, 0xc0, 0]), 3)
 * // { wire: Uint8Array [1, 98, 1, 97, 0], end: 7 }
 */
export function readWireName(message: Uint8Array, at: number): WireName | undefined {
  let pos = at
  let partStart = at
  let end = -1
  let length = 0
  while (pos < message.length) {
    const size = message[pos] as number
    if (size < 64) {
      const next = pos + 1 + size
      if (next > message.length || length + 1 + size > MAX_NAME) return undefined
      for (let i = pos; i < next; i++) scratch[length++] = message[i] as number
      if (size === 0) return { wire: scratch.slice(0, length), end: end < 0 ? next : end }
      pos = next
    } else {
      const target = pointerTarget(message, pos)
      if (target < 0 || target >= partStart) return undefined
      if (end < 0) end = pos + 2
      pos = target
      partStart = target
    }
  }
  return undefined
}

/** The offset after the name at `at`, which may end in a pointer; -1 when it is cut or of an unknown label type. */
export function skipWireName(message: Uint8Array, at: number): number {
  let pos = at
  while (pos < message.length) {
    const size = message[pos] as number
    if (size >= 192) return pos + 2 <= message.length ? pos + 2 : -1
    if (size >= 64) return -1
    pos += size + 1
    if (size === 0) return pos
  }
  return -1
}

function pointerTarget(message: Uint8Array, pos: number): number {
  const high = message[pos] as number
  const low = message[pos + 1]
  return high < 192 || low === undefined ? -1 : ((high & 63) << 8) | low
}
