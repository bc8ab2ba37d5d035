import { useParams } from '@tanstack/react-router'
import type { AnswerOf } from '@zoneward/api/types'
import { AccessTabs } from '../../access/access-tabs.tsx'
import { useRefusal } from '../../access/use-refusal.ts'
import { useCall } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'

const paths = pathsFrom('')

/** Access to one hosting. */
export function HostingAccess() {
  const { hostingId = '' } = useParams({ strict: false }) as { hostingId?: string }
  const hosting = useCall('hostings.read', { params: { hosting_id: hostingId } })
  const { data } = hosting
  return (
    <Page
      title={data ? `Access to ${data.name}` : 'Access'}
      crumbs={data ? crumbsOf(data) : []}
      lead={data ? 'Who has what on this hosting.' : undefined}
    >
      <Loaded query={hosting}>{(loaded) => <Tabs hosting={loaded} />}</Loaded>
    </Page>
  )
}

type Hosting = AnswerOf<'hostings.read'>

function crumbsOf({ id, name, customer }: Hosting) {
  return [
    { label: 'Customers', to: paths.customers },
    { label: customer.name, to: paths.customer(customer.id) },
    { label: name, to: paths.hosting(id) },
  ]
}

function Tabs({ hosting }: { hosting: Hosting }) {
  const refusal = useRefusal(hosting.can, 'grants.manage', { kind: 'hosting', id: hosting.id })
  return <AccessTabs place={{ kind: 'hosting', id: hosting.id, name: hosting.name }} refusal={refusal} />
}
