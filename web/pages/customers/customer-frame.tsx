import { Outlet, useParams } from '@tanstack/react-router'
import { useCall } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { count } from '../../words/times.ts'
import { CustomerContext } from './use-customer.ts'

const paths = pathsFrom('')

/** The head that all pages of one customer share. */
export function CustomerFrame() {
  const { customerId = '' } = useParams({ strict: false }) as { customerId?: string }
  const customer = useCall('customers.read', { params: { customer_id: customerId } })
  const can = customer.data?.can ?? {}
  const me = useMe()
  const tabs = [
    { label: 'Overview', to: paths.customer(customerId) },
    { label: 'Zones', to: paths.customerZones(customerId) },
    ...(holds(me, 'hostings.view') ? [{ label: 'Hostings', to: paths.customerHostings(customerId) }] : []),
    ...(can['client_users.manage'] ? [{ label: 'People', to: paths.customerPeople(customerId) }] : []),
    ...(can['grants.view'] ? [{ label: 'Access', to: paths.customerAccess(customerId) }] : []),
    ...(can['customers.manage'] ? [{ label: 'Limits', to: paths.customerLimits(customerId) }] : []),
    ...(holds(me, 'audit.view') ? [{ label: 'Activity', to: paths.customerActivity(customerId) }] : []),
  ]
  return (
    <Page
      title={customer.data?.name ?? 'Customer'}
      crumbs={[{ label: 'Customers', to: paths.customers }]}
      lead={
        customer.data
          ? `${count(customer.data.zones, 'zone')} · ${count(customer.data.people, 'person', 'people')}`
          : undefined
      }
      tabs={customer.data ? <Tabs label="Customer" tabs={tabs} /> : null}
    >
      <Loaded query={customer}>
        {(data) => (
          <CustomerContext value={data}>
            <Outlet />
          </CustomerContext>
        )}
      </Loaded>
    </Page>
  )
}
