import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '@zoneward/api/types'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import { asFault, type Fault } from '../../api/fault.ts'
import { scopeKey, useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DifferenceView } from '../../ui/difference.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { count } from '../../words/times.ts'
import type { ZoneDetail } from '../zone/use-zone.ts'
import { faultsByEdit, operationsOf } from './operations.ts'
import { apexOf, type ZoneRecord } from './record.ts'
import { nameOf } from './row-words.ts'
import type { Edit, Staged } from './staging.ts'
import { standingData } from './standing-data.ts'
import { tellDifference } from './tell-difference.ts'

export type Result = AnswerOf<'changes.create'>

type ReviewDialogProps = {
  zone: ZoneDetail
  serial: number
  staged: Staged
  rows: readonly ZoneRecord[]
  onClose: () => void
  onFaults: (faults: ReadonlyMap<string, string>) => void
  /** The zone moved on: the page loads it again and puts the edits on top. */
  onStale: (fault: Fault) => void
  onApplied: (result: Result) => void
}

/** The difference as the server sees it, in words and as records; only Apply writes. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { zone, serial, staged, rows, onClose, onFaults, onStale, onApplied } = props
  const [comment, setComment] = useState('')
  const edits = useMemo(() => [...staged.values()], [staged])
  const operations = useMemo(() => operationsOf(edits, apexOf(zone.name)), [edits, zone.name])
  const params = { zone_id: zone.id }
  const send = useSend('changes.create')
  const fail = (fault: Fault) => {
    if (isStale(fault)) onStale(fault)
    else onFaults(faultsByEdit(fault, edits))
  }
  const preview = useQuery<Result, Fault>({
    queryKey: [scopeKey(), 'changes.create', 'dry run', zone.id, serial, operations],
    queryFn: async ({ signal }) => {
      try {
        return await call(
          'changes.create',
          { params, body: { operations, dry_run: true } },
          { signal, ifMatch: serial },
        )
      } catch (error) {
        if (!signal.aborted) fail(asFault(error))
        throw error
      }
    },
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const apply = () =>
    send.mutate(
      { params, body: { operations, comment: comment.trim() }, wire: { ifMatch: serial } },
      { onSuccess: onApplied, onError: fail },
    )
  const fault = send.error ?? preview.error
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={`Review ${count(edits.length, 'change')} to ${zone.name}`}
      description="All of it is written at once, or nothing. It can be reverted later."
      actions={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button
            kind="primary"
            icon="check"
            busy={send.isPending}
            refusal={preview.data ? null : (preview.error?.message ?? 'The server is still checking the changes.')}
            onClick={apply}
          >
            Apply
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (preview.data && !send.isPending) apply()
        }}
      >
        {preview.data ? <Preview result={preview.data} rows={rows} /> : preview.error ? null : <Skeleton lines={4} />}
        {fault ? <Against fault={fault} edits={edits} onRetry={() => void preview.refetch()} /> : null}
        <TextField
          label="Comment"
          hint="Why; for whoever reads the history. It may stay empty."
          maxLength={500}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

/** Another serial, or a record that is gone; not two records that cannot stand together. */
function isStale({ code, fields }: Fault): boolean {
  return code === 'conflict' && (fields.length === 0 || fields.every(({ path }) => path.endsWith('.record_id')))
}

function Preview({ result, rows }: { result: Result; rows: readonly ZoneRecord[] }) {
  const { difference, warnings } = result
  const sentences = useMemo(
    () => tellDifference(difference.lines, standingData(rows, difference.lines)),
    [difference.lines, rows],
  )
  return (
    <>
      {sentences.length > 0 ? (
        <section aria-label="What will be different" className="grid gap-1">
          <h3 className="font-semibold">What will be different</h3>
          <ul className="grid list-disc gap-1 pl-5">
            {sentences.slice(0, 40).map((text) => (
              <li key={text} className="break-words">
                {text}
              </li>
            ))}
          </ul>
          {sentences.length > 40 ? (
            <p className="text-muted">and {count(sentences.length - 40, 'more thing')}</p>
          ) : null}
        </section>
      ) : null}
      {warnings.length > 0 ? (
        <ul className="grid gap-1" aria-label="Warnings">
          {warnings.map((text) => (
            <li key={text} className="flex gap-2 text-warn">
              <Icon name="info" className="mt-0.5 size-4" />
              <span className="min-w-0 break-words">{text}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <DifferenceView difference={difference} />
    </>
  )
}

function Against({ fault, edits, onRetry }: { fault: Fault; edits: readonly Edit[]; onRetry: () => void }) {
  const faults = faultsByEdit(fault, edits)
  const rows = edits.filter(({ id }) => faults.has(id))
  const mayRetry = fault.code === 'unreachable' || fault.code === 'internal' || fault.code === 'upstream'
  return (
    <div className="grid gap-2">
      <Failure fault={fault} {...(mayRetry ? { onRetry } : {})} />
      {rows.length > 0 ? (
        <p className="text-muted">
          Marked in the list:{' '}
          {rows
            .slice(0, 8)
            .map((edit) => nameOf(edit.op === 'create' ? edit.values : edit.before))
            .join(', ')}
        </p>
      ) : null}
    </div>
  )
}
