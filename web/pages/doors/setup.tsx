import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { queryClient } from '../../api/query-client.ts'
import { useCall, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { DoorLayout } from '../../layouts/door-layout.tsx'
import { useHashToken } from '../../session/use-hash-token.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Check, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/states.tsx'
import { type RoleSetId, roleSets } from '../../words/role-sets.ts'

const fields = ['name', 'email', 'password', 'organization']

/** The first administrator and organization, with the one-time link of the first start. */
export function Setup() {
  const state = useCall('setup.read', {})
  return (
    <DoorLayout title="Set up Zoneward" lead="The first administrator and the organization whose zones live here.">
      <Loaded query={state}>
        {({ open }) =>
          open ? (
            <SetupForm />
          ) : (
            <>
              <p>This instance has its administrator already; this link has done its work.</p>
              <ButtonLink to="/" kind="primary">
                Sign in
              </ButtonLink>
            </>
          )
        }
      </Loaded>
    </DoorLayout>
  )
}

function SetupForm() {
  const token = useHashToken()
  const navigate = useNavigate()
  const send = useSend('setup.create')
  const [set, setSet] = useState<RoleSetId>('msp')
  const submit = ({ name = '', email = '', password = '', organization = '' }) => {
    const body = { token, name, email, password, organization: { name: organization, role_set: set } }
    send.mutate({ body }, { onSuccess: (me) => enter(me) })
  }
  const enter = (me: unknown) => {
    queryClient.setQueryData(['', 'me.read', {}], me)
    void navigate({ to: '/', hash: '' } as never)
  }
  return (
    <Form onSubmit={submit} fault={send.error} fields={fields}>
      <TextField label="Your name" name="name" autoComplete="name" required error={fieldError(send.error, 'name')} />
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        required
        error={fieldError(send.error, 'email')}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 15 characters; a sentence is easy to remember."
        error={fieldError(send.error, 'password')}
      />
      <TextField
        label="Organization"
        name="organization"
        required
        hint="As your clients know you."
        error={fieldError(send.error, 'organization')}
      />
      <fieldset>
        <legend className="mb-1 font-medium">How do you share access?</legend>
        {roleSets.map(({ id, name, sentence }) => (
          <Check
            key={id}
            radio
            name="role_set"
            value={id}
            label={name}
            hint={sentence}
            checked={set === id}
            onChange={() => setSet(id)}
          />
        ))}
      </fieldset>
      <Button type="submit" kind="primary" busy={send.isPending}>
        Create the organization
      </Button>
    </Form>
  )
}
