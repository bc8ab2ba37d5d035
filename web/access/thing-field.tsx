import { useDeferredValue, useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { holds, type Me, useMe } from '../session/use-me.ts'
import { SelectField } from '../ui/field.tsx'
import { Pick } from './pick.tsx'
import type { Place } from './place.ts'

export const kindWords: Record<Place['kind'], string> = {
  organization: 'The whole organization',
  customer: 'A customer',
  provider: 'A provider',
  zone: 'A zone',
  hosting: 'A hosting',
}

type ThingFieldProps = { value: Place; onChange: (place: Place) => void; kinds?: Place['kind'][]; label?: string }

/** Chooses a thing that access can be had on: its kind first, then one of that kind by typing. */
export function ThingField({ value, onChange, kinds, label = 'On' }: ThingFieldProps) {
  const me = useMe()
  const organization = me.organization
  const offered = (kinds ?? (Object.keys(kindWords) as Place['kind'][])).filter(
    (kind) => me.realm === 'staff' || kind === value.kind || clientHas(me, kind),
  )
  const only = value.kind === 'organization' || (value.kind === 'customer' && me.customer !== null)
  const start = (kind: Place['kind']) => {
    // What there is one of only is chosen with its kind.
    if (kind === 'organization' && organization) onChange({ kind, id: organization.id, name: organization.name })
    else if (kind === 'customer' && me.customer) onChange({ kind, id: me.customer.id, name: me.customer.name })
    else onChange({ kind, id: '', name: '' })
  }
  return (
    <div className={`grid grid-cols-1 gap-3 ${only ? '' : 'sm:grid-cols-2'}`}>
      <SelectField label={label} value={value.kind} onChange={(event) => start(event.target.value as Place['kind'])}>
        {offered.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords[kind]}
          </option>
        ))}
      </SelectField>
      {only ? null : <OneThing key={value.kind} value={value} onChange={onChange} />}
    </div>
  )
}

/** Clients have zones, their own customer, and perhaps hostings. */
function clientHas(me: Me, kind: Place['kind']): boolean {
  if (kind === 'customer') return me.customer !== null
  return kind === 'zone' || (kind === 'hosting' && holds(me, 'hostings.view'))
}

function OneThing({ value, onChange }: { value: Place; onChange: (place: Place) => void }) {
  const [words, setWords] = useState('')
  const found = useThings(value.kind, useDeferredValue(words.trim()))
  const name = kindWords[value.kind].replace(/^A /, '')
  return (
    <Pick
      label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
      placeholder={`Type a name`}
      value={value.id === '' ? null : { id: value.id, name: value.name }}
      onChange={(choice) => onChange({ kind: value.kind, id: choice?.id ?? '', name: choice?.name ?? '' })}
      choices={found.items}
      onSearch={setWords}
      loading={found.loading}
      error={found.error}
    />
  )
}

function useThings(kind: Place['kind'], words: string) {
  const me = useMe()
  const query = words === '' ? { limit: 50 } : { limit: 50, q: words }
  const options = (wanted: Place['kind'], permission: string) => ({
    enabled: kind === wanted && holds(me, permission),
    keepPrevious: true,
  })
  const lists = {
    zone: useCall('zones.list', { query }, options('zone', 'zones.view')),
    customer: useCall('customers.list', { query }, options('customer', 'customers.view')),
    provider: useCall('providers.list', { query: { limit: 1000 } }, options('provider', 'providers.view')),
    hosting: useCall('hostings.list', { query }, options('hosting', 'hostings.view')),
  }
  if (kind === 'organization') return { items: [], loading: false, error: undefined }
  const list = lists[kind]
  const items = (list.data?.items ?? []).map(({ id, name }) => ({ id, name }))
  return {
    // Providers are few and come whole; the other lists are searched by the server.
    items: kind === 'provider' ? items.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase())) : items,
    loading: list.isFetching,
    error: list.error?.message,
  }
}
