import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '@zoneward/api/types'
import { useMemo, useState } from 'react'
import { call, type Parts, type Wire } from '../../api/call.ts'
import { asFault, type Fault } from '../../api/fault.ts'
import { scopeKey, useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DifferenceView } from '../../ui/difference.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { proposalIn } from '../../words/proposals.ts'
import { count } from '../../words/times.ts'
import type { ZoneDetail } from '../zone/use-zone.ts'
import { faultsByEdit, operationsOf } from './operations.ts'
import { apexOf, type ZoneRecord } from './record.ts'
import { nameOf } from './row-words.ts'
import type { Edit, Staged } from './staging.ts'
import { standingData } from './standing-data.ts'
import { tellDifference } from './tell-difference.ts'
import type { Proposes } from './use-proposing.ts'

export type Result = AnswerOf<'changes.create'>
type Offer = AnswerOf<'proposals.create'>

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
  proposes: Proposes
  /** It waits for somebody to approve it, by the proposal's id. */
  onProposed: (id: string) => void
}

/** The difference as the server sees it, in words and as records; only Apply writes. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { zone, serial, staged, rows, onClose, onFaults, onStale, onApplied, onProposed } = props
  const [comment, setComment] = useState('')
  const edits = useMemo(() => [...staged.values()], [staged])
  const operations = useMemo(() => operationsOf(edits, apexOf(zone.name)), [edits, zone.name])
  const params = { zone_id: zone.id }
  const send = useSend('changes.create')
  const offer = useSend('proposals.create')
  const only = props.proposes === 'only'
  const fail = (fault: Fault) => {
    if (isStale(fault)) onStale(fault)
    else onFaults(faultsByEdit(fault, edits))
  }
  const preview = useQuery<Result, Fault>({
    queryKey: [scopeKey(), 'changes.create', 'dry run', zone.id, serial, operations, only],
    queryFn: async ({ signal }) => {
      try {
        return await lookAhead(only, { params, body: { operations, dry_run: true } }, { signal, ifMatch: serial })
      } catch (error) {
        if (!signal.aborted) fail(asFault(error))
        throw error
      }
    },
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const parts = { params, body: { operations, comment: comment.trim() }, wire: { ifMatch: serial } }
  // A write through a role that wants review is answered with the proposal that it became.
  const written = (answer: Result | Offer) => {
    const proposal = proposalIn(answer)
    if (proposal) onProposed(proposal.id)
    else if ('change' in answer) onApplied(answer)
  }
  const apply = () => send.mutate(parts, { onSuccess: written, onError: fail })
  const propose = () => offer.mutate(parts, { onSuccess: written, onError: fail })
  const waits = only || preview.data?.review_required === true
  const busy = send.isPending || offer.isPending
  const fault = send.error ?? offer.error ?? preview.error
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title={`Review ${count(edits.length, 'change')} to ${zone.name}`}
      description={
        waits
          ? 'It goes to somebody who may approve it. Nothing is written before.'
          : 'All of it is written at once, or nothing. It can be reverted later.'
      }
      actions={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          {props.proposes === 'too' && !waits ? (
            <Button icon="inbox" busy={offer.isPending} onClick={propose}>
              Propose instead
            </Button>
          ) : null}
          <Button
            kind="primary"
            icon={waits ? 'inbox' : 'check'}
            busy={busy}
            refusal={preview.data ? null : (preview.error?.message ?? 'The server is still checking the changes.')}
            onClick={only ? propose : apply}
          >
            {waits ? 'Propose' : 'Apply'}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (preview.data && !busy) (only ? propose : apply)()
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

/** What would be different, as the change itself or as a proposal of it. */
async function lookAhead(only: boolean, parts: Parts<'changes.create'>, wire: Wire): Promise<Result> {
  if (!only) return call('changes.create', parts, wire)
  const { difference, warnings, serial } = await call('proposals.create', parts, wire)
  return { change: null, difference, warnings, serial, review_required: true }
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
