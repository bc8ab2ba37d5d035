import type { BodyOf } from '@zoneward/api/types'
import { useState } from 'react'
import { PreviewPanel } from '../../access/preview-panel.tsx'
import { step, usePreview } from '../../access/use-preview.ts'
import { useSend } from '../../api/use-call.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { count } from '../../words/times.ts'
import type { Item, Review } from './review-items.tsx'

type Verdict = BodyOf<'access_reviews.decide'>['decisions'][number]['verdict']
type DecideProps = { review: Review; picked: Item[]; onDone: () => void }
const mostAtOnce = 500

/** Confirms or revokes what is chosen: all of it, or nothing. */
export function DecideBar({ review, picked, onDone }: DecideProps) {
  const [revoking, setRevoking] = useState(false)
  const { send, parts, decide } = useVerdict('confirmed', { review, picked, onDone })
  const tooMany = picked.length > mostAtOnce ? `Choose at most ${mostAtOnce} at once.` : null
  const foreign = picked.filter(({ revocable }) => !revocable).length
  return (
    <section
      aria-label="Decide"
      className="sticky bottom-3 z-20 grid gap-2 rounded-lg border border-line bg-raised p-3 shadow-lg"
    >
      {send.error ? <Failure fault={send.error} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 font-medium">{count(parts.body.decisions.length, 'grant')} chosen</span>
        <Button
          kind="danger"
          icon="trash"
          refusal={tooMany ?? (foreign > 0 ? `${foreign} of them you cannot take away: they are above you.` : null)}
          onClick={() => setRevoking(true)}
        >
          Revoke
        </Button>
        <Button kind="primary" icon="check" busy={send.isPending} refusal={tooMany} onClick={decide}>
          Confirm
        </Button>
      </div>
      {revoking ? (
        <RevokeDialog review={review} picked={picked} onDone={onDone} onClose={() => setRevoking(false)} />
      ) : null}
    </section>
  )
}

function useVerdict(verdict: Verdict, { review, picked, onDone }: DecideProps) {
  const send = useSend('access_reviews.decide')
  const parts = {
    params: { access_review_id: review.id },
    body: { decisions: picked.map(({ grant_id }) => ({ grant_id, verdict })) },
  }
  const done = () => {
    notify(`${count(picked.length, 'grant')} ${verdict}`)
    onDone()
  }
  return { send, parts, decide: () => send.mutate(parts, { onSuccess: done }) }
}

/** What is lost by it is seen before. */
function RevokeDialog({ onClose, ...about }: DecideProps & { onClose: () => void }) {
  const { send, parts, decide } = useVerdict('revoked', about)
  const steps = [step('access_reviews.decide', parts)]
  const { refusal } = usePreview(steps)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Revoke ${count(about.picked.length, 'grant')}?`}
      description="In force for the next request of whoever held it."
      actions={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button kind="danger" busy={send.isPending} refusal={refusal} onClick={decide}>
            Revoke
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <PreviewPanel steps={steps} />
        {send.error ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}
