import { useCall } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { ContactLines } from '../../ui/contact.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Stat } from '../../ui/stat.tsx'
import { Loaded } from '../../ui/states.tsx'
import { RecentChanges } from '../overview/recent-changes.tsx'
import { YourAccess } from './your-access.tsx'

/** A client's first page: what it has, what it may do, and who stands behind it. */
export function PortalOverview() {
  const me = useMe()
  const paths = usePaths()
  const dashboard = useCall('dashboard.read', {}, { enabled: holds(me, 'dashboard.view') })
  return (
    <Page
      title={`Welcome, ${me.user.name}`}
      lead={me.organization ? `Your DNS is looked after by ${me.organization.name}.` : undefined}
    >
      {holds(me, 'dashboard.view') ? (
        <Loaded query={dashboard}>
          {(data) => (
            <>
              <div className="grid grid-cols-2 gap-3">
                <Stat label="Zones" value={data.zones} to={paths.zones} />
                <Stat label="DNS records across zones" value={data.records} to={paths.zones} />
              </div>
              <RecentChanges changes={data.recent_changes} />
            </>
          )}
        </Loaded>
      ) : null}
      <YourAccess />
      {me.organization ? (
        <Card title="Your provider">
          <ContactLines organization={me.organization.name} contact={me.organization.contact} />
        </Card>
      ) : null}
    </Page>
  )
}
