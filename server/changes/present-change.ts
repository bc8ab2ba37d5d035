import type { AnswerOf, ItemOf } from '@zoneward/api'
import { printRdata, TYPE, typeName } from '@zoneward/dns'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { shownName, shownOwner } from '../records/record-names.ts'
import type { SeesRecord } from '../records/visible-records.ts'
import type { ZoneRequest } from './authorize-edit.ts'
import { writingsOf } from './authors.ts'
import { changeById, type Entry, entriesFrom, type ShownChange, soasOf } from './history-store.ts'
import type { Outcome } from './publish-change.ts'
import { withSerial } from './serials.ts'

type Change = ItemOf<'changes.list'>
type Result = AnswerOf<'changes.create'>

export async function presentChanges(tx: Tx, actor: Actor, rows: ShownChange[]): Promise<Change[]> {
  const writings = await writingsOf(
    tx,
    actor,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    id: row.id,
    author: writings.get(row.id)?.author ?? { id: null, name: '' },
    source: row.source,
    comment: row.comment,
    reverts: row.reverts,
    serial_before: Number(row.serial_before),
    serial_after: Number(row.serial_after),
    added: row.added,
    removed: row.removed,
    created_at: row.created_at.toISOString(),
  }))
}

/** The answer to a change of a zone. */
export async function presentOutcome(request: ZoneRequest, tx: Tx, zoneId: string, outcome: Outcome): Promise<Result> {
  const { changeId, difference, warnings, serial, reviewRequired } = outcome
  const at = { orgId: request.actor.orgId, id: zoneId }
  const row = changeId === null ? null : await changeById(tx, request.allowed, at, changeId)
  const [change = null] = row ? await presentChanges(tx, request.actor, [row]) : []
  return { change, difference, warnings, serial, review_required: reviewRequired && change === null }
}

export function presentEntry(entry: Entry, apex: string): ItemOf<'changes.entries.list'> {
  return {
    sign: entry.added ? '+' : '-',
    name: shownName(entry.owner),
    owner: shownOwner(entry.owner, apex),
    type: typeName(entry.type),
    ttl: entry.ttl,
    data: printRdata(entry.type, entry.rdata),
  }
}

const batch = 2_000

/**
 * Entries of a change that somebody made and the caller may see, from `seq` on, a full page while there are any. The SOA
 * whose serial alone moved is nobody's doing and is left out.
 */
export async function visibleEntries(
  tx: Tx,
  request: Pick<ZoneRequest, 'allowed'>,
  change: { orgId: string; id: string },
  sees: SeesRecord,
  page: { seq: number; limit: number },
): Promise<Entry[]> {
  const quiet = await onlySerialMoved(tx, request, change)
  const found: Entry[] = []
  for (let { seq } = page; ; ) {
    const rows = await entriesFrom(tx, request.allowed, change, { seq, limit: Math.min(batch, page.limit + 2) })
    for (const row of rows) {
      if (row.type === TYPE.SOA && quiet) continue
      if (sees === null || sees(row)) found.push(row)
      if (found.length === page.limit) return found
    }
    const last = rows.at(-1)
    if (!last) return found
    seq = last.seq + 1
  }
}

async function onlySerialMoved(
  tx: Tx,
  { allowed }: Pick<ZoneRequest, 'allowed'>,
  change: { orgId: string; id: string },
): Promise<boolean> {
  const soas = await soasOf(tx, allowed, change)
  const [before, after] = [soas.find((entry) => !entry.added), soas.find((entry) => entry.added)]
  if (!before || !after) return false
  return (
    before.ttl === after.ttl &&
    before.owner === after.owner &&
    withSerial(before.rdata, 0).equals(withSerial(after.rdata, 0))
  )
}
