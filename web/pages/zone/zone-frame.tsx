import { Outlet, useParams } from '@tanstack/react-router'
import { useCall } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Badge, LevelBadge } from '../../ui/badge.tsx'
import { type Crumb, Page } from '../../ui/page.tsx'
import { Failure, Loaded, Skeleton } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { count } from '../../words/times.ts'
import { ZoneContext } from './use-zone.ts'

/** The head that all pages of one zone share: its name, its place, and what the reader may do. */
export function ZoneFrame() {
  const { zoneId = '' } = useParams({ strict: false }) as { zoneId?: string }
  const zone = useCall('zones.read', { params: { zone_id: zoneId } })
  const paths = usePaths()
  const me = useMe()
  const staff = me.realm === 'staff'
  const crumbs: Crumb[] = [{ label: staff ? 'Zones' : 'DNS', to: paths.zones }]
  const customer = zone.data?.customer
  if (staff && customer && holds(me, 'customers.view'))
    crumbs.push({ label: customer.name, to: paths.customer(customer.id) })
  if (zone.error && !['unreachable', 'internal', 'upstream'].includes(zone.error.code)) {
    return (
      <Page title="Zone" crumbs={crumbs}>
        <Failure fault={zone.error} />
      </Page>
    )
  }
  const can = zone.data?.can ?? {}
  const tabs = [
    { label: 'Records', to: paths.zone(zoneId) },
    { label: 'Changes', to: paths.zoneChanges(zoneId), below: true },
    ...(can['grants.view'] ? [{ label: 'Access', to: paths.zoneAccess(zoneId) }] : []),
    ...(holds(me, 'api_keys.create') ? [{ label: 'Guest links', to: paths.zoneGuests(zoneId) }] : []),
    { label: staff ? 'Settings' : 'About', to: paths.zoneSettings(zoneId) },
  ]
  return (
    <Page
      title={zone.data?.name ?? 'Zone'}
      crumbs={crumbs}
      lead={
        zone.data
          ? `${count(zone.data.records, 'record')} · serial ${zone.data.serial}${staff ? ` · ${zone.data.provider.name}` : ''}`
          : undefined
      }
      badges={
        zone.data ? (
          <>
            <LevelBadge level={zone.data.level} />
            {zone.data.served ? (
              <Badge tone="good" icon="check">
                Answered here
              </Badge>
            ) : null}
          </>
        ) : null
      }
      tabs={<Tabs label="Zone" tabs={tabs} />}
    >
      <Loaded query={zone}>
        {(data) => (
          <ZoneContext value={data}>
            <Outlet />
          </ZoneContext>
        )}
      </Loaded>
      {zone.isPending ? <Skeleton /> : null}
    </Page>
  )
}
