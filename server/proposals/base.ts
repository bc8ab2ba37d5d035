import { printRdata, typeName } from '@zoneward/dns'
import { withoutNothings } from '../changes/difference.ts'
import { type Operation, planOperations, type ZoneView } from '../changes/plan-operations.ts'
import { makeRecord, rrsetKey, type StoredRecord, type ZoneEdit } from '../changes/zone-record.ts'
import { shownName } from '../records/record-names.ts'

/** The sets of records that a proposal was made on, as they are kept with it; one may have been empty. */
export type Base = { sets: BaseSet[] }
export type BaseSet = { owner: string; type: number; records: { id: string; ttl: number; rdata: string }[] }

/** Every set that an edit touches, as the zone has it now. */
export async function baseOf(view: ZoneView, edit: Pick<ZoneEdit, 'removed' | 'added'>): Promise<Base> {
  const touched = new Map([...edit.removed, ...edit.added].map((record) => [rrsetKey(record), record]))
  const now = await setsNow(view, [...touched.values()])
  const sets = [...touched].map(([key, { owner, type }]) => ({ owner, type, records: keep(now.get(key) ?? []) }))
  return { sets }
}

function keep(records: StoredRecord[]): BaseSet['records'] {
  return records.map(({ id, ttl, rdata }) => ({ id, ttl, rdata: rdata.toString('base64') }))
}

async function setsNow(
  view: ZoneView,
  records: Pick<StoredRecord, 'sort_key'>[],
): Promise<Map<string, StoredRecord[]>> {
  const keys = new Map(records.map((record) => [record.sort_key.toString('latin1'), record.sort_key]))
  return Map.groupBy(await view.atNames([...keys.values()]), rrsetKey)
}

/** A record of each touched set, for questions about names and types alone. */
export function touchedBy({ sets }: Base): StoredRecord[] {
  return sets.map(({ owner, type }) => makeRecord('', { owner, type, ttl: 0, rdata: Buffer.alloc(0) }))
}

/** The zone as the proposal was made on it. */
export function viewOfBase(apex: string, base: Base): ZoneView {
  const records = base.sets.flatMap(recordsOf)
  return {
    apex,
    byId: async (ids) => records.filter(({ id }) => ids.includes(id)),
    atNames: async (keys) => {
      const wanted = new Set(keys.map((key) => key.toString('latin1')))
      return records.filter(({ sort_key }) => wanted.has(sort_key.toString('latin1')))
    },
  }
}

function recordsOf({ owner, type, records }: BaseSet): StoredRecord[] {
  return records.map(({ id, ttl, rdata }) => makeRecord(id, { owner, type, ttl, rdata: Buffer.from(rdata, 'base64') }))
}

/** What was proposed, planned on the zone that it is shown. */
export async function planProposal(view: ZoneView, operations: Operation[]): Promise<ZoneEdit> {
  return withoutNothings(await planOperations(view, operations, { single: false }))
}

/** Whether two edits take away and put in place the same, whatever the ids of what is new. */
export function sameDifference(one: ZoneEdit, other: ZoneEdit): boolean {
  return told(one) === told(other)
}

function told({ removed, added }: ZoneEdit): string {
  const line = (sign: string) => (record: StoredRecord) =>
    `${sign} ${rrsetKey(record)} ${record.owner} ${record.ttl} ${record.rdata.toString('base64')}`
  return [...removed.map(line('-')), ...added.map(line('+'))].sort().join('\n')
}

type Shown = { ttl: number; data: string }
export type Moved = { owner: string; name: string; type: string; before: Shown[]; now: Shown[] }

/** The sets that are no longer as they were when the change was proposed. */
export async function movedSince(view: ZoneView, base: Base): Promise<Moved[]> {
  const now = await setsNow(view, touchedBy(base))
  return base.sets.flatMap((set) => {
    const before = recordsOf(set)
    const [probe] = touchedBy({ sets: [set] })
    const current = probe ? (now.get(rrsetKey(probe)) ?? []) : []
    const lines = [before, current].map((records) => records.map(shown).sort(byData))
    const [was = [], is = []] = lines
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    return [{ owner: set.owner, name: shownName(set.owner), type: typeName(set.type), before: was, now: is }]
  })
}

function shown({ ttl, type, rdata }: StoredRecord): Shown {
  return { ttl, data: printRdata(type, rdata) }
}

function byData(a: Shown, b: Shown): number {
  return a.data < b.data ? -1 : a.data > b.data ? 1 : a.ttl - b.ttl
}

/** An edit as operations that make it again: for a write that was not asked for operation by operation. */
export function operationsOf({ removed, added }: ZoneEdit): Operation[] {
  const before = new Set(removed.map(({ id }) => id))
  const after = new Set(added.map(({ id }) => id))
  const fields = ({ owner, type, ttl, rdata }: StoredRecord) => ({
    ...{ name: owner, type: typeName(type), ttl },
    data: printRdata(type, rdata),
  })
  return [
    ...removed.filter(({ id }) => !after.has(id)).map(({ id }) => ({ op: 'delete' as const, record_id: id })),
    ...added.map((record) =>
      before.has(record.id)
        ? { op: 'update' as const, record_id: record.id, ...fields(record) }
        : { op: 'create' as const, ...fields(record) },
    ),
  ]
}
