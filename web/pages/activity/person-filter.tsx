import { useCall } from '../../api/use-call.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { FilterSelect } from '../../ui/field.tsx'

/** Whose actions: staff, client accounts and service accounts, as far as the reader sees them. */
export function PersonFilter({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const me = useMe()
  const all = { query: { limit: 1000 } }
  const members = useCall('members.list', all, { enabled: holds(me, 'members.view') })
  const clients = useCall('client_users.list', all, { enabled: holds(me, 'client_users.manage') })
  const services = useCall('service_accounts.list', all, { enabled: holds(me, 'api_keys.manage') })
  const groups: [string, { id: string; name: string }[]][] = [
    ['Staff', members.data?.items ?? []],
    ['Client accounts', clients.data?.items ?? []],
    ['Service accounts', services.data?.items ?? []],
  ]
  return (
    <FilterSelect label="Person" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">Everybody</option>
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
    </FilterSelect>
  )
}
