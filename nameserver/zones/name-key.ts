import { nameToWire, wireToName } from '@zoneward/dns'

/**
 * Names are compared as keys: the uncompressed wire form, ASCII letters in lower case (RFC 4343), one character per
 * byte. A suffix of a name is a suffix of its key, and no escape is ever in the way.
 */
export function keyOfWire(wire: Uint8Array): string {
  const folded = Buffer.allocUnsafe(wire.length)
  // Length bytes are at most 63, so folding never touches them.
  for (let i = 0; i < wire.length; i++) {
    const byte = wire[i] as number
    folded[i] = byte >= 65 && byte <= 90 ? byte | 32 : byte
  }
  return folded.toString('latin1', 0, wire.length)
}

/** The key of a normal name; '' when the text is no name. */
export function keyOfName(name: string): string {
  return keyOfWire(nameToWire(name))
}

/** The folded normal name of a key. */
export function nameOfKey(key: string): string {
  const parsed = wireToName(Buffer.from(key, 'latin1'))
  return 'name' in parsed ? parsed.name : '.'
}

/** The key without its first label; the root has no parent and gives ''. */
export function parentKey(key: string): string {
  return key.slice(key.charCodeAt(0) + 1)
}

/** Writes the offset of each label into `labels`; answers how many there are. */
export function findLabels(key: string, labels: Uint8Array): number {
  let count = 0
  for (let pos = 0, size = key.charCodeAt(0); size !== 0; size = key.charCodeAt(pos)) {
    labels[count++] = pos
    pos += size + 1
  }
  return count
}

/** Is `key` the name `ancestor` or below it? */
export function isWithin(key: string, ancestor: string): boolean {
  if (!key.endsWith(ancestor)) return false
  const start = key.length - ancestor.length
  let pos = 0
  while (pos < start) pos += key.charCodeAt(pos) + 1
  return pos === start
}
