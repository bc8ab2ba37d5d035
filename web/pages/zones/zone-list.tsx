import { LockedAction } from '../../access/locked-action.tsx'
import { usePages } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { NewZone } from './new-zone.tsx'
import { ZoneFilters } from './zone-filters.tsx'
import { ZoneTable } from './zone-table.tsx'

/** The zones that this person may see, and no others. */
export function ZoneList() {
  const me = useMe()
  const paths = usePaths()
  const [address, change] = useAddress()
  const { q, provider_id, customer_id } = address
  const staff = me.realm === 'staff'
  const zones = usePages('zones.list', {
    query: { ...(q ? { q } : {}), ...(provider_id ? { provider_id } : {}), ...(customer_id ? { customer_id } : {}) },
  })
  const filtered = Boolean(q || provider_id || customer_id)
  const makes = staff && holds(me, 'zones.create')
  return (
    <Page
      title={staff ? 'Zones' : 'DNS'}
      lead={staff ? undefined : 'The zones that your provider has given you access to.'}
      actions={
        makes ? (
          <>
            <NewZone />
            <ButtonLink kind="primary" icon="upload" to={paths.zoneImport}>
              Import zone files
            </ButtonLink>
          </>
        ) : staff ? (
          <LockedAction permission="zones.create" label="New zone" />
        ) : null
      }
    >
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-2">
          <SearchBox label="Search zones" value={q ?? ''} onChange={(text) => change({ q: text })} />
          {staff ? <ZoneFilters address={address} onChange={change} /> : null}
        </div>
        <Loaded query={zones}>
          {() => {
            if (zones.items.length > 0) return <ZoneTable zones={zones.items} more={zones} />
            if (filtered)
              return (
                <Empty icon="search" title="No zone fits">
                  Try fewer letters, or take a filter away.
                </Empty>
              )
            if (makes) return <NoZones importAt={paths.zoneImport} />
            return (
              <Empty icon="zones" title="No zones yet">
                {staff
                  ? 'Zones appear here when you are given access to them.'
                  : 'When your provider assigns a zone to you, it appears here.'}
              </Empty>
            )
          }}
        </Loaded>
      </div>
    </Page>
  )
}

function NoZones({ importAt }: { importAt: string }) {
  return (
    <Empty
      icon="zones"
      title="No zones yet"
      action={
        <ButtonLink to={importAt} icon="upload">
          Import zone files
        </ButtonLink>
      }
    >
      Bring the zone files you have; each is checked, and its difference shown, before anything is written.
    </Empty>
  )
}
