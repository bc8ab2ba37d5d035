import { TYPE } from '@zoneward/dns'
import { Fault } from '../fault.ts'
import { shownRecord } from '../records/record-names.ts'
import type { Entry } from './history-store.ts'
import { withSerial } from './serials.ts'
import { contentKey, rrsetKey, type StoredRecord, type ZoneEdit } from './zone-record.ts'

const mostNamed = 5

/**
 * The edit that takes a change back: what it added goes, what it removed comes. Records that are no longer as the change
 * left them stand in the way, and each is named. `now` is every record at the names that the change touched.
 */
export function revertEntries(apex: string, entries: Entry[], now: StoredRecord[]): ZoneEdit {
  const mine = quietSoa(entries) ? entries.filter((entry) => entry.type !== TYPE.SOA) : entries
  const current = new Map(now.map((record) => [contentKey(record), record]))
  const taken = new Set<string>()
  const inTheWay: StoredRecord[] = []
  const removed: StoredRecord[] = []
  for (const entry of mine.filter(({ added }) => added)) {
    const record = entry.type === TYPE.SOA ? now.find(({ type }) => type === TYPE.SOA) : current.get(contentKey(entry))
    if (!record || (entry.type === TYPE.SOA ? !sameSoa(record, entry) : record.ttl !== entry.ttl)) inTheWay.push(entry)
    else {
      removed.push(record)
      taken.add(record.id)
    }
  }
  const staying = now.filter((record) => !taken.has(record.id))
  const there = new Set(staying.map(contentKey))
  const ttls = new Map(staying.map((record) => [rrsetKey(record), record.ttl]))
  const added: StoredRecord[] = []
  for (const { seq: _, added: wasAdded, change_id: __, ...record } of mine) {
    if (wasAdded) continue
    const ttl = ttls.get(rrsetKey(record))
    if (there.has(contentKey(record)) || (ttl !== undefined && ttl !== record.ttl)) inTheWay.push(record)
    else added.push(record)
  }
  refuse(apex, inTheWay)
  return { removed, added, warnings: [] }
}

function quietSoa(entries: Entry[]): boolean {
  const soas = entries.filter((entry) => entry.type === TYPE.SOA)
  const [before, after] = [soas.find((entry) => !entry.added), soas.find((entry) => entry.added)]
  return before !== undefined && after !== undefined && sameSoa(before, after)
}

function sameSoa(a: StoredRecord, b: StoredRecord): boolean {
  return a.ttl === b.ttl && withSerial(a.rdata, 0).equals(withSerial(b.rdata, 0))
}

function refuse(apex: string, inTheWay: StoredRecord[]): void {
  if (inTheWay.length === 0) return
  const names = [...new Set(inTheWay.map((record) => shownRecord(record, apex)))]
  const shown = names.slice(0, mostNamed).map((name) => `"${name}"`)
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  const message = `Cannot take this change back: later changes stand in the way at ${shown.join(', ')}${more}`
  throw new Fault('conflict', message, {
    fields: names.slice(0, 50).map((name) => ({ path: name, message: 'changed since' })),
  })
}
