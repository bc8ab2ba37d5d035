import { AccessTabs } from '../../access/access-tabs.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { useCustomer } from '../customers/use-customer.ts'

/** Access to a customer and everything of it. */
export function CustomerAccess() {
  const customer = useCustomer()
  const refusal = useRefusal(customer.can, 'grants.manage', { kind: 'customer', id: customer.id })
  return <AccessTabs place={{ kind: 'customer', id: customer.id, name: customer.name }} refusal={refusal} />
}
