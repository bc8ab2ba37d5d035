import { useSend } from '../api/use-call.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Failure } from '../ui/states.tsx'
import { notify } from '../ui/toast.tsx'
import type { Place } from './place.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { step, usePreview } from './use-preview.ts'

type RevokedGrant = {
  id: string
  role: string
  subject: { name: string }
  scope: { kind: Place['kind']; name: string }
}

/** Asks before access is taken away, and shows who loses what by it. */
export function RevokeGrant({ grant, onClose }: { grant: RevokedGrant; onClose: () => void }) {
  const send = useSend('grants.delete')
  const params = { grant_id: grant.id }
  const steps = [step('grants.delete', { params })]
  const { refusal } = usePreview(steps)
  const done = () => {
    notify(`${grant.role} of ${grant.subject.name} was taken away`)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Take this access away?"
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="danger"
            busy={send.isPending}
            refusal={refusal}
            onClick={() => send.mutate({ params }, { onSuccess: done })}
          >
            Take away
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p>
          {grant.subject.name} loses {grant.role} on {grant.scope.name}
          {['zone', 'hosting'].includes(grant.scope.kind) ? '' : ', and with it everything below it'}. In force for the
          next request.
        </p>
        <PreviewPanel steps={steps} />
        {send.error ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}
