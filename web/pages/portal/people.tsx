import { CustomerPeopleList } from '../../people/customer-people-list.tsx'
import { PermissionsCard } from '../../people/permissions/permissions-card.tsx'
import { useMay } from '../../session/use-may.ts'
import { useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'

/** A Client Admin's colleagues: who they are, what they may do, and who is invited. */
export function PortalPeople() {
  const { customer } = useMe()
  return (
    <Page title="People" lead="Who of you signs in here, and what each of them may do.">
      {customer ? (
        <>
          <CustomerPeopleList customer={customer} />
          <Permissions customer={customer} />
        </>
      ) : (
        <Empty icon="people" title="Your account stands alone">
          Your provider looks after who else has access.
        </Empty>
      )}
    </Page>
  )
}

function Permissions({ customer }: { customer: { id: string; name: string } }) {
  const place = { kind: 'customer', id: customer.id, name: customer.name } as const
  const sees = useMay('grants.view', place)
  const manages = useMay('grants.manage', place)
  return sees ? <PermissionsCard place={place} can={{ 'grants.manage': manages }} /> : null
}
