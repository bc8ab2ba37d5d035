import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { AnswerOf } from '@zoneward/api/types'
import { call } from '../../api/call.ts'
import type { Fault } from '../../api/fault.ts'
import { queryClient } from '../../api/query-client.ts'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { DoorLayout } from '../../layouts/door-layout.tsx'
import { useHashToken } from '../../session/use-hash-token.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

type Preview = AnswerOf<'invitation_previews.create'>

const over = {
  accepted: 'This invitation was accepted already. Sign in with the account it made.',
  expired: 'This invitation has expired. Ask whoever sent it to send it again.',
  revoked: 'This invitation was taken back. Ask whoever sent it.',
}

/** What an invitation gives, exactly, before it is accepted. */
export function Invitation() {
  const token = useHashToken()
  const preview = useQuery<Preview, Fault>({
    queryKey: ['', 'invitation_previews.create', token],
    queryFn: ({ signal }) => call('invitation_previews.create', { body: { token } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const title = preview.data ? `${preview.data.organization} invites you` : 'An invitation'
  return (
    <DoorLayout
      title={title}
      lead={preview.data?.portal ? `To the portal of ${preview.data.portal.title}.` : undefined}
    >
      <Loaded query={preview}>
        {(data) =>
          data.state === 'pending' ? (
            <>
              <Gives preview={data} />
              <Accept token={token} preview={data} />
            </>
          ) : (
            <p>{over[data.state]}</p>
          )
        }
      </Loaded>
    </DoorLayout>
  )
}

function Gives({ preview }: { preview: Preview }) {
  return (
    <div className="rounded-lg bg-hover p-4">
      <h2 className="font-semibold">What you get</h2>
      {preview.access.length === 0 ? <p>An account, without access to anything yet.</p> : null}
      <ul className="mt-1 grid gap-1.5">
        {preview.access.map(({ role, scope, sentence }) => (
          <li key={`${role} ${scope}`}>
            <span className="font-medium">{role}</span> · {scope}
            <span className="block text-muted">{sentence}</span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted">
        The invitation ends <Time at={preview.expires_at} />.
      </p>
    </div>
  )
}

function Accept({ token, preview }: { token: string; preview: Preview }) {
  const navigate = useNavigate()
  const send = useSend('acceptances.create')
  const known = preview.account_exists
  const home = preview.portal ? `/portal/${preview.portal.slug}` : '/'
  const submit = ({ name = '', password = '' }) => {
    const enter = (me: unknown) => {
      queryClient.setQueryData([preview.portal?.slug ?? '', 'me.read', {}], me)
      void navigate({ to: home, hash: '' } as never)
    }
    send.mutate({ body: { token, password, ...(known ? {} : { name }) } }, { onSuccess: enter })
  }
  return (
    <Form onSubmit={submit} fault={send.error} fields={['name', 'password']}>
      <TextField label="E-mail address" value={preview.email} readOnly autoComplete="username" name="email" />
      {known ? null : (
        <TextField label="Your name" name="name" autoComplete="name" required error={fieldError(send.error, 'name')} />
      )}
      <TextField
        label={known ? 'The password of your account' : 'Choose a password'}
        hint={known ? 'An account with this address exists; the access is added to it.' : 'At least 15 characters.'}
        name="password"
        type="password"
        autoComplete={known ? 'current-password' : 'new-password'}
        required
        error={fieldError(send.error, 'password')}
      />
      <Button type="submit" kind="primary" busy={send.isPending}>
        Accept and sign in
      </Button>
    </Form>
  )
}
