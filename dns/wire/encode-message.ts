import { nameToWire } from '../names/parse-name.ts'
import type { Message, MessageFlags, WireRecord } from './message.ts'
import type { MessageWriter } from './message-writer.ts'
import {
  createMessageWriter,
  hasRoom,
  patchU16,
  rewindWriter,
  writeCompressedName,
  writeRdata,
  writeU16,
  writeU32,
} from './message-writer.ts'
import { rdataLayout } from './rdata-layout.ts'

export type EncodedMessage = { ok: true; bytes: Uint8Array; truncated: boolean } | { ok: false; error: string }

/**
 * Writes a message, names compressed (RFC 1035 §4.1.4), in at most `limit` bytes. What does not fit is left out from
 * its RRset on; TC says so unless it was only additional data (RFC 2181 §9). The OPT record always stays.
 *
 * @example encodeMessage({ id: 1, opcode: 0, rcode: 0, flags: NO_FLAGS, questions: [], answers: [], authorities: [], additionals: [], edns: null })
 * // { ok: true, bytes: 12 bytes, truncated: false }
 */
export function encodeMessage(message: Message, limit = 65535): EncodedMessage {
  const error = findError(message, limit)
  if (error !== undefined) return { ok: false, error }
  const writer = createMessageWriter(Math.min(limit, 65535))
  const opt = message.edns === null ? undefined : optBytes(message)
  writer.limit -= opt?.length ?? 0
  writer.pos = 12
  for (const question of message.questions) {
    writeCompressedName(writer, nameToWire(question.name), 0)
    if (writer.full || !hasRoom(writer, 4)) return { ok: false, error: `the questions do not fit ${limit} bytes` }
    writeU16(writer, question.type)
    writeU16(writer, question.class)
  }
  patchU16(writer, 4, message.questions.length)
  const truncated = writeSections(writer, message)
  if (opt !== undefined) {
    writer.bytes.set(opt, writer.pos)
    writer.pos += opt.length
    patchU16(writer, 10, (((writer.bytes[10] as number) << 8) | (writer.bytes[11] as number)) + 1)
  }
  patchU16(writer, 0, message.id)
  patchU16(writer, 2, headerBits(message, truncated))
  return { ok: true, bytes: writer.bytes.slice(0, writer.pos), truncated }
}

function findError(message: Message, limit: number): string | undefined {
  if (limit < 12) return `a message needs 12 bytes, the limit is ${limit}`
  if (message.rcode > 15 && message.edns === null) return `response code ${message.rcode} needs EDNS`
  for (const { name } of message.questions) if (nameToWire(name).length === 0) return `"${name}" is not a domain name`
  for (const record of [...message.answers, ...message.authorities, ...message.additionals]) {
    if (nameToWire(record.owner).length === 0) return `"${record.owner}" is not a domain name`
    if (record.type === 41) return 'the OPT record is given as edns, not among the records'
    if (record.rdata.length > 65535) return `the data of "${record.owner}" is longer than 65535 bytes`
    if (!fitsLayout(record)) return `the data of "${record.owner}" is not that of type ${record.type}`
  }
  const size = message.edns?.options.reduce((sum, option) => sum + 4 + option.data.length, 23) ?? 12
  return size > limit ? `the EDNS options do not fit ${limit} bytes` : undefined
}

/** Compression walks the names in rdata, so they have to be there. */
function fitsLayout({ type, rdata }: WireRecord): boolean {
  const layout = rdataLayout(type)
  if (layout?.compress !== true || rdata.length === 0) return true
  let pos = layout.fixed
  for (let i = 0; i < layout.names; i++) {
    while (pos < rdata.length && rdata[pos] !== 0) {
      if ((rdata[pos] as number) > 63) return false
      pos += (rdata[pos] as number) + 1
    }
    pos++
  }
  return pos + layout.rest === rdata.length
}

function writeSections(writer: MessageWriter, message: Message): boolean {
  const sections = [message.answers, message.authorities, message.additionals]
  for (const [index, records] of sections.entries()) {
    let setStart = writer.pos
    let setFrom = 0
    for (const [i, record] of records.entries()) {
      if (!continuesSet(records[i - 1], record)) {
        setStart = writer.pos
        setFrom = i
      }
      writeRecord(writer, record)
      if (!writer.full) continue
      rewindWriter(writer, setStart)
      patchU16(writer, 6 + 2 * index, setFrom)
      return index < 2
    }
    patchU16(writer, 6 + 2 * index, records.length)
  }
  return false
}

function continuesSet(previous: WireRecord | undefined, record: WireRecord): boolean {
  return previous?.owner === record.owner && previous.type === record.type && previous.class === record.class
}

function writeRecord(writer: MessageWriter, record: WireRecord): void {
  writeCompressedName(writer, nameToWire(record.owner), 0)
  if (writer.full || !hasRoom(writer, 8)) return
  writeU16(writer, record.type)
  writeU16(writer, record.class)
  writeU32(writer, record.ttl)
  writeRdata(writer, record.type, record.rdata)
}

function optBytes({ edns, rcode }: Message): Uint8Array {
  const options = edns?.options ?? []
  const length = options.reduce((sum, option) => sum + 4 + option.data.length, 0)
  const writer = createMessageWriter(11 + length)
  writer.pos = 1
  writeU16(writer, 41)
  writeU16(writer, edns?.udpSize ?? 512)
  writeU16(writer, ((rcode >> 4) << 8) | (edns?.version ?? 0))
  writeU16(writer, edns?.dnssecOk === true ? 0x8000 : 0)
  writeU16(writer, length)
  for (const option of options) {
    writeU16(writer, option.code)
    writeU16(writer, option.data.length)
    writer.bytes.set(option.data, writer.pos)
    writer.pos += option.data.length
  }
  return writer.bytes
}

function headerBits(message: Message, truncated: boolean): number {
  const { qr, aa, tc, rd, ra, ad, cd }: MessageFlags = message.flags
  const set = (on: boolean, bit: number) => (on ? bit : 0)
  const flags = set(qr, 0x8000) | set(aa, 0x400) | set(tc || truncated, 0x200) | set(rd, 0x100) | set(ra, 0x80)
  return flags | set(ad, 0x20) | set(cd, 0x10) | ((message.opcode & 15) << 11) | (message.rcode & 15)
}
