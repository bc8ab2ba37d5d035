import { compareBytes, sortKey } from '../names/canonical-order.ts'
import { foldName, relativeName } from '../names/name-labels.ts'
import { printGeneric, printRdata } from '../rdata/print-rdata.ts'
import type { ResourceRecord } from '../rdata/resource-record.ts'
import { TYPE, typeName } from '../rdata/type-numbers.ts'
import { TYPE_TABLE } from '../rdata/type-table.ts'

/**
 * A zone file for people: $ORIGIN, $TTL (the commonest one), the SOA first, then the apex, then name by name in
 * canonical order, names relative to the apex, a name written once. BIND, ldns and `parseZoneFile` read the same
 * records back from it.
 *
 * @example printZoneFile('example.com.', records)
 * // '$ORIGIN example.com.\n$TTL 3600\n@  IN SOA ns1 hostmaster 1 7200 900 1209600 3600\n   IN NS  ns1\n\nwww …'
 */
export function printZoneFile(apex: string, records: readonly ResourceRecord[]): string {
  const ttl = commonTtl(records)
  const lines = [`$ORIGIN ${apex}`]
  if (ttl !== undefined) lines.push(`$TTL ${ttl}`)
  const sorted = sortRecords(apex, records)
  const width = ownerWidth(apex, sorted)
  let last = ''
  for (const { owner, type, rdata, ttl: own } of sorted) {
    const shown = owner === last || foldName(owner) === foldName(last) ? '' : relativeName(owner, apex)
    const time = own === ttl ? '' : `${own} `
    lines.push(`${shown.padEnd(width)} ${time}IN ${printTypeAndData(type, rdata, apex)}`)
    last = owner
  }
  return `${lines.join('\n')}\n`
}

/** Records in the order people read a zone: SOA, apex, then names in canonical order, in each the types by number. */
export function sortRecords(apex: string, records: readonly ResourceRecord[]): ResourceRecord[] {
  const keys = new Map<string, Uint8Array>()
  const foldedApex = foldName(apex)
  const rows = records.map((record) => {
    const owner = foldName(record.owner)
    const key = keys.get(owner) ?? (owner === foldedApex ? NO_BYTES : sortKey(owner))
    keys.set(owner, key)
    return { key, rank: typeRank(record.type), record }
  })
  rows.sort((a, b) => compareBytes(a.key, b.key) || a.rank - b.rank || compareBytes(a.record.rdata, b.record.rdata))
  return rows.map((row) => row.record)
}

const NO_BYTES = new Uint8Array(0)

function typeRank(type: number): number {
  if (type === TYPE.SOA) return 0
  return type === TYPE.NS ? 1 : type + 2
}

// Types that ldns or BIND do not read by name. They are written as numbers and bytes, as types without fields are.
const LITTLE_KNOWN: ReadonlySet<number> = new Set([56, 57, 258, 260, 32768])

function printTypeAndData(type: number, rdata: Uint8Array, origin: string): string {
  if (TYPE_TABLE[type] === undefined || LITTLE_KNOWN.has(type)) return `TYPE${type} ${printGeneric(rdata)}`
  return `${typeName(type)} ${printRdata(type, rdata, { origin }) || printGeneric(rdata)}`
}

function commonTtl(records: readonly ResourceRecord[]): number | undefined {
  const counts = new Map<number, number>()
  for (const { ttl } of records) counts.set(ttl, (counts.get(ttl) ?? 0) + 1)
  let best: number | undefined
  for (const [ttl, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = ttl
  return best
}

// Wide enough for most names; the few long ones push their own line only.
function ownerWidth(apex: string, sorted: readonly ResourceRecord[]): number {
  let width = 1
  let last = ''
  for (const { owner } of sorted) {
    if (owner !== last) width = Math.max(width, Math.min(relativeName(owner, apex).length, 24))
    last = owner
  }
  return width
}
