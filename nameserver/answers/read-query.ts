import { RCODE, skipWireName } from '@zoneward/dns'

/**
 * What a name server has to know of a query before it looks anything up. One object is filled again for each packet.
 * `key` is the folded wire name as one character per byte; `labels` holds the offset of each label in it.
 */
export type Query = {
  /** A response code of `RCODE` to answer with at once, NOERROR to go on, or -1 to stay silent. */
  rcode: number
  flags: number
  /** Offset after the question; 12 when it could not be read. */
  questionEnd: number
  key: string
  labels: Uint8Array
  labelCount: number
  type: number
  class: number
  edns: boolean
  udpSize: number
  dnssecOk: boolean
}

const folded = Buffer.alloc(256)

export function createQuery(): Query {
  return {
    rcode: 0,
    flags: 0,
    questionEnd: 12,
    key: '',
    labels: new Uint8Array(128),
    labelCount: 0,
    type: 0,
    class: 0,
    edns: false,
    udpSize: 512,
    dnssecOk: false,
  }
}

/**
 * Reads a packet into `query` without building a message of it. Responses and scraps are dropped, so that two servers
 * never talk in a circle; every other packet has an answer, FORMERR if need be (RFC 8906, RFC 9619: one question).
 *
 * @example
 * const query = createQuery()
 * readQuery(new Uint8Array(12), query)
 * query.rcode // 1, FORMERR: no question
 */
export function readQuery(packet: Uint8Array, query: Query): void {
  query.questionEnd = 12
  query.edns = false
  query.udpSize = 512
  query.dnssecOk = false
  query.rcode = -1
  if (packet.length < 12) return
  query.flags = u16(packet, 2)
  if ((query.flags & 0x8000) !== 0) return
  const questionRead = u16(packet, 4) === 1 && readQuestion(packet, query)
  if (!questionRead || !readRecords(packet, query)) query.rcode = RCODE.FORMERR
  if ((query.flags & 0x7800) !== 0) query.rcode = RCODE.NOTIMP
}

function readQuestion(packet: Uint8Array, query: Query): boolean {
  // The root name, a type and a class are the least there can be; from here on every byte read below is there.
  if (packet.length < 17) return false
  let pos = 12
  let size = packet[pos] as number
  query.labelCount = 0
  while (size !== 0) {
    const next = pos + 1 + size
    // A pointer here could only lead into the header or to itself.
    if (size > 63 || next >= packet.length || next > 12 + 254) return false
    query.labels[query.labelCount++] = pos - 12
    folded[pos - 12] = size
    for (let i = pos + 1; i < next; i++) {
      const byte = packet[i] as number
      folded[i - 12] = byte >= 65 && byte <= 90 ? byte | 32 : byte
    }
    pos = next
    size = packet[pos] as number
  }
  if (pos + 5 > packet.length) return false
  folded[pos - 12] = 0
  query.key = folded.toString('latin1', 0, pos - 11)
  query.type = u16(packet, pos + 1)
  query.class = u16(packet, pos + 3)
  query.questionEnd = pos + 5
  return true
}

function readRecords(packet: Uint8Array, query: Query): boolean {
  const plain = u16(packet, 6) + u16(packet, 8)
  const count = plain + u16(packet, 10)
  query.rcode = RCODE.NOERROR
  let pos = query.questionEnd
  for (let i = 0; i < count; i++) {
    const end = skipWireName(packet, pos)
    if (end < 0 || end + 10 > packet.length) return false
    const next = end + 10 + u16(packet, end + 8)
    if (next > packet.length) return false
    if (u16(packet, end) === 41 && (i < plain || packet[pos] !== 0 || !readOpt(packet, end, next, query))) return false
    pos = next
  }
  return pos === packet.length
}

/** RFC 6891 §6.1.3: sizes under 512 mean 512, another version is BADVERS, flags and options unknown are ignored. */
function readOpt(packet: Uint8Array, at: number, end: number, query: Query): boolean {
  if (query.edns) return false
  query.edns = true
  query.udpSize = Math.max(512, u16(packet, at + 2))
  query.dnssecOk = ((packet[at + 6] as number) & 0x80) !== 0
  if (packet[at + 5] !== 0) {
    query.rcode = RCODE.BADVERS
    return true
  }
  let pos = at + 10
  while (pos + 4 <= end) pos += 4 + u16(packet, pos + 2)
  return pos === end
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}
