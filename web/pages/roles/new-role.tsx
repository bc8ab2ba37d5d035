import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { RoleOptions } from '../../access/role-field.tsx'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { notify } from '../../ui/toast.tsx'

type NewRoleProps = { from?: { id: string; name: string }; refusal?: string | null }

/** Copies a role into one of the organization's own; what it may do is changed on its page. */
export function NewRole({ from, refusal = null }: NewRoleProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" icon={from ? 'copy' : 'plus'} refusal={refusal} onClick={() => setOpen(true)}>
        {from ? 'Copy this role' : 'New role'}
      </Button>
      {open ? <NewRoleDialog from={from} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function NewRoleDialog({ from, onClose }: { from: { id: string; name: string } | undefined; onClose: () => void }) {
  const form = useId()
  const navigate = useNavigate()
  const roles = useCall('roles.list', {}, { enabled: from === undefined })
  const send = useSend('roles.create')
  const [base, setBase] = useState(from?.id ?? '')
  const original = roles.data?.items.find(({ id }) => id === base)
  const submit = ({ name = '', description = '' }) =>
    send.mutate(
      { body: { based_on: base, name, description } },
      {
        onSuccess: (role) => {
          notify(`${role.name} was made, as a copy`)
          onClose()
          void navigate({ to: pathsFrom('').role(role.id) } as never)
        },
      },
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={from ? `Copy ${from.name}` : 'New role'}
      description="It begins with what the original may do; you change that next."
      actions={
        <Button
          type="submit"
          form={form}
          kind="primary"
          busy={send.isPending}
          refusal={base === '' ? 'Choose the role to begin with.' : null}
        >
          Make the role
        </Button>
      }
    >
      <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'description', 'based_on']}>
        {from ? null : (
          <SelectField
            label="Begin with"
            value={base}
            onChange={(event) => setBase(event.target.value)}
            hint={original?.sentence ?? 'Its kind of place and to whom it can be given stay those of this role.'}
            error={fieldError(send.error, 'based_on')}
          >
            <option value="">Choose a role</option>
            <RoleOptions roles={roles.data?.items ?? []} />
          </SelectField>
        )}
        <TextField label="Name" name="name" required error={fieldError(send.error, 'name')} />
        <TextField
          label="What it is for"
          name="description"
          hint="Shown beside it wherever roles are chosen."
          error={fieldError(send.error, 'description')}
        />
      </Form>
    </Dialog>
  )
}
