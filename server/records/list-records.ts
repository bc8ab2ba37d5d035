import type { AnswerOf } from '@zoneward/api'
import { printRdata, sortKey, typeName, typeNumber } from '@zoneward/dns'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { presentRecords } from './present-record.ts'
import { readRecordName, shownOwner } from './record-names.ts'
import { type ListedRecord, type RecordKey, recordPage, zoneName } from './store.ts'
import { visibleRecords } from './visible-records.ts'

const widestBatch = 5_000

/**
 * A page of a zone's records. Whoever sees some records only gets a full page of those; what is looked for in the data
 * is looked for in its printed form, as it is shown.
 */
export async function listRecords(
  request: ActorRequest<'records.list'>,
  tx: Tx,
): Promise<AnswerOf<'records.list'> & { serial: string }> {
  const at = { orgId: request.actor.orgId, zoneId: request.params.zone_id }
  const { limit, cursor, name, type, q } = request.query
  const zone = await zoneName(tx, request.allowed, at)
  if (!zone || !request.place) throw notFound()
  const filter = { name: nameFilter(name, zone.name), type: typeFilter(type) }
  const sees = await visibleRecords(tx, request.actor, request.place)
  const has = q ? textFilter(q.toLowerCase(), zone.name) : null
  const wanted = (record: ListedRecord) => (sees === null || sees(record)) && (has === null || has(record))
  const all = sees === null && has === null
  const found: ListedRecord[] = []
  let after = readCursor(cursor)
  for (let batch = limit + 1; found.length <= limit; batch = Math.min(batch * 4, widestBatch)) {
    const rows = await recordPage(tx, request.allowed, at, { ...filter, after, limit: batch })
    found.push(...(all ? rows : rows.filter(wanted)))
    const last = rows.at(-1)
    if (!last || rows.length < batch) break
    after = { sortKey: last.sort_key, type: last.type, id: last.id }
  }
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const next = found.length > limit && last ? printCursor([last.sort_key.toString('base64'), last.type, last.id]) : null
  return { items: await presentRecords(tx, request.actor, zone.name, shown), next, serial: zone.serial }
}

function readCursor(cursor: string | undefined): RecordKey | null {
  const key = parseCursor(cursor, ['string', 'number', 'string'])
  return key && { sortKey: Buffer.from(key[0], 'base64'), type: key[1], id: key[2] }
}

function nameFilter(name: string | undefined, apex: string): Buffer | null {
  if (name === undefined) return null
  const read = readRecordName(name, apex)
  if ('error' in read) throw invalidField('name', read.error)
  return Buffer.from(sortKey(read.owner))
}

function typeFilter(type: string | undefined): number | null {
  if (type === undefined) return null
  const number = typeNumber(type)
  if (number === undefined) throw invalidField('type', `"${type}" is no record type: write one such as A, MX or TXT.`)
  return number
}

function textFilter(text: string, apex: string): (record: ListedRecord) => boolean {
  return ({ owner, type, rdata }) =>
    shownOwner(owner, apex).toLowerCase().includes(text) ||
    owner.toLowerCase().includes(text) ||
    typeName(type).toLowerCase() === text ||
    printRdata(type, rdata).toLowerCase().includes(text)
}
