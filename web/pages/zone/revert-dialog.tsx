import { useQuery } from '@tanstack/react-query'
import type { AnswerOf, ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { Fault } from '../../api/fault.ts'
import { scopeKey, useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DifferenceView } from '../../ui/difference.tsx'
import { TextField } from '../../ui/field.tsx'
import { Failure, Loaded } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { proposalIn } from '../../words/proposals.ts'
import { useZone } from './use-zone.ts'

/** Shows what a reversal would change before it is written, as a change of its own. */
export function RevertDialog({ change, onClose }: { change: ItemOf<'changes.list'>; onClose: () => void }) {
  const zone = useZone()
  const [comment, setComment] = useState(change.comment ? `Revert: ${change.comment}` : 'Revert')
  const send = useSend('changes.revert')
  const params = { zone_id: zone.id, change_id: change.id }
  const preview = useQuery<AnswerOf<'changes.revert'>, Fault>({
    queryKey: [scopeKey(), 'changes.revert', params, zone.serial],
    queryFn: ({ signal }) => call('changes.revert', { params, body: { dry_run: true } }, { signal }),
    retry: false,
  })
  const done = (answer: object) => {
    notify(
      proposalIn(answer)
        ? 'The reversal waits for somebody to approve it'
        : `${zone.name} is as it was before that change`,
    )
    onClose()
  }
  const revert = () =>
    send.mutate({ params, body: { comment: comment.trim() }, wire: { ifMatch: zone.serial } }, { onSuccess: done })
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title="Revert this change?"
      description="Made by a new change, which can be reverted too."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={send.isPending}
            refusal={preview.data ? null : (preview.error?.message ?? 'The preview is not here yet.')}
            onClick={revert}
          >
            Revert the change
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Loaded query={preview} lines={4}>
          {({ difference, warnings }) => (
            <>
              <DifferenceView difference={difference} />
              {warnings.map((warning) => (
                <p key={warning} className="text-warn">
                  {warning}
                </p>
              ))}
            </>
          )}
        </Loaded>
        <TextField label="Comment" value={comment} onChange={(event) => setComment(event.target.value)} />
        {send.error ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}
