import { pathsFrom } from '../paths.ts'
import { holds, type Me } from '../session/use-me.ts'
import type { IconName } from '../ui/icons.tsx'

export type Place = { label: string; to: string; icon: IconName }
export type Section = { label: string | null; places: Place[] }

type Wish = Place & { needs: string[] }

/** The console's menu: only what this person may see, empty sections left out. */
export function consoleMenu(me: Me): Section[] {
  const paths = pathsFrom('')
  return keep(me, [
    {
      label: null,
      places: [
        { label: 'Overview', to: paths.home, icon: 'overview', needs: [] },
        { label: 'Zones', to: paths.zones, icon: 'zones', needs: ['zones.view', 'zones.create'] },
        { label: 'Customers', to: paths.customers, icon: 'customers', needs: ['customers.view', 'customers.create'] },
        { label: 'Access', to: paths.access, icon: 'access', needs: ['grants.view'] },
        { label: 'Activity', to: paths.activity, icon: 'activity', needs: [] },
      ],
    },
    {
      label: 'Developer',
      places: [{ label: 'API keys', to: paths.keys, icon: 'key', needs: ['api_keys.create', 'api_keys.manage'] }],
    },
    {
      label: 'Settings',
      places: [
        { label: 'Team', to: paths.team, icon: 'people', needs: ['members.view', 'client_users.manage'] },
        { label: 'Providers', to: paths.providers, icon: 'provider', needs: ['providers.view', 'providers.manage'] },
        { label: 'Organization', to: paths.organization, icon: 'settings', needs: ['organization.settings.manage'] },
      ],
    },
  ])
}

/** A portal's menu, in the client's words. */
export function portalMenu(me: Me, base: string): Section[] {
  const paths = pathsFrom(base)
  return keep(me, [
    {
      label: null,
      places: [
        { label: 'Overview', to: paths.home, icon: 'overview', needs: [] },
        { label: 'DNS', to: paths.zones, icon: 'zones', needs: ['zones.view'] },
        { label: 'People', to: paths.people, icon: 'people', needs: ['client_users.manage'] },
        { label: 'API keys', to: paths.keys, icon: 'key', needs: ['api_keys.create'] },
        { label: 'Activity', to: paths.activity, icon: 'activity', needs: [] },
        { label: 'Help', to: paths.help, icon: 'help', needs: [] },
      ],
    },
  ])
}

function keep(me: Me, sections: { label: string | null; places: Wish[] }[]): Section[] {
  return sections
    .map(({ label, places }) => ({
      label,
      places: places.filter(({ needs }) => needs.length === 0 || holds(me, ...needs)),
    }))
    .filter(({ places }) => places.length > 0)
}
