import { Guarded } from '../../access/guarded.tsx'
import { usePages } from '../../api/use-call.ts'
import { useMay } from '../../session/use-may.ts'
import { Empty, Loaded } from '../../ui/states.tsx'
import { useCustomer } from '../customers/use-customer.ts'
import { HostingTable } from './hosting-table.tsx'
import { NewHosting } from './new-hosting.tsx'

/** The hostings of one customer. */
export function CustomerHostings() {
  const customer = useCustomer()
  const hostings = usePages('hostings.list', { query: { customer_id: customer.id } })
  const place = { kind: 'customer', id: customer.id } as const
  const manages = useMay('hostings.manage', place)
  return (
    <div className="grid gap-3">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">Hostings</h2>
        <Guarded can={{ 'hostings.manage': manages }} permission="hostings.manage" resource={place}>
          {(refusal) => <NewHosting customer={customer} refusal={refusal} />}
        </Guarded>
      </div>
      <Loaded query={hostings}>
        {() =>
          hostings.items.length > 0 ? (
            <HostingTable hostings={hostings.items} more={hostings} />
          ) : (
            <Empty icon="provider" title="No hostings yet">
              A hosting is a place of {customer.name} where roles can be given by themselves: for its website, its mail
              or its statistics, without access to the customer.
            </Empty>
          )
        }
      </Loaded>
    </div>
  )
}
