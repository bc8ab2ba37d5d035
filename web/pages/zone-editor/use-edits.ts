import { useCallback, useMemo, useRef, useState } from 'react'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'
import type { Values, ZoneRecord } from './record.ts'
import type { RowActions } from './record-row.tsx'
import { toggled } from './selection.ts'
import { mostEdits, stageCreate, stageDeletes, stageTtls, stageUpdate, unstage } from './staging.ts'
import type { Staging } from './use-staging.ts'
import type { Writes } from './use-writes.ts'

const nobody: ReadonlySet<string> = new Set()
const noFaults: ReadonlyMap<string, string> = new Map()

/** What is selected, what is open, what the server said; and the edits that rows ask for, as far as they are allowed. */
export function useEdits(rows: readonly ZoneRecord[], staging: Staging, writes: Writes) {
  const [editing, setEditing] = useState<string | null>(null)
  const [selected, setSelected] = useState(nobody)
  const [faults, setFaults] = useState(noFaults)
  const [wish, setWish] = useState<{ id: string } | null>(null)
  const { stage } = staging
  const latest = useRef({ rows, writes })
  latest.current = { rows, writes }
  const removeMany = useCallback(
    (ids: Iterable<string>) =>
      stage((old) => {
        const { fresh, there } = partsOf(allowedOf(ids, latest.current), old)
        return stageDeletes(old, there, fresh)
      }),
    [stage],
  )
  const setTtl = useCallback(
    (ids: Iterable<string>, ttl: number) =>
      stage((old) => {
        const { fresh, there } = partsOf(allowedOf(ids, latest.current), old)
        return stageTtls(old, there, ttl, fresh)
      }),
    [stage],
  )
  const actions: RowActions = useMemo(() => {
    const find = (id: string) => {
      const row = latest.current.rows.find((one) => one.id === id)
      const refusal = row ? latest.current.writes.refusalFor(row) : null
      if (refusal !== null) notify(refusal, true)
      return refusal === null ? row : undefined
    }
    return {
      edit: (id) => (find(id) ? setEditing(id) : undefined),
      remove: (id) => (find(id) ? removeMany([id]) : undefined),
      takeBack: (id) => stage((old) => unstage(old, [id])),
      select: (id, range) => setSelected((old) => toggled(old, id, range, latest.current.rows)),
    }
  }, [removeMany, stage])
  const close = (id: string | null) => {
    setEditing(null)
    if (id !== null && id !== 'new') setWish({ id })
  }
  const stageValues = (values: Values) => {
    if (editing === null) return
    const record = rows.find(({ id }) => id === editing && !isFresh(staging, id))
    const id = editing === 'new' ? crypto.randomUUID() : editing
    stage((old) => (record ? stageUpdate(old, record, values) : stageCreate(old, id, values)))
    setFaults((old) => new Map([...old].filter(([other]) => other !== id)))
    close(id)
  }
  return {
    editing,
    add: () => (writes.refusal === null ? setEditing('new') : undefined),
    cancel: () => close(editing),
    stageValues,
    selected,
    select: setSelected,
    clearSelection: () => setSelected(nobody),
    removeMany,
    setTtl,
    faults,
    setFaults,
    clear: () => {
      setFaults(noFaults)
      setSelected(nobody)
    },
    wish,
    focus: (id: string) => setWish({ id }),
    actions,
  }
}

function isFresh({ staged }: Staging, id: string): boolean {
  return staged.get(id)?.op === 'create'
}

/** The rows among these that may be changed; the others are told. */
function allowedOf(ids: Iterable<string>, { rows, writes }: { rows: readonly ZoneRecord[]; writes: Writes }) {
  const wanted = new Set(ids)
  const all = rows.filter(({ id }) => wanted.has(id))
  const may = all.filter((row) => writes.refusalFor(row) === null)
  const left = all.length - may.length
  // Told after the state has settled, since this runs while it is computed.
  if (left > 0) {
    const text = `${count(left, 'record')} left as before: you may not change ${left === 1 ? 'it' : 'them'}.`
    queueMicrotask(() => notify(text, true))
  }
  return may
}

function partsOf(rows: readonly ZoneRecord[], staged: Staging['staged']) {
  const isNew = ({ id }: ZoneRecord) => staged.get(id)?.op === 'create'
  return { fresh: rows.filter(isNew).map(({ id }) => id), there: rows.filter((row) => !isNew(row)) }
}

/** Why so many cannot go together; null where they can. */
export function tooMany(many: number): string | null {
  if (many <= mostEdits) return null
  return `At most ${count(mostEdits, 'change')} go into one; these are ${many.toLocaleString('en')}.`
}
