import type { MessageWriter, ResourceRecord } from '@zoneward/dns'
import {
  hasRoom,
  nameToWire,
  patchU16,
  rdataLayout,
  rewindWriter,
  writeCompressedName,
  writeRdata,
  writeU16,
  writeU32,
} from '@zoneward/dns'
import type { RRset } from '../zones/zone-tree.ts'

const CLASS_IN = 1
const MAX_POINTER = 0x3fff

/**
 * Writes an RRset and answers how many records it has, 0 when it does not fit: then nothing of it is written and the
 * writer is `full`. `ownerAt` is where its owner stands in the message already, -1 when it does not.
 */
export function writeRRset(writer: MessageWriter, set: RRset, ownerAt: number): number {
  if (ownerAt >= 0 && ownerAt <= MAX_POINTER && rdataLayout(set.type)?.compress !== true) {
    return writeBlock(writer, set, ownerAt)
  }
  const start = writer.pos
  let owner = ownerAt
  for (const record of set.records) {
    const at = writer.pos
    writeRecord(writer, record, owner, record.ttl)
    if (writer.full) {
      rewindWriter(writer, start)
      writer.full = true
      return 0
    }
    if (owner < 0) owner = at
  }
  return set.records.length
}

export function writeRecord(writer: MessageWriter, record: ResourceRecord, ownerAt: number, ttl: number): void {
  writeOwner(writer, ownerAt, record.owner)
  writeFields(writer, record.type, ttl)
  if (!writer.full) writeRdata(writer, record.type, record.rdata)
}

/** A pointer where there is something to point to, else the name. */
export function writeOwner(writer: MessageWriter, at: number, owner: string): void {
  if (at < 0 || at > MAX_POINTER) writeCompressedName(writer, nameToWire(owner), 0)
  else if (hasRoom(writer, 2)) writeU16(writer, 0xc000 | at)
}

export function writeFields(writer: MessageWriter, type: number, ttl: number): void {
  if (writer.full || !hasRoom(writer, 8)) return
  writeU16(writer, type)
  writeU16(writer, CLASS_IN)
  writeU32(writer, ttl)
}

/** RRsets without names to compress are written once, owned by a pointer, and copied from then on. */
function writeBlock(writer: MessageWriter, set: RRset, ownerAt: number): number {
  const block = set.block ?? makeBlock(set)
  if (!hasRoom(writer, block.length)) return 0
  const start = writer.pos
  if (block.length > 128) writer.bytes.set(block, start)
  else for (let i = 0; i < block.length; i++) writer.bytes[start + i] = block[i] as number
  writer.pos += block.length
  let at = start
  for (const { rdata } of set.records) {
    patchU16(writer, at, 0xc000 | ownerAt)
    at += 12 + rdata.length
  }
  return set.records.length
}

function makeBlock(set: RRset): Uint8Array {
  const size = set.records.reduce((sum, { rdata }) => sum + 12 + rdata.length, 0)
  const block = Buffer.alloc(size)
  let at = 0
  for (const { type, ttl, rdata } of set.records) {
    block.writeUInt16BE(type, at + 2)
    block.writeUInt16BE(CLASS_IN, at + 4)
    block.writeUInt32BE(ttl >>> 0, at + 6)
    block.writeUInt16BE(rdata.length, at + 10)
    block.set(rdata, at + 12)
    at += 12 + rdata.length
  }
  set.block = block
  return block
}
