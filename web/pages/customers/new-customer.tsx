import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'

export function NewCustomer() {
  const [open, setOpen] = useState(false)
  const form = useId()
  const whose = useOwnerSentence()
  const navigate = useNavigate()
  const send = useSend('customers.create')
  const submit = ({ name = '', portal = '', notes = '' }) => {
    const body = { name, notes, ...(portal.trim() === '' ? {} : { portal: portal.trim() }) }
    send.mutate({ body }, { onSuccess: ({ id }) => void navigate({ to: pathsFrom('').customer(id) } as never) })
  }
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        New customer
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New customer"
        description={whose}
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Create the customer
          </Button>
        }
      >
        <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'portal', 'notes']}>
          <TextField label="Name" name="name" required error={fieldError(send.error, 'name')} />
          <TextField
            label="Portal address"
            name="portal"
            mono
            placeholder="made from the name"
            hint="The last part of the portal’s address; small letters, digits and hyphens."
            error={fieldError(send.error, 'portal')}
          />
          <TextArea label="Notes" name="notes" hint="Seen by staff only." error={fieldError(send.error, 'notes')} />
        </Form>
      </Dialog>
    </>
  )
}

/** Whose the new customer will be, for who works with teams. */
function useOwnerSentence(): string | undefined {
  const { team_features, teams, current_team_id } = useMe()
  if (!team_features) return undefined
  const team = teams.find(({ id, personal }) => id === current_team_id && !personal)
  return `It will belong to ${team ? `the team ${team.name}` : 'your personal team'}, with the role Customer Admin.`
}
