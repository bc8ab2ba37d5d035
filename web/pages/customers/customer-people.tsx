import { CustomerPeopleList } from '../../people/customer-people-list.tsx'
import { useCustomer } from './use-customer.ts'

export function CustomerPeople() {
  const { id, name } = useCustomer()
  return <CustomerPeopleList customer={{ id, name }} />
}
