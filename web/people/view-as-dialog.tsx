import { useId } from 'react'
import { useSend } from '../api/use-call.ts'
import { fieldError } from '../forms/fault-fields.ts'
import { Form } from '../forms/form.tsx'
import { viewAsAddress } from '../session/view-as.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Time } from '../ui/time.tsx'
import type { Person } from './remove-user.tsx'

/** Opens the product as somebody else sees it, in a tab of its own. */
export function ViewAsDialog({ user, onClose }: { user: Person; onClose: () => void }) {
  const form = useId()
  const send = useSend('view_as.start')
  const address = send.data ? viewAsAddress(send.data.portal?.slug ?? null, send.data.id) : ''
  const start = ({ reason = '' }) =>
    send.mutate(
      { body: { subject_id: user.id, reason } },
      {
        onSuccess: ({ id, portal }) => {
          // A browser that lets no page open tabs leaves the link in the dialog.
          if (window.open(viewAsAddress(portal?.slug ?? null, id), '_blank')) onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={`View as ${user.name}`}
      description="You see what they see, in a new tab, and change nothing. Both names stand in the activity log."
      actions={
        send.data ? (
          <Button onClick={onClose}>Close</Button>
        ) : (
          <Button type="submit" form={form} kind="primary" icon="eye" busy={send.isPending}>
            View as {user.name}
          </Button>
        )
      }
    >
      {send.data ? (
        <p>
          <a href={address} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">
            Open the tab
          </a>{' '}
          as {send.data.name}. It ends by itself <Time at={send.data.ends_at} />.
        </p>
      ) : (
        <Form id={form} onSubmit={start} fault={send.error} fields={['reason']}>
          <TextField
            label="Why"
            name="reason"
            hint="Kept in the activity log."
            error={fieldError(send.error, 'reason')}
          />
        </Form>
      )}
    </Dialog>
  )
}
