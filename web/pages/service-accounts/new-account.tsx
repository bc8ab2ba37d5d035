import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'

export function NewAccount() {
  const [open, setOpen] = useState(false)
  const form = useId()
  const navigate = useNavigate()
  const send = useSend('service_accounts.create')
  const submit = ({ name = '', description = '' }) =>
    send.mutate(
      { body: { name, description } },
      { onSuccess: ({ id }) => void navigate({ to: pathsFrom('').serviceAccount(id) } as never) },
    )
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        New service account
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New service account"
        description="It may do nothing until a role is given to it."
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Make the account
          </Button>
        }
      >
        <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'description']}>
          <TextField
            label="Name"
            name="name"
            required
            hint="The system, such as “certificate robot”."
            error={fieldError(send.error, 'name')}
          />
          <TextField
            label="What it is for"
            name="description"
            hint="It may stay empty."
            error={fieldError(send.error, 'description')}
          />
        </Form>
      </Dialog>
    </>
  )
}
