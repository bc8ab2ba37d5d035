import { useState } from 'react'
import { useSend } from '../api/use-call.ts'
import { fieldError, isToldByFields } from '../forms/fault-fields.ts'
import { holds, useMe } from '../session/use-me.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Check, SelectField, TextArea, TextField } from '../ui/field.tsx'
import { Failure } from '../ui/states.tsx'
import { InvitationResult } from './invitation-link.tsx'
import { grantsOf, type InviteAccess, missingIn, type Named, noAccess, tellAccess } from './invite-access.ts'
import { InviteRole } from './invite-role.tsx'
import { usePlaces } from './place-field.tsx'

type InviteFormProps = { customer: Named | undefined; onClose: () => void }

export function InviteForm({ customer, onClose }: InviteFormProps) {
  const me = useMe()
  const organization = me.organization ?? { id: '', name: 'the organization' }
  const [realm, setRealm] = useState<'staff' | 'client'>(customer || !holds(me, 'members.manage') ? 'client' : 'staff')
  const [home, setHome] = useState<Named | null>(customer ?? null)
  const [email, setEmail] = useState('')
  const [message, setMessage] = useState('')
  const [access, setAccess] = useState<InviteAccess>(noAccess)
  const send = useSend('invitations.create')
  const submit = () => {
    const customer_id = realm === 'client' ? (home?.id ?? null) : null
    send.mutate({ body: { realm, email: email.trim(), customer_id, grants: grantsOf(access, organization), message } })
  }
  if (send.data) {
    return (
      <Dialog
        open
        onClose={onClose}
        title="The invitation is out"
        actions={
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <InvitationResult invitation={send.data} />
      </Dialog>
    )
  }
  const result = tellAccess(access, organization)
  return (
    <Dialog
      open
      onClose={onClose}
      shape={access.role?.id === 'msp.member' ? 'wide' : 'middle'}
      title={customer ? `Invite to ${customer.name}` : 'Invite user'}
      actions={
        <Button kind="primary" icon="mail" busy={send.isPending} refusal={missingIn(access, email)} onClick={submit}>
          Send invitation
        </Button>
      }
    >
      <div className="grid gap-4">
        {customer ? null : (
          <Realm
            realm={realm}
            onChange={(next) => {
              setRealm(next)
              setAccess(noAccess)
            }}
          />
        )}
        <TextField
          label="E-mail address"
          type="email"
          autoComplete="off"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={fieldError(send.error, 'email')}
        />
        {customer || realm === 'staff' ? null : (
          <Home
            home={home}
            onChange={(next) => {
              setHome(next)
              setAccess(noAccess)
            }}
          />
        )}
        <InviteRole realm={realm} home={realm === 'client' ? home : null} access={access} onChange={setAccess} />
        <Result email={email} lines={result} />
        <TextArea
          label="A word to them"
          rows={2}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
          hint="Stands in the mail."
        />
        {send.error && !isToldByFields(send.error, ['email']) ? <Failure fault={send.error} /> : null}
      </div>
    </Dialog>
  )
}

function Realm({ realm, onChange }: { realm: 'staff' | 'client'; onChange: (realm: 'staff' | 'client') => void }) {
  const me = useMe()
  return (
    <fieldset>
      <legend className="font-medium">As</legend>
      {holds(me, 'members.manage') ? (
        <Check
          radio
          name="realm"
          label="Staff"
          hint="Signs in to the console."
          checked={realm === 'staff'}
          onChange={() => onChange('staff')}
        />
      ) : null}
      <Check
        radio
        name="realm"
        label="A client"
        hint="Signs in to a portal and sees only what is assigned."
        checked={realm === 'client'}
        onChange={() => onChange('client')}
      />
    </fieldset>
  )
}

function Home({ home, onChange }: { home: Named | null; onChange: (home: Named | null) => void }) {
  const customers = usePlaces('customer')
  return (
    <SelectField
      label="Home"
      value={home?.id ?? ''}
      hint="Whose portal they sign in to."
      onChange={(event) => onChange(customers.find(({ id }) => id === event.target.value) ?? null)}
    >
      <option value="">The organization itself</option>
      {customers.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

function Result({ email, lines }: { email: string; lines: string[] }) {
  if (lines.length === 0) return null
  return (
    <section aria-label="Resulting access" aria-live="polite" className="rounded-lg bg-hover p-3">
      <p className="font-medium">{email.trim() || 'Whoever accepts'} will have exactly this:</p>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
