import { useEffect } from 'react'
import { useCall } from '../api/use-call.ts'
import { SelectField } from '../ui/field.tsx'
import { FirstProvider } from './first-provider.tsx'

type PlaceFieldProps = {
  error?: string | undefined
  value?: string
  onChange?: (id: string) => void
  name?: string
  label?: string
}

/** Chooses a provider; where there is only one it is chosen, where there is none the first is made. */
export function ProviderField({ error, value, onChange, name = 'provider_id', label = 'Provider' }: PlaceFieldProps) {
  const providers = useCall('providers.list', { query: { limit: 1000 } })
  const items = providers.data?.items ?? []
  const only = items.length === 1 ? items[0]?.id : undefined
  useEffect(() => {
    if (only && value === '') onChange?.(only)
  }, [only, value, onChange])
  if (providers.data && items.length === 0) return <FirstProvider onMade={(id) => onChange?.(id)} />
  const chosen = onChange
    ? { value: value ?? '', onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
    : {}
  return (
    <SelectField
      label={label}
      name={name}
      required
      error={error ?? providers.error?.message}
      hint="Where the zone lives and is answered from."
      {...chosen}
    >
      {onChange ? <option value="">Choose a provider</option> : null}
      {items.map((provider) => (
        <option key={provider.id} value={provider.id}>
          {provider.name}
        </option>
      ))}
    </SelectField>
  )
}

/** Chooses a customer, or none yet. */
export function CustomerField({ error, value, onChange, name = 'customer_id', label = 'Customer' }: PlaceFieldProps) {
  const customers = useCall('customers.list', { query: { limit: 1000 } })
  const chosen = onChange
    ? { value: value ?? '', onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
    : {}
  return (
    <SelectField
      label={label}
      name={name}
      error={error}
      hint="Its people see the zone in their portal, as far as their roles go."
      {...chosen}
    >
      <option value="">None yet</option>
      {customers.data?.items.map((customer) => (
        <option key={customer.id} value={customer.id}>
          {customer.name}
        </option>
      ))}
    </SelectField>
  )
}
