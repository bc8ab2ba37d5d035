import { useState } from 'react'
import { useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { readTheme, type Theme, themes, writeTheme } from '../../session/theme.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Check, TextField } from '../../ui/field.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { notify } from '../../ui/toast.tsx'
import { YourAccess } from '../portal/your-access.tsx'
import { TeamFeatures } from '../profile/team-features.tsx'

const themeWords: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

export function Profile() {
  const me = useMe()
  return (
    <Page title="Your profile" width="read">
      <Card title="Account">
        <Facts
          facts={[
            ['Name', me.user.name],
            ['E-mail', me.user.email],
            ['Organization', me.organization?.name ?? 'none'],
          ]}
        />
      </Card>
      <Password />
      <ThemeChoice />
      {me.organization ? <TeamFeatures /> : null}
      <YourAccess />
    </Page>
  )
}

function Password() {
  const [round, setRound] = useState(0)
  const send = useSend('me.password.replace')
  const done = () => {
    notify('Your password was changed; your other sessions ended')
    setRound(round + 1)
  }
  const submit = ({ current = '', password = '' }) => send.mutate({ body: { current, password } }, { onSuccess: done })
  return (
    <Card title="Password" lead="Changing it ends your other sessions.">
      <Form key={round} onSubmit={submit} fault={send.error} fields={['current', 'password']}>
        <TextField
          label="Your password now"
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={fieldError(send.error, 'current')}
        />
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint="At least 15 characters."
          error={fieldError(send.error, 'password')}
        />
        <div>
          <Button type="submit" kind="primary" busy={send.isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function ThemeChoice() {
  const [theme, setTheme] = useState(readTheme)
  return (
    <Card title="Theme" lead="For this browser.">
      <fieldset className="flex flex-wrap gap-x-6">
        <legend className="sr-only">Theme</legend>
        {themes.map((id) => (
          <Check
            key={id}
            radio
            name="theme"
            label={themeWords[id]}
            checked={theme === id}
            onChange={() => {
              writeTheme(id)
              setTheme(id)
            }}
          />
        ))}
      </fieldset>
    </Card>
  )
}
