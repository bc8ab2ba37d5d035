import type { AnswerOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useCall, useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { DifferenceView } from '../../ui/difference.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'
import { operationsOf } from '../zone-editor/operations.ts'
import { apexOf } from '../zone-editor/record.ts'
import { nothingStaged, type Staged } from '../zone-editor/staging.ts'

type GuestProposalProps = {
  guest: AnswerOf<'guest.read'>
  staged: Staged
  onDrop: (staged: Staged) => void
  onSent: () => void
}

/** What the guest is about to propose, as the server sees it; and the word that goes with it. */
export function GuestProposal({ guest, staged, onDrop, onSent }: GuestProposalProps) {
  const [comment, setComment] = useState('')
  const operations = operationsOf([...staged.values()], apexOf(guest.zone.name))
  const params = { zone_id: guest.zone.id }
  const preview = useCall('proposals.create', { params, body: { operations, dry_run: true } })
  const send = useSend('proposals.create')
  const done = () => {
    notify(`Sent to ${guest.provider}`)
    onSent()
  }
  const propose = () => send.mutate({ params, body: { operations, comment: comment.trim() } }, { onSuccess: done })
  return (
    <section aria-label="Your proposal" className="grid gap-3 rounded-lg border border-edge bg-surface p-4">
      <h2 className="font-semibold">Your proposal: {count(staged.size, 'change')}</h2>
      {preview.data ? (
        <DifferenceView difference={preview.data.difference} />
      ) : preview.error ? (
        <Failure fault={preview.error} />
      ) : (
        <Skeleton lines={2} />
      )}
      <TextArea
        label="Why"
        rows={2}
        maxLength={500}
        hint="Whoever decides reads it; say who you are, too."
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {send.error ? <Failure fault={send.error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onDrop(nothingStaged)}>Discard</Button>
        <Button
          kind="primary"
          icon="inbox"
          busy={send.isPending}
          refusal={preview.data ? null : (preview.error?.message ?? 'The server is still checking it.')}
          onClick={propose}
        >
          Send the proposal
        </Button>
      </div>
    </section>
  )
}
