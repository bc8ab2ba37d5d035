import { useEffect, useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { holds, useMe } from '../session/use-me.ts'
import { SelectField } from '../ui/field.tsx'

type Realm = 'staff' | 'client'
type SubjectFieldProps = { onRealm: (realm: Realm | undefined) => void; error?: string | undefined }

/** Chooses a member, a client account or a team among those that the reader may manage. */
export function SubjectField({ onRealm, error }: SubjectFieldProps) {
  const me = useMe()
  const staff = me.realm === 'staff' && holds(me, 'members.view')
  const members = useCall('members.list', { query: { limit: 1000 } }, { enabled: staff })
  const teams = useCall('teams.list', { query: { limit: 1000 } }, { enabled: staff })
  const clients = useCall(
    'client_users.list',
    { query: { limit: 1000 } },
    { enabled: holds(me, 'client_users.manage') },
  )
  const [chosen, setChosen] = useState('')
  const groups: [string, { id: string; name: string; realm: Realm }[]][] = [
    ['Staff', (members.data?.items ?? []).map(({ id, name }) => ({ id, name, realm: 'staff' as const }))],
    ['Teams', (teams.data?.items ?? []).map(({ id, name, realm }) => ({ id, name, realm }))],
    [
      'Client accounts',
      (clients.data?.items ?? []).map((user) => ({ id: user.id, name: labelOf(user), realm: 'client' as const })),
    ],
  ]
  const realm = groups.flatMap(([, people]) => people).find(({ id }) => id === chosen)?.realm
  useEffect(() => onRealm(realm), [realm, onRealm])
  return (
    <SelectField
      label="Who"
      name="subject_id"
      required
      error={error}
      value={chosen}
      onChange={(event) => setChosen(event.target.value)}
    >
      <option value="">Choose somebody</option>
      {groups
        .filter(([, people]) => people.length > 0)
        .map(([name, people]) => (
          <optgroup key={name} label={name}>
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
          </optgroup>
        ))}
    </SelectField>
  )
}

function labelOf({ name, customer }: { name: string; customer: { name: string } | null }): string {
  return customer ? `${name} (${customer.name})` : name
}
