import { useCall } from '../api/use-call.ts'
import { useMe } from '../session/use-me.ts'
import { SelectField } from '../ui/field.tsx'

type Kind = 'customer' | 'provider' | 'zone' | 'hosting'
type PlaceFieldProps = { kind: Kind | 'organization'; value: string; onChange: (id: string) => void }

/** Chooses one customer, provider, zone or hosting. */
export function PlaceField({ kind, value, onChange }: PlaceFieldProps) {
  const places = usePlaces(kind)
  const word = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  return (
    <SelectField label={word} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">Choose a {kind}</option>
      {places.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

/** The places of a kind that the reader sees; the first thousand. */
export function usePlaces(kind: Kind | 'organization'): { id: string; name: string }[] {
  const query = { query: { limit: 1000 } }
  const me = useMe()
  const own = me.realm === 'client'
  const customers = useCall('customers.list', query, { enabled: kind === 'customer' && !own })
  const providers = useCall('providers.list', query, { enabled: kind === 'provider' })
  const zones = useCall('zones.list', query, { enabled: kind === 'zone' })
  const hostings = useCall('hostings.list', query, { enabled: kind === 'hosting' })
  // A client knows one customer, its own, and has no list of them.
  if (own && kind === 'customer') return me.customer ? [me.customer] : []
  const list = {
    customer: customers.data,
    provider: providers.data,
    zone: zones.data,
    hosting: hostings.data,
    organization: undefined,
  }[kind]
  return list?.items ?? []
}
