import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'

const paths = pathsFrom('')

/** Begins a review: of the whole organization, or of one customer. */
export function OpenReview() {
  const { permissions } = useMe()
  const [open, setOpen] = useState(false)
  const whole = permissions['grants.manage']?.includes('organization') === true
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        Open a review
      </Button>
      {open ? <OpenDialog whole={whole} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function OpenDialog({ whole, onClose }: { whole: boolean; onClose: () => void }) {
  const form = useId()
  const navigate = useNavigate()
  const customers = useCall('customers.list', { query: { limit: 1000 } })
  const send = useSend('access_reviews.create')
  const submit = ({ customer_id = '' }) => {
    const body = { customer_id: customer_id === '' ? null : customer_id }
    send.mutate({ body }, { onSuccess: ({ id }) => void navigate({ to: paths.review(id) } as never) })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Open a review"
      description="It lists every grant of the place and of everything below it."
      actions={
        <Button type="submit" form={form} kind="primary" busy={send.isPending}>
          Open
        </Button>
      }
    >
      <Form id={form} onSubmit={submit} fault={send.error} fields={['customer_id']}>
        <SelectField label="Review of" name="customer_id" error={fieldError(send.error, 'customer_id')}>
          {whole ? <option value="">The whole organization</option> : null}
          {customers.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </Form>
    </Dialog>
  )
}
