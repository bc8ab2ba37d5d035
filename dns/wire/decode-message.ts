import { wireToName } from '../names/parse-name.ts'
import type { DecodedMessage, Edns, EdnsOption, Message, MessageFlags, WireQuestion, WireRecord } from './message.ts'
import { readWireName } from './read-wire-name.ts'
import { readWireRdata } from './read-wire-rdata.ts'

const OPT = 41

/**
 * Reads a whole DNS message (RFC 1035 §4, RFC 6891). Never throws: bytes that are no message give a sentence that says
 * where they stop being one. Bytes after the last record are an error, since nothing well-formed has them.
 *
 * @example decodeMessage(new Uint8Array(12))
 * // { ok: true, message: { id: 0, questions: [], … } }
 */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  if (bytes.length < 12) return fail(`a message has at least 12 bytes, this has ${bytes.length}`)
  const questions: WireQuestion[] = []
  let pos = 12
  for (let i = 0; i < u16(bytes, 4); i++) {
    const end = readQuestion(bytes, pos, questions)
    if (end < 0) return fail(`question ${i + 1} at byte ${pos} is not well-formed`)
    pos = end
  }
  const found: Found = { edns: null, extendedRcode: 0 }
  const sections: [WireRecord[], WireRecord[], WireRecord[]] = [[], [], []]
  for (const [index, section] of sections.entries()) {
    for (let i = 0; i < u16(bytes, 6 + 2 * index); i++) {
      const end = readRecord(bytes, pos, section, index === 2 ? found : undefined)
      if (end < 0) return fail(`record ${i + 1} of section ${index + 1} at byte ${pos} is not well-formed`)
      pos = end
    }
  }
  if (pos !== bytes.length) return fail(`${bytes.length - pos} bytes follow the last record`)
  return { ok: true, message: assemble(bytes, questions, sections, found) }
}

type Found = { edns: Edns | null; extendedRcode: number }

function fail(error: string): DecodedMessage {
  return { ok: false, error }
}

function assemble(
  bytes: Uint8Array,
  questions: WireQuestion[],
  [answers, authorities, additionals]: [WireRecord[], WireRecord[], WireRecord[]],
  found: Found,
): Message {
  const bits = u16(bytes, 2)
  const rcode = (found.extendedRcode << 4) | (bits & 15)
  const { edns } = found
  return {
    id: u16(bytes, 0),
    opcode: (bits >> 11) & 15,
    rcode,
    flags: readFlags(bits),
    questions,
    answers,
    authorities,
    additionals,
    edns,
  }
}

function readFlags(bits: number): MessageFlags {
  const has = (bit: number) => (bits & bit) !== 0
  return {
    qr: has(0x8000),
    aa: has(0x400),
    tc: has(0x200),
    rd: has(0x100),
    ra: has(0x80),
    ad: has(0x20),
    cd: has(0x10),
  }
}

function readQuestion(bytes: Uint8Array, at: number, questions: WireQuestion[]): number {
  const name = readWireName(bytes, at)
  if (name === undefined || name.end + 4 > bytes.length) return -1
  questions.push({ name: presented(name.wire), type: u16(bytes, name.end), class: u16(bytes, name.end + 2) })
  return name.end + 4
}

function readRecord(bytes: Uint8Array, at: number, records: WireRecord[], found: Found | undefined): number {
  const name = readWireName(bytes, at)
  if (name === undefined || name.end + 10 > bytes.length) return -1
  const type = u16(bytes, name.end)
  const rdataAt = name.end + 10
  const length = u16(bytes, name.end + 8)
  const end = rdataAt + length
  if (end > bytes.length) return -1
  // OPT stands once, at the root, in the additional section (RFC 6891 §6.1.1).
  if (type === OPT) {
    return found?.edns === null && name.wire.length === 1 && readOpt(bytes, name.end, end, found) ? end : -1
  }
  const rdata = readWireRdata(bytes, type, rdataAt, length)
  if (rdata === undefined) return -1
  const ttl = u16(bytes, name.end + 4) * 65536 + u16(bytes, name.end + 6)
  records.push({ owner: presented(name.wire), type, class: u16(bytes, name.end + 2), ttl, rdata })
  return end
}

function readOpt(bytes: Uint8Array, at: number, end: number, found: Found): boolean {
  const options: EdnsOption[] = []
  let pos = at + 10
  while (pos < end) {
    if (pos + 4 > end) return false
    const next = pos + 4 + u16(bytes, pos + 2)
    if (next > end) return false
    options.push({ code: u16(bytes, pos), data: bytes.slice(pos + 4, next) })
    pos = next
  }
  found.extendedRcode = bytes[at + 4] as number
  const dnssecOk = (u16(bytes, at + 6) & 0x8000) !== 0
  found.edns = { udpSize: u16(bytes, at + 2), version: bytes[at + 5] as number, dnssecOk, options }
  return true
}

function presented(wire: Uint8Array): string {
  const parsed = wireToName(wire)
  return 'name' in parsed ? parsed.name : '.'
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}
