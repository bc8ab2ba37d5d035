import { useDeferredValue, useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { holds, useMe } from '../session/use-me.ts'
import { type Choice, Pick } from './pick.tsx'

type Realm = 'staff' | 'client'
export type SubjectChoice = Choice & { realm: Realm }
type SubjectFieldProps = {
  value: SubjectChoice | null
  onChange: (subject: SubjectChoice | null) => void
  /** Somebody that is no account of a list, such as the reader. */
  first?: SubjectChoice[]
  label?: string
  hint?: string
  error?: string | undefined
}

/** Chooses a member, a client account, a team or a service account among those that the reader may see. */
export function SubjectField({ value, onChange, first = [], label = 'Who', hint, error }: SubjectFieldProps) {
  const [words, setWords] = useState('')
  const { choices, loading } = useSubjects(useDeferredValue(words.trim()))
  return (
    <Pick
      label={label}
      placeholder="Type a name or an address"
      value={value}
      onChange={(choice) => onChange(choice as SubjectChoice | null)}
      choices={[...first.filter(({ name }) => fits(name, words)), ...choices]}
      onSearch={setWords}
      loading={loading}
      hint={hint}
      error={error}
    />
  )
}

function useSubjects(words: string): { choices: SubjectChoice[]; loading: boolean } {
  const me = useMe()
  const staff = me.realm === 'staff' && holds(me, 'members.view')
  const query = words === '' ? { limit: 50 } : { limit: 50, q: words }
  const kept = (enabled: boolean) => ({ enabled, keepPrevious: true })
  const members = useCall('members.list', { query }, kept(staff))
  const teams = useCall('teams.list', { query: { limit: 1000 } }, kept(staff && me.team_features))
  const services = useCall(
    'service_accounts.list',
    { query: { limit: 1000 } },
    kept(staff && holds(me, 'api_keys.manage')),
  )
  const clients = useCall('client_users.list', { query }, kept(holds(me, 'client_users.manage')))
  const choices: SubjectChoice[] = [
    ...(members.data?.items ?? []).map(({ id, name, email }) => ({
      id,
      name,
      detail: email,
      realm: 'staff' as const,
      group: 'Staff',
    })),
    ...(teams.data?.items ?? [])
      .filter(({ name }) => fits(name, words))
      .map(({ id, name, realm }) => ({ id, name, realm, group: 'Teams' })),
    ...(services.data?.items ?? [])
      .filter(({ name }) => fits(name, words))
      .map(({ id, name }) => ({ id, name, realm: 'staff' as const, group: 'Service accounts' })),
    ...(clients.data?.items ?? []).map(({ id, name, email, customer }) => ({
      id,
      name,
      detail: customer ? `${email}, ${customer.name}` : email,
      realm: 'client' as const,
      group: 'Client accounts',
    })),
  ]
  return { choices, loading: members.isFetching || clients.isFetching }
}

function fits(name: string, words: string): boolean {
  return name.toLowerCase().includes(words.trim().toLowerCase())
}
