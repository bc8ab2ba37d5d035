import { rdataLayout } from './rdata-layout.ts'

// Beyond this many remembered names a search would cost more than the bytes it saves.
const MAX_REMEMBERED = 128

/**
 * A buffer that a message is written into, with the offsets at which names already stand (RFC 1035 §4.1.4). Kept
 * between messages, so that writing one allocates nothing. Writing past `limit` sets `full` and keeps `pos`.
 */
export type MessageWriter = {
  bytes: Uint8Array
  pos: number
  limit: number
  full: boolean
  names: Uint16Array
  nameCount: number
}

export function createMessageWriter(size = 65535): MessageWriter {
  const names = new Uint16Array(MAX_REMEMBERED)
  return { bytes: new Uint8Array(size), pos: 0, limit: size, full: false, names, nameCount: 0 }
}

/** Makes room for `count` bytes: false, and `full`, when they go past the limit. */
export function hasRoom(writer: MessageWriter, count: number): boolean {
  if (writer.pos + count <= writer.limit) return true
  writer.full = true
  return false
}

export function writeU16(writer: MessageWriter, value: number): void {
  writer.bytes[writer.pos++] = value >>> 8
  writer.bytes[writer.pos++] = value
}

export function writeU32(writer: MessageWriter, value: number): void {
  writeU16(writer, value >>> 16)
  writeU16(writer, value & 0xffff)
}

export function patchU16(writer: MessageWriter, at: number, value: number): void {
  writer.bytes[at] = value >>> 8
  writer.bytes[at + 1] = value
}

/** Forgets what stands at or after `pos` and goes on writing there. */
export function rewindWriter(writer: MessageWriter, pos: number): void {
  writer.pos = pos
  writer.full = false
  while (writer.nameCount > 0 && (writer.names[writer.nameCount - 1] as number) >= pos) writer.nameCount--
}

/** Remembers every suffix of the uncompressed name that stands at `at` as a target for pointers. */
export function rememberName(writer: MessageWriter, at: number): void {
  let pos = at
  for (let size = writer.bytes[pos] as number; size !== 0 && size < 64; size = writer.bytes[pos] as number) {
    if (pos > 0x3fff || writer.nameCount === MAX_REMEMBERED) return
    writer.names[writer.nameCount++] = pos
    pos += size + 1
  }
}

/**
 * Writes the uncompressed name at `at` of `source`, with a pointer for the longest suffix the message already has.
 * Bytes are compared as they are: a pointer to another case would change the case of the record's data (RFC 4343 §4.1).
 * Answers the offset after the name in `source`.
 */
export function writeCompressedName(writer: MessageWriter, source: Uint8Array, at: number): number {
  const start = writer.pos
  let pos = at
  for (let size = source[pos] as number; size !== 0; size = source[pos] as number) {
    const known = findName(writer, source, pos)
    if (known >= 0) {
      if (!hasRoom(writer, 2)) return pos
      writeU16(writer, 0xc000 | known)
      rememberName(writer, start)
      return nameEndOf(source, pos)
    }
    if (!hasRoom(writer, size + 2)) return pos
    for (let i = 0; i <= size; i++) writer.bytes[writer.pos++] = source[pos + i] as number
    pos += size + 1
  }
  if (!hasRoom(writer, 1)) return pos
  writer.bytes[writer.pos++] = 0
  rememberName(writer, start)
  return pos + 1
}

/** Writes rdata, its names compressed where the type is one of RFC 1035 (RFC 3597 §4), behind its length. */
export function writeRdata(writer: MessageWriter, type: number, rdata: Uint8Array): void {
  const layout = rdataLayout(type)
  if (layout?.compress !== true || rdata.length === 0) {
    if (!hasRoom(writer, 2 + rdata.length)) return
    writeU16(writer, rdata.length)
    writer.bytes.set(rdata, writer.pos)
    writer.pos += rdata.length
    return
  }
  if (!hasRoom(writer, 2 + layout.fixed)) return
  const lengthAt = writer.pos
  writer.pos += 2
  for (let i = 0; i < layout.fixed; i++) writer.bytes[writer.pos++] = rdata[i] as number
  let from = layout.fixed
  for (let i = 0; i < layout.names && !writer.full; i++) from = writeCompressedName(writer, rdata, from)
  if (writer.full || !hasRoom(writer, rdata.length - from)) return
  for (; from < rdata.length; from++) writer.bytes[writer.pos++] = rdata[from] as number
  patchU16(writer, lengthAt, writer.pos - lengthAt - 2)
}

function findName(writer: MessageWriter, source: Uint8Array, at: number): number {
  const size = source[at] as number
  for (let i = 0; i < writer.nameCount; i++) {
    const known = writer.names[i] as number
    if (writer.bytes[known] === size && sameName(writer.bytes, known, source, at)) return known
  }
  return -1
}

function sameName(message: Uint8Array, known: number, source: Uint8Array, at: number): boolean {
  let a = known
  let b = at
  for (;;) {
    let size = message[a] as number
    while (size >= 192) {
      a = ((size & 63) << 8) | (message[a + 1] as number)
      size = message[a] as number
    }
    if (size !== source[b]) return false
    if (size === 0) return true
    for (let i = 1; i <= size; i++) if (message[a + i] !== source[b + i]) return false
    a += size + 1
    b += size + 1
  }
}

function nameEndOf(source: Uint8Array, at: number): number {
  let pos = at
  while (source[pos] !== 0) pos += (source[pos] as number) + 1
  return pos + 1
}
