import { useId } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { notify } from '../../ui/toast.tsx'

/** Says no, with the reason that its author reads. */
export function RejectProposal({ id, onClose }: { id: string; onClose: () => void }) {
  const form = useId()
  const send = useSend('proposals.reject')
  const done = () => {
    notify('The proposal was rejected')
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Reject this proposal?"
      description="Nothing is written. Whoever proposed it reads the reason."
      actions={
        <Button type="submit" form={form} kind="danger" busy={send.isPending}>
          Reject
        </Button>
      }
    >
      <Form
        id={form}
        fault={send.error}
        fields={['reason']}
        onSubmit={({ reason = '' }) =>
          send.mutate({ params: { proposal_id: id }, body: { reason } }, { onSuccess: done })
        }
      >
        <TextArea label="Reason" name="reason" required rows={3} error={fieldError(send.error, 'reason')} />
      </Form>
    </Dialog>
  )
}
