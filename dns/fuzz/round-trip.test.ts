import { describe, expect, test } from 'vitest'
import {
  checkRdata,
  joinRdata,
  parseName,
  parseRdata,
  parseZoneFile,
  printRdata,
  printZoneFile,
  type ResourceRecord,
  sortRecords,
  splitRdata,
  typeName,
} from '../index.ts'
import { randomRecord, seededRandom } from './random-records.ts'

const COUNT = 100_000

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function describeRecord(record: ResourceRecord): string {
  return `${record.owner} ${record.ttl} ${typeName(record.type)} ${printRdata(record.type, record.rdata)}`
}

function differences(before: readonly ResourceRecord[], after: readonly ResourceRecord[]): string[] {
  const found: string[] = []
  for (const [i, record] of before.entries()) {
    const other = after[i]
    const same = other !== undefined && other.owner === record.owner && other.ttl === record.ttl
    if (!same || other.type !== record.type || !sameBytes(other.rdata, record.rdata)) found.push(describeRecord(record))
  }
  return found.slice(0, 3)
}

describe(`${COUNT} random records`, () => {
  const random = seededRandom(20260521)
  const records = Array.from({ length: COUNT }, () => randomRecord(random))

  test('are all well formed', () => {
    const bad = records.filter((record) => checkRdata(record.type, record.rdata) !== undefined)
    expect(bad.slice(0, 3).map(describeRecord)).toEqual([])
    expect(new Set(records.map((record) => record.type)).size).toBeGreaterThan(60)
  })
  test('are the same after they are printed and read', () => {
    const lines = records.map((record) => {
      return `${record.owner} ${record.ttl} IN ${typeName(record.type)} ${printRdata(record.type, record.rdata) || '\\# 0'}`
    })
    const read = parseZoneFile(lines.join('\n'))
    expect(read.errors).toEqual([])
    expect(read.records).toHaveLength(COUNT)
    expect(differences(records, read.records)).toEqual([])
  })
  test('are the same after a zone file', () => {
    const apex = 'a\\.b.example.'
    const inside = records.slice(0, 10_000).map((record) => {
      const name = parseName(record.owner.slice(0, -1) || '@', apex)
      return 'name' in name ? { ...record, owner: name.name } : record
    })
    const read = parseZoneFile(printZoneFile(apex, inside))
    expect(read.errors).toEqual([])
    // A name is written once, in the case of its first record.
    const lower = (list: readonly ResourceRecord[]) => list.map((one) => ({ ...one, owner: one.owner.toLowerCase() }))
    expect(differences(lower(sortRecords(apex, inside)), lower(read.records))).toEqual([])
  })
  test('are the same after a form', () => {
    const bad = records.slice(0, 20_000).filter(({ type, rdata }) => {
      const split = splitRdata(type, printRdata(type, rdata) || '\\# 0')
      const joined = 'values' in split ? joinRdata(type, split.values) : split
      const parsed = 'text' in joined ? parseRdata(type, joined.text || '\\# 0') : joined
      return !('rdata' in parsed) || !sameBytes(parsed.rdata, rdata)
    })
    expect(bad.slice(0, 3).map(describeRecord)).toEqual([])
  })
})
