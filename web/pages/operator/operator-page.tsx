import { useCall } from '../../api/use-call.ts'
import { useMe } from '../../session/use-me.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { InstanceFacts } from './instance-facts.tsx'
import { NewOrganization } from './new-organization.tsx'
import { OrganizationList } from './organization-list.tsx'

/** The page of whoever runs this server: it is about all organizations, and a role in none. */
export function OperatorPage() {
  const { user } = useMe()
  return (
    <Page
      title="Operator"
      lead="This server and the organizations on it. What is in them stays theirs."
      actions={user.operator ? <NewOrganization /> : null}
    >
      {user.operator ? (
        <Instance />
      ) : (
        <Empty icon="lock" title="For whoever runs this server">
          Your account is not an operator of it.
        </Empty>
      )}
    </Page>
  )
}

function Instance() {
  const instance = useCall('operator.read', {})
  return (
    <>
      <OrganizationList />
      <Loaded query={instance}>{(data) => <InstanceFacts instance={data} />}</Loaded>
    </>
  )
}
