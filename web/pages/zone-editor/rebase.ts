import { compareNames } from '@zoneward/dns'
import { absoluteOwner, bare, sameValues, type Values, valuesOf, type ZoneRecord } from './record.ts'
import type { Edit, Staged } from './staging.ts'

/** An edit that no longer fits: the record went, or says something else than when the edit was made. */
export type Clash = { edit: Edit; now: ZoneRecord | null }

/**
 * The staged edits on a zone that moved on. What still fits stays; what somebody else has done already is dropped
 * without a word; what was changed under one's hands is told, and waits for a decision.
 */
export function rebase(staged: Staged, records: readonly ZoneRecord[]): { staged: Staged; clashes: Clash[] } {
  const wanted = new Set(staged.keys())
  const byId = new Map<string, ZoneRecord>()
  const wantedContent = new Set(
    [...staged.values()].map((edit) => contentOf(edit.op === 'create' ? edit.values : edit.before)),
  )
  const byContent = new Map<string, ZoneRecord>()
  for (const record of records) {
    if (wanted.has(record.id)) byId.set(record.id, record)
    const content = contentOf(record)
    if (wantedContent.has(content)) byContent.set(content, record)
  }
  const kept = new Map<string, Edit>()
  const clashes: Clash[] = []
  for (const edit of staged.values()) {
    if (edit.op === 'create') {
      if (byContent.get(contentOf(edit.values))?.ttl !== edit.values.ttl) kept.set(edit.id, edit)
      continue
    }
    // A record that was taken away and came back has another id, and is the same to people.
    const now = byId.get(edit.id) ?? byContent.get(contentOf(edit.before)) ?? null
    const fate = fateOf(edit, now)
    if (fate === 'clash') clashes.push({ edit, now })
    else if (fate === 'keep' && now) kept.set(now.id, { ...edit, id: now.id })
  }
  return { staged: kept, clashes }
}

function fateOf(edit: Exclude<Edit, { op: 'create' }>, now: ZoneRecord | null): 'keep' | 'drop' | 'clash' {
  if (!now) return edit.op === 'delete' ? 'drop' : 'clash'
  if (edit.op === 'update' && sameValues(edit.values, valuesOf(now))) return 'drop'
  return sameValues(edit.before, valuesOf(now)) ? 'keep' : 'clash'
}

/** The edit on the record as it is now, or as a new record where it is gone. */
export function insist({ edit, now }: Clash, newId: string): Edit {
  if (edit.op === 'create') return edit
  if (now) return { ...edit, id: now.id, before: valuesOf(now) }
  return edit.op === 'update' ? { op: 'create', id: newId, values: edit.values } : edit
}

function contentOf({ owner, type, data }: Pick<Values, 'owner' | 'type' | 'data'>): string {
  return `${owner.toLowerCase()}\n${type}\n${data}`
}

/**
 * The records after an applied change, until they are read again: in place where they were, new ones where DNS order
 * puts them.
 */
export function settle(
  records: readonly ZoneRecord[],
  staged: Staged,
  apex: string,
  written: { at: string; by: string; changeId: string },
): ZoneRecord[] {
  const stamp = { changed_at: written.at, changed_by: { id: null, name: written.by }, change_id: written.changeId }
  const make = (id: string, values: Values): ZoneRecord => {
    const name = bare(absoluteOwner(values.owner, apex))
    return { id, name, ...values, protected: values.type === 'SOA', ...stamp }
  }
  const settled: ZoneRecord[] = []
  for (const record of records) {
    const edit = staged.get(record.id)
    if (edit?.op === 'delete') continue
    settled.push(edit?.op === 'update' ? make(record.id, edit.values) : record)
  }
  for (const edit of staged.values()) {
    if (edit.op !== 'create') continue
    const record = make(edit.id, edit.values)
    const after = settled.findIndex(({ name }) => compareNames(`${name}.`, `${record.name}.`) > 0)
    settled.splice(after < 0 ? settled.length : after, 0, record)
  }
  return settled
}
