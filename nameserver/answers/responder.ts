import type { MessageWriter } from '@zoneward/dns'
import { CLASS, createMessageWriter, patchU16, RCODE, rememberName } from '@zoneward/dns'
import { parentKey } from '../zones/name-key.ts'
import type { ZoneStore } from '../zones/zone-store.ts'
import type { Zone } from '../zones/zone-tree.ts'
import { answerQuery } from './answer-query.ts'
import type { Query } from './read-query.ts'
import { createQuery, readQuery } from './read-query.ts'
import type { Response } from './response.ts'
import { createResponse, resetResponse } from './response.ts'

// Fits every path without fragments (RFC 9715 §3.2 and the DNS flag day of 2020).
const MAX_UDP = 1232
const MAX_TCP = 65535
const OPT_SIZE = 11
const TYPE_DS = 43
const TYPE_IXFR = 251
const TYPE_AXFR = 252

export type Transport = 'udp' | 'tcp'

/** Answers packets into `bytes`, which the next packet overwrites. */
export type Responder = {
  bytes: Uint8Array
  /** The length of the response, 0 to stay silent, -1 when the zone has to be fetched first. */
  respond(packet: Uint8Array, transport: Transport): number
  /** The response after the zone was fetched, as a copy. SERVFAIL when that failed. */
  respondLater(packet: Uint8Array, transport: Transport): Promise<Uint8Array>
}

export function createResponder(store: ZoneStore): Responder {
  const writer = createMessageWriter(MAX_TCP)
  const query = createQuery()
  const response = createResponse(writer, { key: '', sets: [], children: 0, isCut: false, hasDname: false })

  function respond(packet: Uint8Array, transport: Transport): number {
    readQuery(packet, query)
    if (query.rcode < 0) return 0
    resetResponse(response, query.rcode)
    startMessage(writer, packet, query, transport)
    if (query.rcode === RCODE.NOERROR) {
      const zone = servesType(query) ? selectZone(store, query) : null
      if (zone === undefined) return -1
      if (zone === null) response.rcode = RCODE.REFUSED
      else answerQuery(zone, query.key, query.type, response)
      if (response.tc && transport === 'tcp') refuseTooLarge(response)
    }
    return finishMessage(response, query)
  }

  async function respondLater(packet: Uint8Array, transport: Transport): Promise<Uint8Array> {
    // Both sides of a cut may have to be fetched for DS.
    for (let round = 0; round < 3; round++) {
      const length = respond(packet, transport)
      if (length >= 0) return writer.bytes.slice(0, length)
      if (!(await store.fetch(missingKey(store, query)))) break
    }
    readQuery(packet, query)
    resetResponse(response, RCODE.SERVFAIL)
    startMessage(writer, packet, query, transport)
    return writer.bytes.slice(0, finishMessage(response, query))
  }

  return { bytes: writer.bytes, respond, respondLater }
}

/** Transfers are not for everyone, and other classes are not here. */
function servesType({ class: asked, type }: Query): boolean {
  return asked === CLASS.IN && type !== TYPE_AXFR && type !== TYPE_IXFR
}

/** RFC 4035 §3.1.4.1: DS at an apex is answered by the zone above, if that is served here as well. */
function selectZone(store: ZoneStore, query: Query): Zone | null | undefined {
  const zone = store.peek(query.key)
  if (query.type !== TYPE_DS || zone?.key !== query.key || query.labelCount === 0) return zone
  const above = store.peek(parentKey(query.key))
  return above === null ? zone : above
}

function missingKey(store: ZoneStore, query: Query): string {
  return store.peek(query.key) === undefined ? query.key : parentKey(query.key)
}

function startMessage(writer: MessageWriter, packet: Uint8Array, query: Query, transport: Transport): void {
  const { questionEnd } = query
  for (let i = 0; i < questionEnd; i++) writer.bytes[i] = packet[i] as number
  writer.pos = questionEnd
  writer.full = false
  writer.nameCount = 0
  const most = transport === 'tcp' ? MAX_TCP : Math.min(query.udpSize, MAX_UDP)
  writer.limit = most - (query.edns ? OPT_SIZE : 0)
  if (questionEnd > 12) rememberName(writer, 12)
}

function finishMessage(response: Response, query: Query): number {
  const { writer, rcode } = response
  if (query.edns) writeOpt(writer, rcode, query.dnssecOk)
  // Opcode and RD come back as they were (RFC 1035 §4.1.1); RA, AD and CD are for resolvers.
  const flags = 0x8000 | (query.flags & 0x7900) | (response.aa ? 0x400 : 0) | (response.tc ? 0x200 : 0)
  patchU16(writer, 2, flags | (rcode & 15))
  patchU16(writer, 4, query.questionEnd > 12 ? 1 : 0)
  patchU16(writer, 6, response.answers)
  patchU16(writer, 8, response.authorities)
  patchU16(writer, 10, response.additionals + (query.edns ? 1 : 0))
  return writer.pos
}

/** There is nowhere to send a client whose answer does not fit 64 KB. */
function refuseTooLarge(response: Response): void {
  response.tc = false
  if (response.answers + response.authorities === 0) response.rcode = RCODE.SERVFAIL
}

/** RFC 6891 §6.1: our size, the upper bits of the code, version 0, DO as asked (RFC 3225 §3), nothing else. */
function writeOpt(writer: MessageWriter, rcode: number, dnssecOk: boolean): void {
  const { bytes, pos } = writer
  bytes.fill(0, pos, pos + OPT_SIZE)
  bytes[pos + 2] = 41
  patchU16(writer, pos + 3, MAX_UDP)
  bytes[pos + 5] = rcode >>> 4
  if (dnssecOk) bytes[pos + 7] = 0x80
  writer.pos = pos + OPT_SIZE
}
