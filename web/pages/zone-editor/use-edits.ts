import { useCallback, useMemo, useRef, useState } from 'react'
import { count } from '../../words/times.ts'
import type { Values, ZoneRecord } from './record.ts'
import type { RowActions } from './record-row.tsx'
import { toggled } from './selection.ts'
import { mostEdits, type Staged, stageCreate, stageDeletes, stageTtls, stageUpdate, unstage } from './staging.ts'
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
  const allow = useCallback((ids: Iterable<string>) => {
    const { may, reasons } = allowedOf(ids, latest.current)
    if (reasons.size > 0) setFaults((old) => new Map([...old, ...reasons]))
    return may
  }, [])
  const removeMany = useCallback(
    (ids: Iterable<string>) => {
      const may = allow(ids)
      stage((old) => stageDeletes(old, ...partsOf(may, old)))
    },
    [allow, stage],
  )
  const setTtl = useCallback(
    (ids: Iterable<string>, ttl: number) => {
      const may = allow(ids)
      stage((old) => {
        const [there, fresh] = partsOf(may, old)
        return stageTtls(old, there, ttl, fresh)
      })
    },
    [allow, stage],
  )
  const actions: RowActions = useMemo(() => {
    const find = (id: string) => {
      const row = latest.current.rows.find((one) => one.id === id)
      const refusal = row ? latest.current.writes.refusalFor(row) : null
      if (refusal !== null) setFaults((old) => new Map(old).set(id, refusal))
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

/** The rows among these that may be changed; the others say why not where they stand. */
function allowedOf(ids: Iterable<string>, { rows, writes }: { rows: readonly ZoneRecord[]; writes: Writes }) {
  const wanted = new Set(ids)
  const may: ZoneRecord[] = []
  const reasons = new Map<string, string>()
  for (const row of rows) {
    if (!wanted.has(row.id)) continue
    const refusal = writes.refusalFor(row)
    if (refusal === null) may.push(row)
    else reasons.set(row.id, refusal)
  }
  return { may, reasons }
}

/** The records that are there, and the ids of those that are only staged. */
function partsOf(rows: readonly ZoneRecord[], staged: Staged): [ZoneRecord[], string[]] {
  const isNew = ({ id }: ZoneRecord) => staged.get(id)?.op === 'create'
  return [rows.filter((row) => !isNew(row)), rows.filter(isNew).map(({ id }) => id)]
}

/** Why so many cannot go together; null where they can. */
export function tooMany(many: number): string | null {
  if (many <= mostEdits) return null
  return `At most ${count(mostEdits, 'change')} go into one; these are ${many.toLocaleString('en')}.`
}
