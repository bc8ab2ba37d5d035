import type { Resource } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import { shownRecord } from '../records/record-names.ts'
import { visibleRecords } from '../records/visible-records.ts'
import type { ZoneRequest } from './authorize-edit.ts'
import { writingsOf } from './authors.ts'
import { changePage, touchedSince } from './history-store.ts'
import type { WritableZone } from './zone-record.ts'

const mostChanges = 20
const mostNamed = 5

/** An ETag is the zone's serial. */
export function etagOf(serial: number | string): string {
  return `"${serial}"`
}

/** With If-Match: refuses a change that was made for an older state of the zone, and says what moved since. */
export async function refuseStale(request: ZoneRequest, tx: Tx, zone: WritableZone, resource: Resource): Promise<void> {
  const wanted = request.headers.get('if-match')
  if (wanted === null || wanted.trim() === '*') return
  const tags = wanted.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (tags.includes(etagOf(zone.serial))) return
  const at = { orgId: request.actor.orgId, id: zone.id }
  const seen = Number(/^"(\d+)"$/.exec(tags[0] ?? '')?.[1] ?? Number.NaN)
  const recent = await changePage(tx, request.allowed, at, { before: null, limit: mostChanges })
  const end = recent.findIndex((change) => Number(change.serial_after) === seen)
  const since = end < 0 ? recent : recent.slice(0, end)
  const ids = since.map((change) => change.id)
  const sees = await visibleRecords(tx, request.actor, resource)
  const touched = (await touchedSince(tx, request.allowed, at, ids, 200)).filter(
    (record) => sees === null || sees(record),
  )
  const authors = new Set([...(await writingsOf(tx, request.actor, ids)).values()].map(({ author }) => author.name))
  const names = touched.slice(0, mostNamed).map((record) => shownRecord(record, zone.name))
  const what = names.length > 0 ? ` Changed since: ${names.join(', ')}${touched.length > mostNamed ? ', …' : ''}` : ''
  const who = authors.size > 0 ? ` by ${[...authors].slice(0, 3).join(', ')}` : ''
  throw new Fault(
    'conflict',
    `The zone has moved on: this was made for serial ${Number.isNaN(seen) ? wanted : seen}, it is ${zone.serial} now.${what}${what ? who : ''}. Load it again, and look at both.`,
    { status: 412 },
  )
}
