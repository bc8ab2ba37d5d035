import type { AnswerOf } from '@zoneward/api/types'
import { useId, useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, TextField } from '../../ui/field.tsx'
import { Time } from '../../ui/time.tsx'
import { type RoleSetId, roleSets } from '../../words/role-sets.ts'

/** Makes an organization and invites the first who holds its top role. */
export function NewOrganization() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
        New organization
      </Button>
      {open ? <OrganizationDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function OrganizationDialog({ onClose }: { onClose: () => void }) {
  const form = useId()
  const [set, setSet] = useState<RoleSetId>('msp')
  const send = useSend('operator.organizations.create')
  if (send.data) return <Made made={send.data} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title="New organization"
      actions={
        <Button type="submit" form={form} kind="primary" busy={send.isPending}>
          Make the organization
        </Button>
      }
    >
      <Form
        id={form}
        fault={send.error}
        fields={['name', 'owner_email']}
        onSubmit={({ name = '', owner_email = '' }) => send.mutate({ body: { name, owner_email, role_set: set } })}
      >
        <TextField label="Name" name="name" required error={fieldError(send.error, 'name')} />
        <TextField
          label="E-mail address of its first owner"
          name="owner_email"
          type="email"
          autoComplete="off"
          required
          hint="Is invited with the top role of the role set."
          error={fieldError(send.error, 'owner_email')}
        />
        <fieldset>
          <legend className="font-medium">Role set</legend>
          {roleSets.map(({ id, name, sentence }) => (
            <Check
              key={id}
              radio
              name="role_set"
              label={name}
              hint={sentence}
              checked={set === id}
              onChange={() => setSet(id)}
            />
          ))}
        </fieldset>
      </Form>
    </Dialog>
  )
}

function Made({ made, onClose }: { made: AnswerOf<'operator.organizations.create'>; onClose: () => void }) {
  const { link, email, expires_at } = made.invitation
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${made.name} was made`}
      actions={
        <Button kind="primary" harmless onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="grid gap-3">
        {link ? (
          <>
            <p>
              This server sends no mail yet, so hand this link to <strong>{email}</strong> yourself. It is shown this
              once, and works once.
            </p>
            <CopyField label="Link of the invitation" text={link} />
          </>
        ) : (
          <p>
            A mail with the link is on its way to <strong>{email}</strong>.
          </p>
        )}
        <p className="text-muted">
          It ends <Time at={expires_at} />.
        </p>
      </div>
    </Dialog>
  )
}
