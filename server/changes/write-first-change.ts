import type { Tx } from '../database/pools.ts'
import type { ChangeSource } from '../database/schema-zones.ts'
import { newId } from '../ids.ts'
import type { ZoneRequest } from './authorize-edit.ts'
import { authorOf } from './authors.ts'
import { insertChange, insertEntries, insertRecords } from './store.ts'
import type { StoredRecord } from './zone-record.ts'

type First = { zoneId: string; serial: string; source: ChangeSource; comment: string }

/** The records that a zone begins with, as the first change of its history: both serials are the same. */
export async function writeFirstChange(
  request: Pick<ZoneRequest, 'actor' | 'allowed'>,
  tx: Tx,
  first: First,
  records: StoredRecord[],
): Promise<string> {
  const { actor, allowed } = request
  const { orgId } = actor
  const id = newId()
  await insertChange(tx, allowed, orgId, {
    id,
    zone_id: first.zoneId,
    ...authorOf(actor),
    source: first.source,
    comment: first.comment,
    reverts: null,
    serial_before: first.serial,
    serial_after: first.serial,
    added: records.length,
    removed: 0,
  })
  await insertEntries(tx, allowed, { orgId, id }, [], records)
  await insertRecords(tx, allowed, { orgId, id: first.zoneId }, id, records)
  return id
}
