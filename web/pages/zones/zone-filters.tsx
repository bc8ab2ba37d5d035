import { useCall } from '../../api/use-call.ts'
import type { Address } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { FilterSelect } from '../../ui/field.tsx'

/** Filters of the zone list by what the reader may see of providers and customers. */
export function ZoneFilters({ address, onChange }: { address: Address; onChange: (patch: Address) => void }) {
  const me = useMe()
  const providers = useCall('providers.list', { query: { limit: 1000 } }, { enabled: holds(me, 'providers.view') })
  const customers = useCall('customers.list', { query: { limit: 1000 } }, { enabled: holds(me, 'customers.view') })
  return (
    <>
      {(customers.data?.items.length ?? 0) > 0 ? (
        <FilterSelect
          label="Customer"
          value={address['customer_id'] ?? ''}
          onChange={(event) => onChange({ customer_id: event.target.value })}
        >
          <option value="">All customers</option>
          {customers.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </FilterSelect>
      ) : null}
      {(providers.data?.items.length ?? 0) > 1 ? (
        <FilterSelect
          label="Provider"
          value={address['provider_id'] ?? ''}
          onChange={(event) => onChange({ provider_id: event.target.value })}
        >
          <option value="">All providers</option>
          {providers.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </FilterSelect>
      ) : null}
    </>
  )
}
