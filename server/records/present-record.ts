import type { AnswerOf } from '@zoneward/api'
import { foldName, printRdata, TYPE, typeName } from '@zoneward/dns'
import { writingsOf } from '../changes/authors.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { shownName, shownOwner } from './record-names.ts'
import type { ListedRecord } from './store.ts'

type Shown = AnswerOf<'records.read'>

/** Records as answers have them, each with who changed it last, and when. */
export async function presentRecords(tx: Tx, actor: Actor, apex: string, records: ListedRecord[]): Promise<Shown[]> {
  const changes = [...new Set(records.map((record) => record.change_id))]
  const writings = await writingsOf(tx, actor, changes)
  return records.map((record) => {
    const writing = writings.get(record.change_id)
    return {
      id: record.id,
      name: shownName(record.owner),
      owner: shownOwner(record.owner, apex),
      type: typeName(record.type),
      ttl: record.ttl,
      data: printRdata(record.type, record.rdata),
      protected: isProtected(record, apex),
      changed_at: (writing?.at ?? new Date(0)).toISOString(),
      changed_by: writing?.author ?? { id: null, name: '' },
      change_id: record.change_id,
    }
  })
}

/** SOA, and NS of the zone itself: who changes them holds a permission of its own. */
export function isProtected(record: { owner: string; type: number }, apex: string): boolean {
  return record.type === TYPE.SOA || (record.type === TYPE.NS && foldName(record.owner) === foldName(apex))
}
