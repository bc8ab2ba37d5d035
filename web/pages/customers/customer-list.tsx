import type { ItemOf } from '@zoneward/api/types'
import { LockedAction } from '../../access/locked-action.tsx'
import { usePages } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { NewCustomer } from './new-customer.tsx'

const paths = pathsFrom('')
const columns: Column<ItemOf<'customers.list'>>[] = [
  { header: 'Customer', role: 'title', cell: ({ id, name }) => <TextLink to={paths.customer(id)}>{name}</TextLink> },
  { header: 'Zones', role: 'number', cell: ({ zones }) => zones },
  { header: 'People', role: 'number', cell: ({ people }) => people },
  { header: 'Portal', cell: ({ portal }) => <span className="font-mono text-sm">/portal/{portal}</span> },
  { header: 'Made', cell: ({ created_at }) => <Time at={created_at} />, wide: true },
]

export function CustomerList() {
  const me = useMe()
  const [{ q }, change] = useAddress()
  const customers = usePages('customers.list', { query: q ? { q } : {} })
  return (
    <Page
      title="Customers"
      lead="Each customer has a portal of its own and sees only what is assigned to it."
      actions={
        holds(me, 'customers.create') ? (
          <NewCustomer />
        ) : (
          <LockedAction permission="customers.create" label="New customer" />
        )
      }
    >
      <div className="grid gap-3">
        <SearchBox label="Search customers" value={q ?? ''} onChange={(text) => change({ q: text })} />
        <Loaded query={customers}>
          {() =>
            customers.items.length > 0 ? (
              <Table
                label="Customers"
                rows={customers.items}
                columns={columns}
                keyOf={({ id }) => id}
                more={customers}
              />
            ) : q ? (
              <Empty icon="search" title="No customer fits">
                Try fewer letters.
              </Empty>
            ) : (
              <Empty icon="customers" title="No customers yet">
                {holds(me, 'customers.create')
                  ? 'Make the first with “New customer”, then assign zones to it and invite its people.'
                  : 'Customers appear here when you are given access to them.'}
              </Empty>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}
