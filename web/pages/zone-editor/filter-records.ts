import { foldName, typeNumber } from '@zoneward/dns'
import type { ZoneRecord } from './record.ts'

export type Filter = { text: string; type: string }

// A record's searchable text is made once; typing then only compares.
const haystacks = new WeakMap<ZoneRecord, string>()

function haystackOf(record: ZoneRecord): string {
  const known = haystacks.get(record)
  if (known !== undefined) return known
  const made = `${foldName(record.owner)}\n${foldName(record.name)}\n${record.data.toLowerCase()}`
  haystacks.set(record, made)
  return made
}

/** The records that a filter leaves; the same list where it asks for nothing. Finds what the server's search finds. */
export function filterRecords(records: readonly ZoneRecord[], { text, type }: Filter): readonly ZoneRecord[] {
  const needle = text.trim().toLowerCase()
  if (needle === '' && type === '') return records
  const asType = typeNumber(needle.toUpperCase()) === undefined ? undefined : needle.toUpperCase()
  return records.filter(
    (record) =>
      (type === '' || record.type === type) &&
      (needle === '' || record.type === asType || haystackOf(record).includes(needle)),
  )
}

/** The types that occur, in the order of the alphabet. */
export function typesOf(records: readonly ZoneRecord[]): string[] {
  const found = new Set<string>()
  for (const { type } of records) found.add(type)
  return [...found].sort()
}
