import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { usePaths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'

type NewHostingProps = { customer: { id: string; name: string }; refusal?: string | null }

/** Makes a hosting of a customer. */
export function NewHosting({ customer, refusal = null }: NewHostingProps) {
  const [open, setOpen] = useState(false)
  const form = useId()
  const navigate = useNavigate()
  const paths = usePaths()
  const send = useSend('hostings.create')
  const submit = ({ name = '', place = '' }) =>
    send.mutate(
      { body: { customer_id: customer.id, name, place } },
      { onSuccess: ({ id }) => void navigate({ to: paths.hosting(id) } as never) },
    )
  return (
    <>
      <Button kind="primary" icon="plus" refusal={refusal} onClick={() => setOpen(true)}>
        New hosting
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`New hosting of ${customer.name}`}
        description="Who is Customer Admin has access to it at once."
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Create the hosting
          </Button>
        }
      >
        <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'place']}>
          <TextField
            label="Name"
            name="name"
            required
            hint="Such as the address of the website that it serves."
            error={fieldError(send.error, 'name')}
          />
          <TextField
            label="Place"
            name="place"
            hint="Where it is: a server, a data centre. It may stay empty."
            error={fieldError(send.error, 'place')}
          />
        </Form>
      </Dialog>
    </>
  )
}
