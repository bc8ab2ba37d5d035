import { RCODE } from '@zoneward/dns'
import { isWithin, keyOfWire } from '../zones/name-key.ts'
import type { Zone, ZoneNode } from '../zones/zone-tree.ts'
import { findSet, TYPE_CNAME, TYPE_DNAME, TYPE_NS } from '../zones/zone-tree.ts'
import { findNode } from './find-node.ts'
import type { Response } from './response.ts'
import { writeAdditional } from './write-additional.ts'
import { writeRecord, writeRRset } from './write-rrset.ts'

const TYPE_DS = 43
const TYPE_ANY = 255
const QUESTION_AT = 12
// Longer chains are no use to anyone; resolvers go on from where the answer ends.
const MAX_CHAIN = 16
const MAX_NAME = 255

/**
 * A name on the way along a chain: its key and the offset at which it stands in the message. The chain's limit keeps
 * that within reach of a pointer. `wire` is undefined for the question's name, which stands there uncompressed.
 */
type ChainName = { key: string; wire: Uint8Array | undefined; at: number }

/**
 * Writes the three sections for a question whose name is in the zone (RFC 1034 §4.3.2). `response.writer` stands behind
 * the question; the counts, AA, TC and the response code are left in `response`.
 */
export function answerQuery(zone: Zone, key: string, type: number, response: Response): void {
  const { writer } = response
  const start = writer.pos
  const seen: string[] = []
  let name: ChainName | undefined = { key, wire: undefined, at: QUESTION_AT }
  response.aa = true
  while (name !== undefined && isWithin(name.key, zone.key)) {
    if (seen.length > MAX_CHAIN || seen.includes(name.key)) break
    seen.push(name.key)
    name = answerName(zone, name, type, response)
  }
  if (writer.full) truncate(response, start)
  else writeAdditional(zone, response)
}

/** RFC 2181 §9: what is left of a set that does not fit is of no use, TCP brings it all. */
function truncate(response: Response, start: number): void {
  response.writer.pos = start
  response.writer.full = false
  response.tc = true
  response.answers = 0
  response.authorities = 0
}

/** Answers for one name; gives the next one when it leads on to another. */
function answerName(zone: Zone, name: ChainName, type: number, response: Response): ChainName | undefined {
  const { found } = response
  findNode(zone, name.key, found)
  switch (found.kind) {
    case 'cut':
      // DS belongs to the parent's side of a cut (RFC 4035 §3.1.4.1).
      if (type === TYPE_DS && found.label === 0) return answerNode(zone, found.node, name, type, response)
      writeReferral(found.node, name, response)
      return undefined
    case 'dname':
      return answerDname(found.node, name, type, response)
    case 'missing':
      // After a chain too: the code speaks of the last name (RFC 6604 §3).
      response.rcode = RCODE.NXDOMAIN
      writeNegative(zone, name, response)
      return undefined
    default:
      return answerNode(zone, found.node, name, type, response)
  }
}

function answerNode(
  zone: Zone,
  node: ZoneNode,
  name: ChainName,
  type: number,
  response: Response,
): ChainName | undefined {
  const { writer } = response
  // One RRset is answer enough to ANY (RFC 8482 §4.1).
  const set = type === TYPE_ANY ? node.sets[0] : findSet(node, type)
  if (set !== undefined) {
    response.answers += writeRRset(writer, set, name.at)
    response.extra = set
    return undefined
  }
  const alias = node.sets.length === 0 ? undefined : findSet(node, TYPE_CNAME)
  const target = alias?.records[0]
  if (alias === undefined || target === undefined) {
    writeNegative(zone, name, response)
    return undefined
  }
  // Behind a pointer as the owner, the fields and the length.
  const at = writer.pos + 12
  response.answers += writeRRset(writer, alias, name.at)
  return writer.full ? undefined : { key: keyOfWire(target.rdata), wire: target.rdata, at }
}

/** RFC 6672 §3.2: the DNAME, a CNAME made of it, and on to where that leads. */
function answerDname(node: ZoneNode, name: ChainName, type: number, response: Response): ChainName | undefined {
  const { writer } = response
  const set = findSet(node, TYPE_DNAME)
  const dname = set?.records[0]
  if (set === undefined || dname === undefined) return undefined
  if (!response.dnames.includes(node)) response.answers += writeRRset(writer, set, suffixAt(name, node.key))
  response.dnames.push(node)
  const asked = name.wire ?? writer.bytes.subarray(QUESTION_AT, QUESTION_AT + name.key.length)
  const prefix = name.key.length - node.key.length
  if (prefix + dname.rdata.length > MAX_NAME) {
    response.rcode = RCODE.YXDOMAIN
    return undefined
  }
  const wire = Buffer.concat([asked.subarray(0, prefix), dname.rdata])
  const at = writer.pos + 12
  if (!writer.full)
    writeRecord(writer, { owner: '', type: TYPE_CNAME, ttl: dname.ttl, rdata: wire }, name.at, dname.ttl)
  if (writer.full) return undefined
  response.answers++
  // Who asks for CNAME has it now.
  return type === TYPE_CNAME ? undefined : { key: keyOfWire(wire), wire, at }
}

/** RFC 1034 §4.3.2 step 3b: AA speaks of the first owner name, so a referral at the end of a chain keeps it. */
function writeReferral(cut: ZoneNode, name: ChainName, response: Response): void {
  const set = findSet(cut, TYPE_NS)
  if (set === undefined) return
  if (response.answers === 0) response.aa = false
  response.authorities += writeRRset(response.writer, set, suffixAt(name, cut.key))
  response.referral = cut
  response.extra = set
}

/** RFC 2308 §3: the SOA tells how long the absence may be remembered, the smaller of its TTL and its last field. */
function writeNegative(zone: Zone, name: ChainName, response: Response): void {
  const { soa } = zone
  writeRecord(response.writer, soa, suffixAt(name, zone.key), Math.min(soa.ttl, zone.minimum))
  response.authorities++
}

/** Where a suffix of the name stands in the message, -1 when the name is compressed and it cannot be told. */
function suffixAt(name: ChainName, suffix: string): number {
  const before = name.key.length - suffix.length
  return name.wire === undefined || before === 0 ? name.at + before : -1
}
