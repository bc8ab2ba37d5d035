import { PermissionsCard } from '../../people/permissions/permissions-card.tsx'
import { CopyField } from '../../ui/copy.tsx'
import { Card } from '../../ui/page.tsx'
import { CustomerSettings } from './customer-settings.tsx'
import { useCustomer } from './use-customer.ts'

export function CustomerOverview() {
  const customer = useCustomer()
  return (
    <>
      {customer.notes ? <p className="whitespace-pre-line">{customer.notes}</p> : null}
      <Card title="Portal" lead="Where this customer’s people sign in.">
        <CopyField label="Address of the portal" text={`${window.location.origin}/portal/${customer.portal}`} />
      </Card>
      {customer.can['grants.view'] ? (
        <PermissionsCard place={{ kind: 'customer', id: customer.id, name: customer.name }} can={customer.can} />
      ) : null}
      {customer.can['customers.manage'] ? <CustomerSettings /> : null}
    </>
  )
}
