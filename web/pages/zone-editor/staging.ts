import { sameValues, type Values, valuesOf, type ZoneRecord } from './record.ts'

/** One edit that waits to be applied. `id` is the record's, or one of its own for a record that is not there yet. */
export type Edit =
  | { op: 'create'; id: string; values: Values }
  | { op: 'update'; id: string; before: Values; values: Values }
  | { op: 'delete'; id: string; before: Values }

/** The edits by id, in the order they were made. Never changed in place, so that an older state can come back. */
export type Staged = ReadonlyMap<string, Edit>

export type History = { past: readonly Staged[]; now: Staged; future: readonly Staged[] }

export const nothingStaged: Staged = new Map()
export const emptyHistory: History = { past: [], now: nothingStaged, future: [] }

const mostSteps = 200
/** What one request may carry. */
export const mostEdits = 20_000

/** A new record, or new values for one that is staged as new already. */
export function stageCreate(staged: Staged, id: string, values: Values): Staged {
  return new Map(staged).set(id, { op: 'create', id, values })
}

/** New values for a record; values as they were before take the edit back. */
export function stageUpdate(staged: Staged, record: ZoneRecord, values: Values): Staged {
  const before = valuesOf(record)
  const next = new Map(staged)
  if (sameValues(before, values)) next.delete(record.id)
  else next.set(record.id, { op: 'update', id: record.id, before, values })
  return next
}

/** Records that are to go; one that was only staged is simply no more. */
export function stageDeletes(staged: Staged, records: readonly ZoneRecord[], created: readonly string[] = []): Staged {
  const next = new Map(staged)
  for (const record of records) next.set(record.id, { op: 'delete', id: record.id, before: valuesOf(record) })
  for (const id of created) next.delete(id)
  return next
}

/** One TTL for many, on top of what is staged for them already. */
export function stageTtls(
  staged: Staged,
  records: readonly ZoneRecord[],
  ttl: number,
  created: readonly string[] = [],
): Staged {
  let next = new Map(staged)
  for (const record of records) {
    const edit = next.get(record.id)
    if (edit?.op === 'delete') continue
    const values = { ...(edit?.values ?? valuesOf(record)), ttl }
    if (sameValues(valuesOf(record), values)) next.delete(record.id)
    else next.set(record.id, { op: 'update', id: record.id, before: valuesOf(record), values })
  }
  for (const id of created) {
    const edit = next.get(id)
    if (edit?.op === 'create') next = next.set(id, { ...edit, values: { ...edit.values, ttl } })
  }
  return next
}

/** Takes edits back, one by one. */
export function unstage(staged: Staged, ids: Iterable<string>): Staged {
  const next = new Map(staged)
  for (const id of ids) next.delete(id)
  return next
}

/** A step that can be undone; no step where nothing changed. */
export function step(history: History, next: Staged): History {
  if (next === history.now || sameStaged(next, history.now)) return history
  return { past: [...history.past, history.now].slice(-mostSteps), now: next, future: [] }
}

export function undo(history: History): History {
  const before = history.past.at(-1)
  if (!before) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] }
}

export function redo(history: History): History {
  const [after, ...later] = history.future
  if (!after) return history
  return { past: [...history.past, history.now], now: after, future: later }
}

function sameStaged(a: Staged, b: Staged): boolean {
  if (a.size !== b.size) return false
  for (const [id, edit] of a) {
    const other = b.get(id)
    if (other?.op !== edit.op) return false
    if (edit.op !== 'delete' && other.op !== 'delete' && !sameValues(edit.values, other.values)) return false
  }
  return true
}

/** How many of each kind wait. */
export function countStaged(staged: Staged): Record<Edit['op'], number> {
  const counts = { create: 0, update: 0, delete: 0 }
  for (const { op } of staged.values()) counts[op] += 1
  return counts
}
