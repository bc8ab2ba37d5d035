import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'
import { useCustomer } from './use-customer.ts'

export function CustomerSettings() {
  const customer = useCustomer()
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const save = useSend('customers.update')
  const remove = useSend('customers.delete', { leaves: true })
  const params = { customer_id: customer.id }
  const submit = ({ name = '', notes = '' }) =>
    save.mutate({ params, body: { name, notes } }, { onSuccess: () => notify('Saved') })
  const gone = () => {
    notify(`${customer.name} was deleted`)
    void navigate({ to: pathsFrom('').customers } as never)
  }
  return (
    <Card title="Settings">
      <Form onSubmit={submit} fault={save.error} fields={['name', 'notes']}>
        <TextField
          label="Name"
          name="name"
          defaultValue={customer.name}
          required
          error={fieldError(save.error, 'name')}
        />
        <TextArea
          label="Notes"
          name="notes"
          defaultValue={customer.notes}
          hint="Seen by staff only."
          error={fieldError(save.error, 'notes')}
        />
        <div className="flex flex-wrap justify-between gap-2">
          <Button type="submit" busy={save.isPending}>
            Save
          </Button>
          <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
            Delete customer
          </Button>
        </div>
      </Form>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${customer.name}?`}
        action="Delete customer"
        typeName={customer.name}
        busy={remove.isPending}
        fault={remove.error}
        onConfirm={() => remove.mutate({ params }, { onSuccess: gone })}
      >
        Its client accounts, their keys and its portal end at once. Its zones stay, without a customer. This cannot be
        undone.
      </Confirm>
    </Card>
  )
}
