import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { Realm } from '../database/schema.ts'
import type { ChangeSource } from '../database/schema-zones.ts'
import type { StoredRecord } from './zone-record.ts'

// All that the portal may read of a change: neither the name of a member of staff nor the id of a key.
const shownColumns = [
  'id',
  'author_id',
  'author_realm',
  'source',
  'comment',
  'reverts',
  'serial_before',
  'serial_after',
  'added',
  'removed',
  'created_at',
] as const

export type ShownChange = {
  id: string
  author_id: string | null
  author_realm: Realm | 'system'
  source: ChangeSource
  comment: string
  reverts: string | null
  serial_before: string
  serial_after: string
  added: number
  removed: number
  created_at: Date
}

function selectChanges(tx: Tx, orgId: string, zoneId: string) {
  return tx.selectFrom('change').select(shownColumns).where('org_id', '=', orgId).where('zone_id', '=', zoneId)
}

/** A page of the history, newest first; ids are made in order of time. */
export function changePage(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  page: { before: string | null; limit: number },
): Promise<ShownChange[]> {
  const query = selectChanges(tx, zone.orgId, zone.id)
  return (page.before ? query.where('id', '<', page.before) : query).orderBy('id', 'desc').limit(page.limit).execute()
}

export async function changeById(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  id: string,
): Promise<ShownChange | null> {
  return (await selectChanges(tx, zone.orgId, zone.id).where('id', '=', id).executeTakeFirst()) ?? null
}

export type Entry = StoredRecord & { seq: number; added: boolean; change_id: string }

/** Entries in their order, from `seq` on. */
export async function entriesFrom(
  tx: Tx,
  _: Allowed,
  change: { orgId: string; id: string },
  page: { seq: number; limit: number },
): Promise<Entry[]> {
  const rows = await selectEntries(tx, change).where('seq', '>=', page.seq).orderBy('seq').limit(page.limit).execute()
  return rows.map(entryOf)
}

/** Names and types that changes after a serial touched, each once. */
export async function touchedSince(
  tx: Tx,
  _: Allowed,
  zone: { orgId: string; id: string },
  changeIds: string[],
  limit: number,
): Promise<{ owner: string; type: number }[]> {
  return tx
    .selectFrom('change_entry')
    .select(['owner', 'type'])
    .distinct()
    .where('org_id', '=', zone.orgId)
    .where('change_id', '=', sql<string>`any(${changeIds}::uuid[])`)
    .where('type', '<>', 6)
    .limit(limit)
    .execute()
}

/** The SOA before and after a change. */
export async function soasOf(tx: Tx, _: Allowed, change: { orgId: string; id: string }): Promise<Entry[]> {
  const rows = await selectEntries(tx, change).where('type', '=', 6).execute()
  return rows.map(entryOf)
}

function selectEntries(tx: Tx, change: { orgId: string; id: string }) {
  return tx
    .selectFrom('change_entry')
    .select(['change_id', 'seq', 'added', 'record_id', 'owner', 'sort_key', 'type', 'ttl', 'rdata'])
    .where('org_id', '=', change.orgId)
    .where('change_id', '=', change.id)
}

function entryOf({ record_id, ...row }: { record_id: string } & Omit<Entry, 'id'>): Entry {
  return { ...row, id: record_id }
}
