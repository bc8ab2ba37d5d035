import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { CustomerField, ProviderField } from '../../forms/place-fields.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'

/** An empty zone: SOA and NS are made. */
export function NewZone() {
  const [open, setOpen] = useState(false)
  const form = useId()
  const send = useSend('zones.create')
  const navigate = useNavigate()
  const submit = ({ name = '', provider_id = '', customer_id = '' }) => {
    const body = { name: name.trim(), provider_id, customer_id: customer_id || null }
    send.mutate({ body }, { onSuccess: (zone) => void navigate({ to: pathsFrom('').zone(zone.id) } as never) })
  }
  return (
    <>
      <Button icon="plus" writes onClick={() => setOpen(true)}>
        New zone
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New zone"
        description="Begins with its SOA and NS records."
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Create the zone
          </Button>
        }
      >
        <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'provider_id', 'customer_id']}>
          <TextField
            label="Name"
            name="name"
            mono
            required
            placeholder="example.com"
            autoComplete="off"
            error={fieldError(send.error, 'name')}
          />
          <ProviderField error={fieldError(send.error, 'provider_id')} />
          <CustomerField error={fieldError(send.error, 'customer_id')} />
        </Form>
      </Dialog>
    </>
  )
}
