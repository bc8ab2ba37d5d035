import { nameToWire, normalName } from '../names/parse-name.ts'
import { nameError } from '../names/write-name.ts'
import { type Source, shown } from '../rdata/kinds/field-kind.ts'
import { parseDuration, readNumber } from '../rdata/kinds/numbers.ts'
import { readRdata } from '../rdata/parse-rdata.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { TYPE, typeNumber } from '../rdata/type-numbers.ts'

/** What a zone file has said so far: the origin, the TTLs, the owner that a blank repeats. */
export type ZoneReader = {
  origin: string | undefined
  originWire: Uint8Array | undefined
  defaultTtl: number | undefined
  lastTtl: number | undefined
  owner: string | undefined
  ownerToken: string
  source: Source
  emit: (record: ResourceRecord) => void
}

export const MAX_TTL = 2_147_483_647

export function makeZoneReader(
  origin: string | undefined,
  defaultTtl: number | undefined,
  emit: (record: ResourceRecord) => void,
): ZoneReader {
  const originWire = origin === undefined ? undefined : nameToWire(origin)
  const source = { tokens: [], next: 0, count: 0, origin: originWire }
  return { origin, originWire, defaultTtl, lastTtl: undefined, owner: undefined, ownerToken: '', source, emit }
}

/** Reads the record of an entry: owner, TTL and class in either order, type, data. Answers what is wrong, if anything. */
export function readEntry(
  reader: ZoneReader,
  tokens: readonly string[],
  count: number,
  blankOwner: boolean,
): string | undefined {
  const problem = blankOwner ? undefined : takeOwner(reader, tokens[0] ?? '')
  if (problem !== undefined) return problem
  if (reader.owner === undefined) return 'it begins with a blank, but there is no owner name before it to repeat'
  let at = blankOwner ? 0 : 1
  let ttl = -1
  let hasClass = false
  for (; at < count; at++) {
    const token = tokens[at] ?? ''
    const seconds = ttl < 0 ? readTtl(token) : -1
    if (seconds >= 0) ttl = seconds
    else if (!hasClass && isClass(token)) {
      hasClass = true
      if (!/^(?:in|class1)$/i.test(token)) return `class ${token} is not served here; only IN is`
    } else break
  }
  if (ttl > MAX_TTL) return `TTL ${ttl} is too long: at most ${MAX_TTL} seconds`
  if (at >= count) return 'the record type is missing'
  const type = typeNumber(tokens[at] ?? '')
  if (type === undefined) return `expected a record type such as A or MX, found ${shown(tokens[at])}`
  return readData(reader, reader.owner, type, ttl, tokens, at + 1, count)
}

function readData(
  reader: ZoneReader,
  owner: string,
  type: number,
  ttl: number,
  tokens: readonly string[],
  at: number,
  count: number,
): string | undefined {
  const { source } = reader
  source.tokens = tokens
  source.next = at
  source.count = count
  const rdata = readRdata(type, source)
  if (typeof rdata === 'string') return rdata
  const seconds = ttlOf(reader, type, ttl, rdata)
  if (seconds < 0) return 'there is no TTL: write one after the name, or a $TTL line before it'
  reader.emit({ owner, ttl: seconds, type, rdata })
  return undefined
}

// As BIND does: a written TTL, else $TTL, else the TTL before (RFC 1035 §5.1), else, for the SOA, its minimum, which
// then stands for $TTL.
function ttlOf(reader: ZoneReader, type: number, written: number, rdata: Uint8Array): number {
  if (written >= 0) {
    reader.lastTtl = written
    return written
  }
  if (reader.defaultTtl === undefined && reader.lastTtl === undefined && type === TYPE.SOA) {
    reader.defaultTtl = Math.min(readNumber(rdata, rdata.length - 4, 4), MAX_TTL)
  }
  return reader.defaultTtl ?? reader.lastTtl ?? -1
}

function takeOwner(reader: ZoneReader, token: string): string | undefined {
  if (token === reader.ownerToken && reader.owner !== undefined) return undefined
  const owner = readName(reader, token)
  if (typeof owner !== 'string') return owner.error
  reader.owner = owner
  reader.ownerToken = token
  return undefined
}

/** A name of the file, completed with the origin in force. */
export function readName(reader: ZoneReader, token: string): string | { error: string } {
  if (token.charCodeAt(0) === 34) return { error: `a name stands without quotes, found ${shown(token)}` }
  const name = normalName(token, reader.origin)
  return typeof name === 'string' ? name : { error: nameError(name, token) }
}

/** Puts another origin in force; the owner before stays what a blank repeats. */
export function setOrigin(reader: ZoneReader, origin: string): void {
  reader.origin = origin
  reader.originWire = nameToWire(origin)
  reader.source.origin = reader.originWire
  reader.ownerToken = ''
}

// Types and classes never begin with a digit, TTLs always do.
function readTtl(token: string): number {
  const first = token.charCodeAt(0)
  return first >= 48 && first <= 57 ? parseDuration(token) : -1
}

function isClass(token: string): boolean {
  return token === 'IN' || /^(?:in|ch|hs|cs|class\d+)$/i.test(token)
}
