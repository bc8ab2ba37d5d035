import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { Realm } from '../database/schema.ts'
import type { ChangeSource } from '../database/schema-zones.ts'
import type { StoredRecord } from './zone-record.ts'

const recordColumns = ['id', 'owner', 'sort_key', 'type', 'ttl', 'rdata', 'change_id'] as const
const batch = 10_000

/** Every record at these names. */
export function recordsAt(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  sortKeys: Buffer[],
): Promise<StoredRecord[]> {
  return tx
    .selectFrom('record')
    .select(recordColumns)
    .where('org_id', '=', zone.orgId)
    .where('zone_id', '=', zone.id)
    .where('sort_key', '=', sql<Buffer>`any(${sortKeys}::bytea[])`)
    .orderBy('sort_key')
    .orderBy('type')
    .orderBy('id')
    .execute()
}

/** At most so many records between two names, the first itself left out. */
export function recordsBetween(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  range: { after: Buffer; before: Buffer; limit: number },
): Promise<StoredRecord[]> {
  return tx
    .selectFrom('record')
    .select(recordColumns)
    .where('org_id', '=', zone.orgId)
    .where('zone_id', '=', zone.id)
    .where('sort_key', '>', range.after)
    .where('sort_key', '<', range.before)
    .orderBy('sort_key')
    .limit(range.limit)
    .execute()
}

export function recordsById(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  ids: string[],
): Promise<StoredRecord[]> {
  return tx
    .selectFrom('record')
    .select(recordColumns)
    .where('org_id', '=', zone.orgId)
    .where('zone_id', '=', zone.id)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
}

export type NewChangeRow = {
  id: string
  zone_id: string
  author_id: string | null
  author_realm: Realm | 'system'
  author_name: string
  api_key_id: string | null
  source: ChangeSource
  comment: string
  reverts: string | null
  serial_before: string
  serial_after: string
  added: number
  removed: number
}

/** The author is the caller, whose rights `_` proves. The portal may not read the row back: it holds a name of staff. */
export async function insertChange(tx: Tx, _: Allowed, orgId: string, row: NewChangeRow): Promise<void> {
  await tx
    .insertInto('change')
    .values({ org_id: orgId, ...row })
    .execute()
}

/** A change that was proposed is its proposer's. The database copies the name, which the portal may not read. */
export async function creditAuthor(tx: Tx, _: Allowed, changeId: string, proposalId: string): Promise<void> {
  await sql`select credit_author(${changeId}::uuid, ${proposalId}::uuid)`.execute(tx)
}

/** Entries of a change: first all that it took away, then all that it put in place, as IXFR wants them. */
export async function insertEntries(
  tx: Tx,
  _: Allowed,
  change: { orgId: string; id: string },
  removed: StoredRecord[],
  added: StoredRecord[],
): Promise<void> {
  const all = [...removed, ...added]
  for (let from = 0; from < all.length; from += batch) {
    const part = all.slice(from, from + batch)
    const seqs = part.map((_entry, at) => from + at)
    await sql`
      insert into change_entry (org_id, change_id, seq, added, record_id, owner, sort_key, type, ttl, rdata)
      select ${change.orgId}::uuid, ${change.id}::uuid, e.seq, e.seq >= ${removed.length}, e.id, e.owner, e.sort_key, e.type, e.ttl, e.rdata
      from ${recordArrays(part, seqs)}`.execute(tx)
  }
}

/** Records that carry no change of their own are written by this one. */
export async function insertRecords(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  changeId: string,
  records: StoredRecord[],
): Promise<void> {
  for (let from = 0; from < records.length; from += batch) {
    const part = records.slice(from, from + batch)
    await sql`
      insert into record (org_id, id, zone_id, owner, sort_key, type, ttl, rdata, change_id)
      select ${zone.orgId}::uuid, e.id, ${zone.id}::uuid, e.owner, e.sort_key, e.type, e.ttl, e.rdata, coalesce(e.change_id, ${changeId}::uuid)
      from ${recordArrays(
        part,
        part.map((_entry, at) => at),
      )}`.execute(tx)
  }
}

function recordArrays(part: StoredRecord[], seqs: number[]) {
  return sql`unnest(${seqs}::int[], ${part.map((e) => e.id)}::uuid[], ${part.map((e) => e.owner)}::text[],
    ${part.map((e) => e.sort_key)}::bytea[], ${part.map((e) => e.type)}::int[], ${part.map((e) => e.ttl)}::int[],
    ${part.map((e) => e.rdata)}::bytea[], ${part.map((e) => e.change_id ?? null)}::uuid[])
    as e(seq, id, owner, sort_key, type, ttl, rdata, change_id)`
}

export async function deleteRecords(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .deleteFrom('record')
    .where('org_id', '=', zone.orgId)
    .where('zone_id', '=', zone.id)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
}

export async function moveZoneSerial(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  now: { serial: string; record_count: number },
): Promise<void> {
  await tx
    .updateTable('zone')
    .set({ ...now, changed_at: sql`clock_timestamp()` })
    .where('org_id', '=', zone.orgId)
    .where('id', '=', zone.id)
    .execute()
}
