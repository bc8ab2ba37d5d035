import type { AnswerOf } from '@zoneward/api'
import { printRdata, typeName } from '@zoneward/dns'
import { shownName } from '../records/record-names.ts'
import { compareRecords, isSame, type StoredRecord, type WritableZone, type ZoneEdit } from './zone-record.ts'

export type Difference = AnswerOf<'changes.create'>['difference']

const mostLines = 1_000

/** What an edit does, record by record in DNS order, what goes before what comes. */
export function differenceOf(zone: Pick<WritableZone, 'record_count'>, edit: ZoneEdit): Difference {
  const lines = [
    ...edit.removed.map((record) => ({ sign: '-' as const, record })),
    ...edit.added.map((record) => ({ sign: '+' as const, record })),
  ].sort((a, b) => compareRecords(a.record, b.record) || (a.sign === b.sign ? 0 : a.sign === '-' ? -1 : 1))
  return {
    added: edit.added.length,
    removed: edit.removed.length,
    unchanged: edit.unchanged ?? zone.record_count - edit.removed.length,
    lines: lines.slice(0, mostLines).map(({ sign, record }) => ({ sign, ...printedRecord(record) })),
    more: Math.max(0, lines.length - mostLines),
  }
}

export function printedRecord(record: StoredRecord) {
  return {
    name: shownName(record.owner),
    ttl: record.ttl,
    type: typeName(record.type),
    data: printRdata(record.type, record.rdata),
  }
}

/** The edit without what it leaves as it is. */
export function withoutNothings(edit: ZoneEdit): ZoneEdit {
  const before = new Map(edit.removed.map((record) => [record.id, record]))
  const still = new Set<string>()
  for (const record of edit.added) {
    const old = before.get(record.id)
    if (old && isSame(old, record)) still.add(record.id)
  }
  if (still.size === 0) return edit
  const changed = (record: StoredRecord) => !still.has(record.id)
  return { ...edit, removed: edit.removed.filter(changed), added: edit.added.filter(changed) }
}
