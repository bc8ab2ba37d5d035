import type { ParsedBody } from '@zoneward/api'
import { isMetaType, parseRdata, printRdata, splitLongStrings, TYPE, typeName, typeNumber } from '@zoneward/dns'
import { Fault, notFound } from '../fault.ts'
import { newId } from '../ids.ts'
import { readRecordName, shownOwner } from '../records/record-names.ts'
import { asBuffer, contentKey, makeRecord, rrsetKey, type StoredRecord, type ZoneEdit } from './zone-record.ts'

export type Operation = ParsedBody<'changes.create'>['operations'][number]

/** How the planner looks into the zone. */
export type ZoneView = {
  apex: string
  byId(ids: string[]): Promise<StoredRecord[]>
  atNames(sortKeys: Buffer[]): Promise<StoredRecord[]>
}

type Wanted = { path: string; old: StoredRecord | null; next: StoredRecord | null; ttlGiven: boolean; index: number }
type FieldError = { path: string; message: string }

/**
 * The difference that edits make. A TTL holds for a whole RRset, so changing one changes its neighbours too. Faults name
 * the operation and the field; `single` is for an operation that is alone in its request.
 */
export async function planOperations(
  view: ZoneView,
  operations: Operation[],
  { single }: { single: boolean },
): Promise<ZoneEdit> {
  const path = (index: number, field: string) => (single ? field : `operations.${index}.${field}`)
  const known = await knownRecords(view, operations, path, single)
  const errors: FieldError[] = []
  const wanted = operations.map((operation, index) =>
    readOperation(
      view.apex,
      operation,
      index,
      known,
      (field, message) => errors.push({ path: path(index, field), message }),
      path,
    ),
  )
  if (errors.length > 0) throw invalid(errors)
  const keys = new Map<string, Buffer>()
  for (const { old, next } of wanted) {
    if (old) keys.set(old.sort_key.toString('latin1'), old.sort_key)
    if (next) keys.set(next.sort_key.toString('latin1'), next.sort_key)
  }
  const existing = await view.atNames([...keys.values()])
  const gone = new Set(wanted.flatMap(({ old }) => (old ? [old.id] : [])))
  const staying = existing.filter((record) => !gone.has(record.id))
  const double = findDouble(view.apex, staying, wanted)
  const edit = settleTtls(view.apex, staying, wanted)
  return double ? { ...edit, refused: double } : edit
}

async function knownRecords(
  view: ZoneView,
  operations: Operation[],
  path: (index: number, field: string) => string,
  single: boolean,
): Promise<Map<string, StoredRecord>> {
  const ids = operations.flatMap((operation) => (operation.op === 'create' ? [] : [operation.record_id]))
  const known = new Map((await view.byId([...new Set(ids)])).map((record) => [record.id, record]))
  if (single && known.size < ids.length) throw notFound()
  const seen = new Set<string>()
  operations.forEach((operation, index) => {
    if (operation.op === 'create') return
    const id = operation.record_id
    const message = !known.has(id)
      ? 'This record is not there any more: somebody changed the zone. Load it again.'
      : 'This record is changed twice in one change: put both into one operation.'
    if (known.has(id) && !seen.has(id)) seen.add(id)
    else
      throw new Fault(known.has(id) ? 'invalid' : 'conflict', message, {
        fields: [{ path: path(index, 'record_id'), message }],
      })
  })
  return known
}

function readOperation(
  apex: string,
  operation: Operation,
  index: number,
  known: Map<string, StoredRecord>,
  fail: (field: string, message: string) => void,
  path: (index: number, field: string) => string,
): Wanted {
  const old = operation.op === 'create' ? null : (known.get(operation.record_id) ?? null)
  const base = { index, path: path(index, 'data'), old }
  if (operation.op === 'delete') return { ...base, next: null, ttlGiven: false }
  const name = operation.name === undefined ? { owner: old?.owner ?? apex } : readRecordName(operation.name, apex)
  if ('error' in name) fail('name', sentence(name.error))
  const data = readData(apex, operation, old)
  if ('error' in data) fail(data.field, data.error)
  if ('error' in name || 'error' in data) return { ...base, next: null, ttlGiven: false }
  const ttl = operation.ttl ?? old?.ttl ?? 3600
  const next = makeRecord(old?.id ?? newId(), { owner: name.owner, ttl, ...data })
  return { ...base, next, ttlGiven: operation.ttl !== undefined }
}

type ReadData = { type: number; rdata: Buffer } | { field: 'type' | 'data'; error: string }

function readData(
  apex: string,
  written: { type?: string | undefined; data?: string | undefined },
  old: StoredRecord | null,
): ReadData {
  const type = written.type === undefined ? (old?.type ?? 0) : (typeNumber(written.type) ?? 0)
  if (type === 0 || isMetaType(type))
    return {
      field: 'type',
      error: `"${written.type}" is no type that a zone can hold: write one such as A, MX or TXT.`,
    }
  if (written.data === undefined) {
    if (old && type === old.type) return { type, rdata: old.rdata }
    return {
      field: 'data',
      error: `The data of ${typeName(old?.type ?? 0)} does not fit ${typeName(type)}: write it anew.`,
    }
  }
  const read = parseRdata(type, type === TYPE.TXT ? splitLongStrings(written.data) : written.data, apex)
  return 'error' in read ? { field: 'data', error: sentence(read.error) } : { type, rdata: asBuffer(read.rdata) }
}

/** A record that is there already cannot come again; the Fault waits until the caller is known to be allowed there. */
function findDouble(apex: string, staying: StoredRecord[], wanted: Wanted[]): Fault | null {
  const there = new Set(staying.map(contentKey))
  for (const { next, path } of wanted) {
    if (!next) continue
    const key = contentKey(next)
    if (there.has(key)) {
      const message = `Cannot add ${typeName(next.type)} at "${shownOwner(next.owner, apex)}": the same record already exists, ${printRdata(next.type, next.rdata)}`
      return new Fault('conflict', message, { fields: [{ path, message }] })
    }
    there.add(key)
  }
  return null
}

/** One TTL for each RRset: the one that was asked for, else the one it has. */
function settleTtls(apex: string, staying: StoredRecord[], wanted: Wanted[]): ZoneEdit {
  const removed = wanted.flatMap(({ old }) => old ?? [])
  const added: StoredRecord[] = []
  const warnings: string[] = []
  const sets = Map.groupBy(wanted, ({ next }) => (next ? rrsetKey(next) : ''))
  sets.delete('')
  const neighbours = Map.groupBy(staying, rrsetKey)
  for (const [key, members] of sets) {
    const others = neighbours.get(key) ?? []
    const ttl = ttlOf(apex, members, others)
    for (const { next } of members) if (next) added.push({ ...next, ttl })
    const moved = others.filter((record) => record.ttl !== ttl)
    for (const record of moved) {
      removed.push(record)
      added.push({ ...record, ttl })
    }
    const [first] = moved
    if (first)
      warnings.push(
        `A TTL holds for a whole set: ${moved.length} more ${typeName(first.type)} at "${shownOwner(first.owner, apex)}" now ${moved.length === 1 ? 'has' : 'have'} ${ttl} too.`,
      )
  }
  return { removed, added, warnings }
}

function ttlOf(apex: string, members: Wanted[], others: StoredRecord[]): number {
  // Whoever repeats the TTL that a record has anyway asks for nothing.
  const asked = members.filter(({ ttlGiven, old, next }) => ttlGiven && (old === null || old.ttl !== next?.ttl))
  const given = new Set(
    (asked.length > 0 ? asked : members.filter((each) => each.ttlGiven)).flatMap(({ next }) => next?.ttl ?? []),
  )
  const [ttl, second] = [...given]
  if (ttl !== undefined && second !== undefined) {
    const { next = null, path = '' } = members[0] ?? {}
    const where = next ? `${typeName(next.type)} at "${shownOwner(next.owner, apex)}"` : ''
    throw invalid([
      {
        path,
        message: `A TTL holds for a whole set, but ${where} would have ${ttl} and ${second}: give all the same.`,
      },
    ])
  }
  return ttl ?? others[0]?.ttl ?? members[0]?.next?.ttl ?? 3600
}

function invalid(fields: FieldError[]): Fault {
  return new Fault('invalid', fields[0]?.message ?? 'Something is not right.', { fields: fields.slice(0, 50) })
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
