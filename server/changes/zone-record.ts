import { sortKey, type ZoneProblem } from '@zoneward/dns'
import type { Selectable } from 'kysely'
import type { RecordTable, ZoneTable } from '../database/schema-zones.ts'
import type { Fault } from '../fault.ts'

/** A record as the database keeps it. */
export type StoredRecord = Omit<Selectable<RecordTable>, 'org_id' | 'zone_id' | 'change_id'> & { change_id?: string }

export type WritableZone = Pick<
  Selectable<ZoneTable>,
  'id' | 'provider_id' | 'customer_id' | 'name' | 'name_key' | 'sort_key' | 'serial' | 'record_count' | 'served'
>

/** What a change takes away and puts in place. A record in both, by its id, is one that is changed. */
export type ZoneEdit = {
  removed: StoredRecord[]
  added: StoredRecord[]
  /** Records that a zone file has too; otherwise whatever else the zone has. */
  unchanged?: number
  warnings: string[]
  /** The serial that the author asked for; taken when it is newer than the zone's. */
  serial?: number
  /** What was found wrong while planning; told only to whoever may touch these records. */
  refused?: Fault
  /** What was found by looking at the whole zone already; otherwise the surroundings are looked at. */
  problems?: ZoneProblem[]
}

export function makeRecord(
  id: string,
  record: { owner: string; type: number; ttl: number; rdata: Uint8Array },
): StoredRecord {
  const { owner, type, ttl, rdata } = record
  return { id, owner, sort_key: Buffer.from(sortKey(owner)), type, ttl, rdata: asBuffer(rdata) }
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Records of one RRset have the same key. */
export function rrsetKey(record: Pick<StoredRecord, 'sort_key' | 'type'>): string {
  return `${record.type} ${record.sort_key.toString('latin1')}`
}

/** Records with the same key say the same, whatever their TTL. */
export function contentKey(record: Pick<StoredRecord, 'sort_key' | 'type' | 'rdata'>): string {
  return `${rrsetKey(record)} ${record.rdata.toString('latin1')}`
}

export function isSame(a: StoredRecord, b: StoredRecord): boolean {
  return a.owner === b.owner && a.type === b.type && a.ttl === b.ttl && a.rdata.equals(b.rdata)
}

/** DNS order: by name, then type, then id. */
export function compareRecords(a: StoredRecord, b: StoredRecord): number {
  return a.sort_key.compare(b.sort_key) || a.type - b.type || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
