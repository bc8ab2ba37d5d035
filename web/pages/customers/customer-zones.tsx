import { usePages } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { ZoneTable } from '../zones/zone-table.tsx'
import { useCustomer } from './use-customer.ts'

export function CustomerZones() {
  const customer = useCustomer()
  const zones = usePages('zones.list', { query: { customer_id: customer.id } })
  return (
    <Loaded query={zones}>
      {() =>
        zones.items.length > 0 ? (
          <ZoneTable zones={zones.items} more={zones} />
        ) : (
          <Empty
            icon="zones"
            title="No zones yet"
            action={<ButtonLink to={pathsFrom('').zones}>Choose a zone</ButtonLink>}
          >
            Assign a zone to {customer.name} in the zone’s settings, or choose this customer when importing.
          </Empty>
        )
      }
    </Loaded>
  )
}
