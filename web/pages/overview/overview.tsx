import { useCall } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Stat } from '../../ui/stat.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { NextSteps } from './next-steps.tsx'
import { RecentChanges } from './recent-changes.tsx'

export function Overview() {
  const me = useMe()
  const may = holds(me, 'dashboard.view')
  const dashboard = useCall('dashboard.read', {}, { enabled: may })
  const paths = pathsFrom('')
  return (
    <Page
      title="Overview"
      actions={
        holds(me, 'zones.create') ? (
          <ButtonLink kind="primary" icon="upload" to={paths.zoneImport}>
            Import zone files
          </ButtonLink>
        ) : null
      }
    >
      {may ? (
        <Loaded query={dashboard}>
          {(data) => (
            <>
              <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
                <Stat label="Zones" value={data.zones} to={holds(me, 'zones.view') ? paths.zones : undefined} />
                <Stat label="Records" value={data.records} />
                {holds(me, 'customers.view') ? (
                  <Stat label="Customers" value={data.customers} to={paths.customers} />
                ) : null}
                <Stat label="People" value={data.people} to={holds(me, 'members.view') ? paths.team : undefined} />
              </div>
              <NextSteps steps={data.next_steps} />
              <RecentChanges changes={data.recent_changes} />
            </>
          )}
        </Loaded>
      ) : (
        <Empty icon="lock" title="Nothing has been given to you yet">
          Somebody who manages access here can give you a role on a customer, a provider or a zone.
        </Empty>
      )}
    </Page>
  )
}
