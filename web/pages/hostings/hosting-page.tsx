import { useParams } from '@tanstack/react-router'
import { useCall } from '../../api/use-call.ts'
import { pathsFrom, usePaths } from '../../paths.ts'
import { PermissionsCard } from '../../people/permissions/permissions-card.tsx'
import { holds, useMe } from '../../session/use-me.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { HostingSettings } from './hosting-settings.tsx'

/** One hosting: what it is, and who has access to it. */
export function HostingPage() {
  const { hostingId = '' } = useParams({ strict: false }) as { hostingId?: string }
  const staff = useMe().realm === 'staff'
  const hosting = useCall('hostings.read', { params: { hosting_id: hostingId } })
  return (
    <Page
      title={hosting.data?.name ?? 'Hosting'}
      crumbs={useCrumbs(hosting.data?.customer)}
      lead={hosting.data?.place || undefined}
      actions={
        staff && hosting.data?.can['grants.view'] ? (
          <ButtonLink to={pathsFrom('').hostingAccess(hostingId)} icon="access">
            Access
          </ButtonLink>
        ) : null
      }
    >
      <Loaded query={hosting}>
        {(data) => (
          <>
            <Card title="About this hosting">
              <Facts
                facts={[
                  ['Customer', data.customer.name],
                  ['Place', data.place || 'not said'],
                  ['Made', <Time key="made" at={data.created_at} />],
                ]}
              />
            </Card>
            {data.can['grants.view'] ? (
              <PermissionsCard place={{ kind: 'hosting', id: data.id, name: data.name }} can={data.can} />
            ) : null}
            {data.can['hostings.manage'] ? <HostingSettings key={data.id} hosting={data} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function useCrumbs(customer: { id: string; name: string } | undefined) {
  const me = useMe()
  const paths = usePaths()
  if (me.realm === 'client') return [{ label: 'Hosting', to: paths.hostings }]
  if (!customer || !holds(me, 'customers.view')) return []
  return [
    { label: 'Customers', to: paths.customers },
    { label: customer.name, to: paths.customerHostings(customer.id) },
  ]
}
