import { Holders } from '../../access/holders.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { CopyField } from '../../ui/copy.tsx'
import { Card } from '../../ui/page.tsx'
import { CustomerSettings } from './customer-settings.tsx'
import { useCustomer } from './use-customer.ts'

export function CustomerOverview() {
  const customer = useCustomer()
  const refusal = useRefusal(customer.can, 'grants.manage', { kind: 'customer', id: customer.id })
  return (
    <>
      {customer.notes ? <p className="whitespace-pre-line">{customer.notes}</p> : null}
      <Card title="Portal" lead="Where this customer’s people sign in.">
        <CopyField label="Address of the portal" text={`${window.location.origin}/portal/${customer.portal}`} />
      </Card>
      {customer.can['grants.view'] ? (
        <Card title="Permissions" lead="Who has what on this customer and everything of it.">
          <Holders place={{ kind: 'customer', id: customer.id, name: customer.name }} refusal={refusal} />
        </Card>
      ) : null}
      {customer.can['customers.manage'] ? <CustomerSettings /> : null}
    </>
  )
}
