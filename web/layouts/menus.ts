import { pathsFrom } from '../paths.ts'
import { holds, type Me } from '../session/use-me.ts'
import type { IconName } from '../ui/icons.tsx'

/** `counts`: what waits for the reader there is counted beside it. */
export type Place = { label: string; to: string; icon: IconName; counts?: 'requests' }
export type Section = { label: string | null; places: Place[] }

type Wish = Place & { needs: string[]; shown?: boolean }

/** The console's menu: only what this person may see, empty sections left out. */
export function consoleMenu(me: Me): Section[] {
  const paths = pathsFrom('')
  // Whoever belongs to no organization has no place in one.
  const athome = me.organization !== null
  return keep(me, [
    {
      label: null,
      places: [
        { label: 'Overview', to: paths.home, icon: 'overview', needs: [] },
        { label: 'Zones', to: paths.zones, icon: 'zones', needs: ['zones.view', 'zones.create'] },
        { label: 'Changes', to: paths.changes, icon: 'inbox', needs: ['records.view', 'changes.approve'] },
        { label: 'Customers', to: paths.customers, icon: 'customers', needs: ['customers.view', 'customers.create'] },
        { label: 'Activity', to: paths.activity, icon: 'activity', needs: [], shown: athome },
      ],
    },
    {
      label: 'Access',
      places: [
        { label: 'Who has what', to: paths.access, icon: 'access', needs: ['grants.view'] },
        { label: 'Try it', to: paths.tryAccess, icon: 'help', needs: ['grants.view'] },
        { label: 'Requests', to: paths.requests, icon: 'mail', needs: [], counts: 'requests', shown: athome },
        { label: 'Reviews', to: paths.reviews, icon: 'check', needs: ['grants.manage'] },
        { label: 'Roles', to: paths.roles, icon: 'person', needs: ['grants.view', 'roles.manage'] },
        { label: 'Assertions', to: paths.assertions, icon: 'lock', needs: ['assertions.manage'] },
      ],
    },
    {
      label: 'Developer',
      places: [
        { label: 'API keys', to: paths.keys, icon: 'key', needs: ['api_keys.create', 'api_keys.manage'] },
        { label: 'Service accounts', to: paths.serviceAccounts, icon: 'robot', needs: ['api_keys.manage'] },
      ],
    },
    {
      label: 'Settings',
      places: [
        { label: 'Team', to: paths.team, icon: 'people', needs: ['members.view', 'client_users.manage'] },
        { label: 'Teams', to: paths.teams, icon: 'people', needs: ['members.view'], shown: me.team_features },
        { label: 'Providers', to: paths.providers, icon: 'provider', needs: ['providers.view', 'providers.manage'] },
        { label: 'Organization', to: paths.organization, icon: 'settings', needs: ['organization.settings.manage'] },
      ],
    },
    {
      label: 'This server',
      places: [{ label: 'Operator', to: paths.operator, icon: 'provider', needs: [], shown: me.user.operator }],
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
        { label: 'Hosting', to: paths.hostings, icon: 'provider', needs: ['hostings.view'] },
        { label: 'Proposals', to: paths.changes, icon: 'inbox', needs: ['changes.propose', 'changes.approve'] },
        { label: 'People', to: paths.people, icon: 'people', needs: ['client_users.manage'] },
        { label: 'Requests', to: paths.requests, icon: 'mail', needs: [], counts: 'requests' },
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
      places: places.filter(({ needs, shown }) => shown !== false && (needs.length === 0 || holds(me, ...needs))),
    }))
    .filter(({ places }) => places.length > 0)
}
