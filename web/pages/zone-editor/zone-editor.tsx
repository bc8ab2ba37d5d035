import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { scopeKey, useCall } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Empty, Failure, Skeleton } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { count } from '../../words/times.ts'
import { useZone } from '../zone/use-zone.ts'
import { ClashList } from './clash-list.tsx'
import { filterRecords, typesOf } from './filter-records.ts'
import { settle } from './rebase.ts'
import { apexOf, type Values, valuesOf, type ZoneRecord } from './record.ts'
import { RecordForm } from './record-form.tsx'
import { RecordGrid } from './record-grid.tsx'
import type { RowActions } from './record-row.tsx'
import { type Result, ReviewDialog } from './review-dialog.tsx'
import { rowOf } from './row-words.ts'
import { SelectionBar } from './selection-bar.tsx'
import { StagedBar } from './staged-bar.tsx'
import { mostEdits, stageCreate, stageDeletes, stageTtls, stageUpdate, unstage } from './staging.ts'
import { Toolbar } from './toolbar.tsx'
import { useRebase } from './use-rebase.ts'
import { type Records, useRecords } from './use-records.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useStaging } from './use-staging.ts'
import { useWrites } from './use-writes.ts'

const nobody: ReadonlySet<string> = new Set()
const noFaults: ReadonlyMap<string, string> = new Map()

/** The records of a zone: looked through, edited in place, reviewed as a difference and applied as one change. */
export function ZoneEditor({ zoneId }: { zoneId: string }) {
  const zone = useZone()
  const me = useMe()
  const client = useQueryClient()
  const apex = apexOf(zone.name)
  const records = useRecords(zoneId, zone.serial)
  const staging = useStaging(zoneId, zone.serial)
  useRebase(records, staging)
  const { staged } = staging
  const writes = useWrites(zone, records.rows)
  const wide = useMedia('(min-width: 1024px)')
  const [{ q = '', type = '' }, change] = useAddress()
  const { shown, searching } = useShown(zoneId, records, { text: q, type })
  const created = useMemo(
    () => [...staged.values()].flatMap((edit) => (edit.op === 'create' ? [rowOf(edit)] : [])),
    [staged],
  )
  const rows = useMemo(() => (created.length > 0 ? [...created, ...shown] : shown), [created, shown])
  const types = useMemo(() => typesOf(records.rows), [records.rows])
  const [editing, setEditing] = useState<string | null>(null)
  const [selected, setSelected] = useState(nobody)
  const [faults, setFaults] = useState(noFaults)
  const [asking, setAsking] = useState<'review' | 'discard' | null>(null)
  const [wish, setWish] = useState<{ id: string } | null>(null)
  const search = useRef<HTMLDivElement>(null)
  const latest = useRef({ rows, writes })
  latest.current = { rows, writes }

  const find = useCallback((id: string) => latest.current.rows.find((row) => row.id === id), [])
  const { stage } = staging
  const allowed = useCallback((row: ZoneRecord) => {
    const refusal = latest.current.writes.refusalFor(row)
    if (refusal !== null) notify(refusal, true)
    return refusal === null
  }, [])
  const removeMany = useCallback(
    (ids: Iterable<string>) => {
      const wanted = new Set(ids)
      const all = latest.current.rows.filter(({ id }) => wanted.has(id))
      const may = all.filter((row) => latest.current.writes.refusalFor(row) === null)
      tellSkipped(all.length - may.length)
      stage((old) =>
        stageDeletes(
          old,
          may.filter(({ id }) => old.get(id)?.op !== 'create'),
          may.filter(({ id }) => old.get(id)?.op === 'create').map(({ id }) => id),
        ),
      )
    },
    [stage],
  )
  const actions: RowActions = useMemo(
    () => ({
      edit: (id) => {
        const row = find(id)
        if (row && allowed(row)) setEditing(id)
      },
      remove: (id) => {
        const row = find(id)
        if (row && allowed(row)) removeMany([id])
      },
      takeBack: (id) => stage((old) => unstage(old, [id])),
      select: (id, range) => setSelected((old) => toggled(old, id, range, latest.current.rows)),
    }),
    [find, allowed, removeMany, stage],
  )
  const leaveForm = () => {
    const id = editing
    setEditing(null)
    if (id !== null && id !== 'new') setWish({ id })
  }
  const stageValues = (values: Values) => {
    if (editing === null) return
    const record =
      editing === 'new'
        ? undefined
        : (records.rows.find(({ id }) => id === editing) ?? shown.find(({ id }) => id === editing))
    const id = editing === 'new' ? crypto.randomUUID() : editing
    stage((old) => (record ? stageUpdate(old, record, values) : stageCreate(old, id, values)))
    setFaults((old) => without(old, id))
    setEditing(null)
    setWish({ id })
  }
  const bulkTtl = (ttl: number) => {
    const all = rows.filter(({ id }) => selected.has(id))
    const may = all.filter((row) => writes.refusalFor(row) === null)
    tellSkipped(all.length - may.length)
    const fresh = new Set(created.map(({ id }) => id))
    stage((old) =>
      stageTtls(
        old,
        may.filter(({ id }) => !fresh.has(id)),
        ttl,
        may.filter(({ id }) => fresh.has(id)).map(({ id }) => id),
      ),
    )
  }
  const applied = (result: Result) => {
    const by = me.user.name
    const written = { at: new Date().toISOString(), by, changeId: result.change?.id ?? '' }
    records.replace(settle(records.rows, staged, apex, written))
    staging.moveTo(result.serial, new Map(), staging.clashes)
    setAsking(null)
    setFaults(noFaults)
    setSelected(nobody)
    notify(`${count(staged.size, 'change')} applied to ${zone.name}`)
    const first = rows.find(({ id }) => staged.has(id) && staged.get(id)?.op !== 'delete') ?? rows[0]
    if (first) setTimeout(() => setWish({ id: first.id }), 60)
  }
  const stale = () => {
    setAsking(null)
    notify('The zone was changed meanwhile. It is loaded again, and your edits are put on top.')
    void client.invalidateQueries({ queryKey: [scopeKey(), 'zones.read'] })
  }
  const add = () => {
    if (writes.refusal === null) setEditing('new')
  }
  useShortcuts({ add, undo: staging.undo, redo: staging.redo })

  const form = (start: { id: string; values: Values } | null) => (
    <RecordForm
      key={start?.id ?? 'new'}
      apex={apex}
      start={start}
      rows={records.rows}
      staged={staged}
      refusalFor={writes.refusalFor}
      onStage={stageValues}
      onCancel={leaveForm}
    />
  )
  const filtered = q !== '' || type !== ''
  const total = filtered || records.complete ? rows.length : Math.max(rows.length, zone.records + created.length)
  const waiting = records.complete && records.serial === zone.serial && staging.serial === zone.serial
  if (records.fault && records.rows.length === 0) return <Failure fault={records.fault} onRetry={records.retry} />
  return (
    <div className="grid min-w-0 gap-3">
      {writes.refusal === null ? null : <ReadOnly reason={writes.refusal} />}
      <ClashList
        clashes={staging.clashes}
        onKeep={(clash, edit) => staging.settleClash(clash, (old) => new Map(old).set(edit.id, edit))}
        onDrop={(clash) => staging.settleClash(clash, (old) => old)}
      />
      <Toolbar
        search={search}
        text={q}
        type={type}
        types={types}
        refusal={writes.refusal}
        onText={(text) => change({ q: text })}
        onType={(next) => change({ type: next })}
        onAdd={add}
      />
      {editing === 'new' ? (
        <section aria-label="New record" className="rounded-lg border border-edge bg-surface">
          {form(null)}
        </section>
      ) : null}
      <SelectionBar
        many={selected.size}
        refusal={writes.refusal ?? tooMany(selected.size)}
        onDelete={() => removeMany(selected)}
        onTtl={bulkTtl}
        onClear={() => setSelected(nobody)}
      />
      <Progress records={records} total={zone.records} searching={searching} shown={filtered ? rows.length : null} />
      {rows.length > 0 ? (
        <RecordGrid
          key={wide ? 'table' : 'cards'}
          label={`Records of ${zone.name}`}
          rows={rows}
          total={total}
          staged={staged}
          faults={faults}
          selected={selected}
          editing={editing}
          wide={wide}
          busy={!records.complete}
          refusalFor={writes.refusalFor}
          actions={actions}
          onSelect={setSelected}
          onSearch={() => search.current?.querySelector('input')?.focus()}
          onDelete={(id) => (selected.has(id) ? removeMany(selected) : actions.remove(id))}
          wish={wish}
          form={(record) => {
            const edit = staged.get(record.id)
            return form({ id: record.id, values: edit && edit.op !== 'delete' ? edit.values : valuesOf(record) })
          }}
        />
      ) : !records.complete || searching ? (
        <Skeleton />
      ) : (
        <Nothing
          filtered={filtered}
          refusal={writes.refusal}
          onAdd={add}
          onClear={() => change({ q: undefined, type: undefined })}
        />
      )}
      <StagedBar
        staging={staging}
        refusal={tooMany(staged.size) ?? (waiting ? null : 'The zone is still being loaded.')}
        onReview={() => setAsking('review')}
        onDiscard={() => setAsking('discard')}
      />
      {asking === 'review' ? (
        <ReviewDialog
          zone={zone}
          serial={staging.serial}
          staged={staged}
          rows={records.rows}
          onClose={() => setAsking(null)}
          onFaults={setFaults}
          onStale={stale}
          onApplied={applied}
        />
      ) : null}
      <Confirm
        open={asking === 'discard'}
        onClose={() => setAsking(null)}
        title={`Discard ${count(staged.size, 'change')}?`}
        action="Discard"
        busy={false}
        fault={null}
        onConfirm={() => {
          stage(() => new Map())
          setFaults(noFaults)
          setAsking(null)
        }}
      >
        Nothing of it was written. Undo brings it back as long as you stay on this page.
      </Confirm>
    </div>
  )
}

/** What the filter leaves: here once all is loaded, from the server's search until then. */
function useShown(zoneId: string, records: Records, filter: { text: string; type: string }) {
  const wanted = useDeferredValue(filter.text)
  const active = filter.text !== '' || filter.type !== ''
  const ask = active && !records.complete
  const query = {
    limit: 500,
    ...(filter.text ? { q: filter.text } : {}),
    ...(filter.type ? { type: filter.type } : {}),
  }
  const found = useCall('records.list', { params: { zone_id: zoneId }, query }, { enabled: ask })
  const local = useMemo(
    () => filterRecords(records.rows, { text: wanted, type: filter.type }),
    [records.rows, wanted, filter.type],
  )
  if (ask && found.data) return { shown: found.data.items, searching: false }
  return { shown: local, searching: ask && found.isPending }
}

type ProgressProps = { records: Records; total: number; searching: boolean; shown: number | null }

function Progress({ records, total, searching, shown }: ProgressProps) {
  const { complete, rows, renewing, fault, retry } = records
  if (fault) return <Failure fault={fault} onRetry={retry} />
  const text = searching
    ? 'Searching on the server'
    : !complete
      ? `${count(rows.length, 'record')} of ${total.toLocaleString('en')} here, the rest is on its way`
      : renewing
        ? 'The zone was changed; reading it again'
        : shown === null
          ? ''
          : count(shown, 'record fits', 'records fit')
  return (
    <div role="status" className={text === '' ? 'sr-only' : 'flex items-center gap-3 text-sm text-muted'}>
      {text}
      {!complete && total > 0 ? (
        <progress aria-hidden="true" value={rows.length} max={total} className="h-1.5 w-32 accent-accent" />
      ) : null}
    </div>
  )
}

function ReadOnly({ reason }: { reason: string }) {
  return (
    <div className="flex gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <Icon name="lock" className="mt-0.5 size-5 text-muted" />
      <div className="min-w-0">
        <p className="font-medium">You can read these records, not change them</p>
        <p className="break-words text-muted">{reason}</p>
      </div>
    </div>
  )
}

type NothingProps = { filtered: boolean; refusal: string | null; onAdd: () => void; onClear: () => void }

function Nothing({ filtered, refusal, onAdd, onClear }: NothingProps) {
  if (filtered) {
    return (
      <Empty icon="search" title="No record fits" action={<Button onClick={onClear}>Show all records</Button>}>
        Look for a part of a name, a type or the data.
      </Empty>
    )
  }
  return (
    <Empty
      icon="zones"
      title="No records yet"
      action={
        <Button icon="plus" refusal={refusal} onClick={onAdd}>
          Add the first record
        </Button>
      }
    >
      Most begin with where the website is (A) and where mail goes (MX).
    </Empty>
  )
}

function tooMany(many: number): string | null {
  return many > mostEdits
    ? `At most ${count(mostEdits, 'change')} go into one; these are ${many.toLocaleString('en')}.`
    : null
}

function tellSkipped(many: number) {
  if (many > 0)
    notify(`${count(many, 'record')} left as before: you may not change ${many === 1 ? 'it' : 'them'}.`, true)
}

function without(faults: ReadonlyMap<string, string>, id: string): ReadonlyMap<string, string> {
  const next = new Map(faults)
  next.delete(id)
  return next
}

function toggled(old: ReadonlySet<string>, id: string, range: boolean, rows: readonly ZoneRecord[]): Set<string> {
  const next = new Set(old)
  const last = range ? [...old].at(-1) : undefined
  const from = rows.findIndex((row) => row.id === last)
  const to = rows.findIndex((row) => row.id === id)
  if (from >= 0) for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id)
  else if (!next.delete(id)) next.add(id)
  return next
}
