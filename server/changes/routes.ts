import type { ItemOf } from '@zoneward/api'
import type { Resource } from '@zoneward/permissions'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { Accepted } from '../http/accepted.ts'
import { pageOfRows, parseCursor, printCursor } from '../http/cursor.ts'
import type { Routes } from '../http/routes.ts'
import { proposeInstead } from '../proposals/propose-instead.ts'
import { type SeesRecord, visibleRecords } from '../records/visible-records.ts'
import type { ZoneRequest } from './authorize-edit.ts'
import { sourceOf } from './change-source.ts'
import { changeById, changePage, entriesFrom, type ShownChange } from './history-store.ts'
import { howLong } from './how-long.ts'
import { planOperations } from './plan-operations.ts'
import { presentChanges, presentEntry, presentOutcome, visibleEntries } from './present-change.ts'
import { changeZone } from './publish-change.ts'
import { etagOf } from './refuse-stale.ts'
import { revertEntries } from './revert-change.ts'
import { recordsAt } from './store.ts'
import { zoneForChange } from './zone-for-change.ts'
import { viewOf } from './zone-view.ts'

const everyEntry = 1_000_000

export const changeRoutes = {
  'changes.list': (request) =>
    request.read(async (tx) => {
      const { limit, cursor } = request.query
      const before = parseCursor(cursor, ['string'])?.[0] ?? null
      const at = { orgId: request.actor.orgId, id: request.params.zone_id }
      const sees = await visibleRecords(tx, request.actor, placeOf(request.place))
      if (sees) return narrowPage(request, tx, at, sees, { before, limit })
      const rows = await changePage(tx, request.allowed, at, { before, limit: limit + 1 })
      const shown = new Map((await presentChanges(tx, request.actor, rows)).map((change) => [change.id, change]))
      return pageOfRows(
        rows,
        limit,
        (row) => shown.get(row.id) as ItemOf<'changes.list'>,
        (row) => [row.id],
      )
    }),

  'changes.create': async (request) => {
    const { operations, comment, dry_run: dryRun } = request.body
    const zoneId = request.params.zone_id
    const result = await changeZone(
      request,
      {
        zoneId,
        comment,
        source: sourceOf(request.actor),
        dryRun,
        ...howLong(operations.length),
        edit: async (tx, zone) => planOperations(await viewOf(request, tx, zone), operations, { single: false }),
      },
      (tx, outcome) => presentOutcome(request, tx, zoneId, outcome),
      proposeInstead(request, { operations, comment }),
    )
    if (!(result instanceof Accepted)) request.answerHeaders.set('etag', etagOf(result.serial))
    return result
  },

  'changes.read': (request) =>
    request.read(async (tx) => {
      const { row, sees } = await visibleChange(request, tx, request.params, request.place)
      const [change] = await presentChanges(tx, request.actor, [row])
      if (!change) throw notFound()
      return sees ? { ...change, ...(await countSeen(request, tx, row.id, sees)) } : change
    }),

  'changes.entries.list': (request) =>
    request.read(async (tx) => {
      const { limit, cursor } = request.query
      const { row, sees } = await visibleChange(request, tx, request.params, request.place)
      const seq = parseCursor(cursor, ['number'])?.[0] ?? 0
      const { orgId } = request.actor
      const zone = await zoneForChange(tx, orgId, request.params.zone_id, { lock: false })
      if (!zone) throw notFound()
      const entries = await visibleEntries(tx, request, { orgId, id: row.id }, sees, { seq, limit: limit + 1 })
      return pageOfRows(
        entries,
        limit,
        (entry) => presentEntry(entry, zone.name),
        (entry) => [entry.seq + 1],
      )
    }),

  'changes.revert': async (request) => {
    const { zone_id: zoneId, change_id: changeId } = request.params
    const { orgId } = request.actor
    const result = await changeZone(
      request,
      {
        zoneId,
        comment: request.body.comment,
        source: 'revert',
        reverts: changeId,
        dryRun: request.body.dry_run,
        longest: '8s',
        edit: async (tx, zone) => {
          const { row, sees } = await visibleChange(request, tx, request.params, request.place)
          if (row.serial_before === row.serial_after)
            throw new Fault('conflict', 'This change made the zone: delete the zone to take it back.')
          const entries = await entriesFrom(tx, request.allowed, { orgId, id: changeId }, { seq: 0, limit: everyEntry })
          if (sees) await refuseUnseen(request, tx, changeId, sees)
          const keys = [
            ...new Map(entries.map((entry) => [entry.sort_key.toString('latin1'), entry.sort_key])).values(),
          ]
          const now = await recordsAt(tx, request.allowed, { orgId, id: zone.id }, keys)
          return revertEntries(zone.name, entries, now)
        },
      },
      (tx, outcome) => presentOutcome(request, tx, zoneId, outcome),
      proposeInstead(request, { comment: request.body.comment, source: 'revert' }),
    )
    if (!(result instanceof Accepted)) request.answerHeaders.set('etag', etagOf(result.serial))
    return result
  },
} satisfies Routes<'changes.list' | 'changes.create' | 'changes.read' | 'changes.entries.list' | 'changes.revert'>

function placeOf(place: Resource | null): Resource {
  if (place === null) throw notFound()
  return place
}

/** A change of this zone; for whoever sees some records only, one that touched such a record. */
async function visibleChange(
  request: ZoneRequest,
  tx: Tx,
  params: { zone_id: string; change_id: string },
  place: Resource | null,
): Promise<{ row: ShownChange; sees: SeesRecord }> {
  const { orgId } = request.actor
  const row = await changeById(tx, request.allowed, { orgId, id: params.zone_id }, params.change_id)
  const sees = await visibleRecords(tx, request.actor, placeOf(place))
  if (!row) throw notFound()
  if (sees && (await countSeen(request, tx, row.id, sees)).seen === 0) throw notFound()
  return { row, sees }
}

/** Who sees some records only takes back no change of others: a refusal would name records that it may not know of. */
async function refuseUnseen(request: ZoneRequest, tx: Tx, changeId: string, sees: SeesRecord): Promise<void> {
  const { seen } = await countSeen(request, tx, changeId, sees)
  if (seen === (await countSeen(request, tx, changeId, null)).seen) return
  throw new Fault('forbidden', 'This change touched records that you do not see: who sees them all can take it back.', {
    permission: 'records.view',
  })
}

async function countSeen(request: ZoneRequest, tx: Tx, changeId: string, sees: SeesRecord) {
  const change = { orgId: request.actor.orgId, id: changeId }
  const entries = await visibleEntries(tx, request, change, sees, { seq: 0, limit: everyEntry })
  const added = entries.filter((entry) => entry.added).length
  return { added, removed: entries.length - added, seen: entries.length }
}

/** A page for whoever sees some records only: changes of others are left out, and the page is filled with older ones. */
async function narrowPage(
  request: ZoneRequest,
  tx: Tx,
  at: { orgId: string; id: string },
  sees: SeesRecord,
  { before, limit }: { before: string | null; limit: number },
) {
  const items: ItemOf<'changes.list'>[] = []
  for (let from = before; ; ) {
    const rows = await changePage(tx, request.allowed, at, { before: from, limit })
    for (const change of await presentChanges(tx, request.actor, rows)) {
      const { added, removed, seen } = await countSeen(request, tx, change.id, sees)
      if (seen === 0) continue
      if (items.length === limit) return { items, next: printCursor([items.at(-1)?.id ?? '']) }
      items.push({ ...change, added, removed })
    }
    from = rows.at(-1)?.id ?? null
    if (from === null || rows.length < limit) return { items, next: null }
  }
}
