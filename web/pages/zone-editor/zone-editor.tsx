import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { scopeKey } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { useMe } from '../../session/use-me.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { count } from '../../words/times.ts'
import { useZone } from '../zone/use-zone.ts'
import { ClashList } from './clash-list.tsx'
import { Nothing, Progress, ReadOnly } from './editor-states.tsx'
import { typesOf } from './filter-records.ts'
import { Proposed, ProposeOnly } from './propose-states.tsx'
import { settle } from './rebase.ts'
import { apexOf, type Values, valuesOf } from './record.ts'
import { RecordForm } from './record-form.tsx'
import { RecordGrid } from './record-grid.tsx'
import { type Result, ReviewDialog } from './review-dialog.tsx'
import { rowOf } from './row-words.ts'
import { SelectionBar } from './selection-bar.tsx'
import { StagedBar } from './staged-bar.tsx'
import { Toolbar } from './toolbar.tsx'
import { tooMany, useEdits } from './use-edits.ts'
import { useProposing } from './use-proposing.ts'
import { useRebase } from './use-rebase.ts'
import { useRecords } from './use-records.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useShown } from './use-shown.ts'
import { useStaging } from './use-staging.ts'
import { useWrites } from './use-writes.ts'

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
  const { writes, proposes } = useProposing(zone, useWrites(zone, records.rows))
  const [proposed, setProposed] = useState<string | null>(null)
  const wide = useMedia('(min-width: 1024px)')
  const [{ q = '', type = '' }, change] = useAddress()
  const { shown, searching } = useShown(zoneId, records, { text: q, type })
  const created = useMemo(
    () => [...staged.values()].flatMap((edit) => (edit.op === 'create' ? [rowOf(edit)] : [])),
    [staged],
  )
  const rows = useMemo(() => (created.length > 0 ? [...created, ...shown] : shown), [created, shown])
  const types = useMemo(() => typesOf(records.rows), [records.rows])
  const edits = useEdits(rows, staging, writes)
  const [asking, setAsking] = useState<'review' | 'discard' | null>(null)
  const search = useRef<HTMLDivElement>(null)
  const applied = (result: Result) => {
    const written = { at: new Date().toISOString(), by: me.user.name, changeId: result.change?.id ?? '' }
    records.replace(settle(records.rows, staged, apex, written))
    staging.moveTo(result.serial, new Map(), staging.clashes)
    setAsking(null)
    edits.clear()
    notify(`${count(staged.size, 'change')} applied to ${zone.name}`)
    const first = rows.find(({ id }) => staged.has(id) && staged.get(id)?.op !== 'delete') ?? rows[0]
    // Once the dialog has closed and has given the focus back.
    if (first) setTimeout(() => edits.focus(first.id), 60)
  }
  const waits = (proposalId: string) => {
    staging.moveTo(zone.serial, new Map(), staging.clashes)
    setAsking(null)
    edits.clear()
    setProposed(proposalId)
  }
  const stale = () => {
    setAsking(null)
    void client.invalidateQueries({ queryKey: [scopeKey(), 'zones.read'] })
  }
  useShortcuts({ add: edits.add, undo: staging.undo, redo: staging.redo })

  const form = (start: { id: string; values: Values } | null) => (
    <RecordForm
      key={start?.id ?? 'new'}
      apex={apex}
      start={start}
      rows={records.rows}
      staged={staged}
      refusalFor={writes.refusalFor}
      onStage={edits.stageValues}
      onCancel={edits.cancel}
    />
  )
  const chosen = useMemo(
    () => (edits.selected.size === 0 ? [] : rows.filter(({ id }) => edits.selected.has(id)).map(({ id }) => id)),
    [rows, edits.selected],
  )
  const filtered = q !== '' || type !== ''
  const total = filtered || records.complete ? rows.length : Math.max(rows.length, zone.records + created.length)
  const waiting = records.complete && records.serial === zone.serial && staging.serial === zone.serial
  if (records.fault && records.rows.length === 0) return <Failure fault={records.fault} onRetry={records.retry} />
  return (
    <div className="grid min-w-0 gap-3">
      {writes.refusal === null ? null : <ReadOnly reason={writes.refusal} want={writes.want} />}
      {proposes === 'only' ? <ProposeOnly /> : null}
      {proposed === null ? null : <Proposed id={proposed} onClose={() => setProposed(null)} />}
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
        onAdd={edits.add}
      />
      {edits.editing === 'new' ? (
        <section aria-label="New record" className="rounded-lg border border-edge bg-surface">
          {form(null)}
        </section>
      ) : null}
      <SelectionBar
        many={chosen.length}
        refusal={writes.refusal ?? tooMany(chosen.length)}
        onDelete={() => edits.removeMany(chosen)}
        onTtl={(ttl) => edits.setTtl(chosen, ttl)}
        onClear={edits.clearSelection}
      />
      <Progress records={records} total={zone.records} searching={searching} shown={filtered ? rows.length : null} />
      {rows.length > 0 ? (
        <RecordGrid
          key={wide ? 'table' : 'cards'}
          label={`Records of ${zone.name}`}
          rows={rows}
          total={total}
          staged={staged}
          edits={edits}
          wide={wide}
          busy={!records.complete}
          refusalFor={writes.refusalFor}
          onSearch={() => search.current?.querySelector('input')?.focus()}
          onDelete={(id) => (edits.selected.has(id) ? edits.removeMany(chosen) : edits.actions.remove(id))}
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
          onAdd={edits.add}
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
          onFaults={edits.setFaults}
          onStale={stale}
          onApplied={applied}
          proposes={proposes}
          onProposed={waits}
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
          staging.stage(() => new Map())
          edits.clear()
          setAsking(null)
        }}
      >
        Nothing of it was written. Undo brings it back as long as you stay on this page.
      </Confirm>
    </div>
  )
}
