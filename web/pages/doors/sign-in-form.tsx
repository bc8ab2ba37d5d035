import { useQueryClient } from '@tanstack/react-query'
import { scopeKey, useSend } from '../../api/use-call.ts'
import { Form } from '../../forms/form.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

export function SignInForm({ portal }: { portal?: string }) {
  const client = useQueryClient()
  const send = useSend('sessions.create')
  const submit = ({ email = '', password = '' }) => {
    const realm = portal === undefined ? ('staff' as const) : ('client' as const)
    const body = { realm, email, password, ...(portal === undefined ? {} : { portal }) }
    send.mutate({ body }, { onSuccess: (me) => client.setQueryData([scopeKey(), 'me.read', {}], me) })
  }
  return (
    <Form onSubmit={submit} fault={send.error}>
      <TextField label="E-mail address" name="email" type="email" autoComplete="username" required />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <Button type="submit" kind="primary" busy={send.isPending}>
        Sign in
      </Button>
    </Form>
  )
}
