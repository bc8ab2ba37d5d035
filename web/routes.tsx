import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

// Every page is a file of its own, loaded when it is first visited. Paths are written here and in paths.ts only.
const page = lazyRouteComponent

const root = createRootRoute()
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: page(() => import('./pages/doors/setup.tsx'), 'Setup'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: page(() => import('./pages/doors/invitation.tsx'), 'Invitation'),
})

const guest = createRoute({
  getParentRoute: () => root,
  path: '/guest',
  component: page(() => import('./pages/guest/guest-page.tsx'), 'GuestPage'),
})

const zoneList = page(() => import('./pages/zones/zone-list.tsx'), 'ZoneList')
const zoneFrame = page(() => import('./pages/zone/zone-frame.tsx'), 'ZoneFrame')
const zonePages = {
  '/': page(() => import('./pages/zone/zone-records.tsx'), 'ZoneRecords'),
  '/changes': page(() => import('./pages/zone/zone-changes.tsx'), 'ZoneChanges'),
  '/access': page(() => import('./pages/zone/zone-access.tsx'), 'ZoneAccess'),
  '/settings': page(() => import('./pages/zone/zone-settings.tsx'), 'ZoneSettings'),
  '/guests': page(() => import('./pages/zone/zone-guests.tsx'), 'ZoneGuests'),
}
const keys = page(() => import('./pages/keys/keys.tsx'), 'Keys')
const activity = page(() => import('./pages/activity/activity.tsx'), 'Activity')
const changes = page(() => import('./pages/proposals/changes-page.tsx'), 'ChangesPage')
const hosting = page(() => import('./pages/hostings/hosting-page.tsx'), 'HostingPage')
const permissions = page(() => import('./pages/teams/team-permissions.tsx'), 'TeamPermissions')
const keyPage = page(() => import('./pages/keys/key-page.tsx'), 'KeyPage')
const profile = page(() => import('./pages/settings/profile.tsx'), 'Profile')

const requests = page(() => import('./pages/requests/requests-page.tsx'), 'RequestsPage')

const consolePages = {
  '/': page(() => import('./pages/overview/overview.tsx'), 'Overview'),
  '/zones': zoneList,
  '/zones/import': page(() => import('./pages/zones/zone-import.tsx'), 'ZoneImport'),
  '/customers': page(() => import('./pages/customers/customer-list.tsx'), 'CustomerList'),
  '/access': page(() => import('./pages/access/access-page.tsx'), 'AccessPage'),
  '/access/try': page(() => import('./pages/access/try-page.tsx'), 'TryPage'),
  '/access/requests': requests,
  '/access/reviews': page(() => import('./pages/reviews/review-list.tsx'), 'ReviewList'),
  '/access/reviews/$reviewId': page(() => import('./pages/reviews/review-page.tsx'), 'ReviewPage'),
  '/access/assertions': page(() => import('./pages/assertions/assertions-page.tsx'), 'AssertionsPage'),
  '/hostings/$hostingId/access': page(() => import('./pages/access/hosting-access.tsx'), 'HostingAccess'),
  '/activity': activity,
  '/access/roles': page(() => import('./pages/roles/role-list.tsx'), 'RoleList'),
  '/access/roles/$roleId': page(() => import('./pages/roles/role-page.tsx'), 'RolePage'),
  '/changes': changes,
  '/hostings/$hostingId': hosting,
  '/permissions': permissions,
  '/operator': page(() => import('./pages/operator/operator-page.tsx'), 'OperatorPage'),
  '/developer/keys': keys,
  '/developer/keys/$keyId': keyPage,
  '/developer/service-accounts': page(() => import('./pages/service-accounts/account-list.tsx'), 'AccountList'),
  '/developer/service-accounts/$accountId': page(
    () => import('./pages/service-accounts/account-page.tsx'),
    'AccountPage',
  ),
  '/settings/teams': page(() => import('./pages/teams/teams.tsx'), 'Teams'),
  '/settings/providers': page(() => import('./pages/settings/providers.tsx'), 'Providers'),
  '/settings/providers/$providerId': page(() => import('./pages/settings/provider-page.tsx'), 'ProviderPage'),
  '/settings/organization': page(() => import('./pages/settings/organization.tsx'), 'OrganizationSettings'),
  '/settings/team/zone-access/$userId': page(() => import('./pages/team/zone-levels.tsx'), 'ZoneLevels'),
  '/profile': profile,
}
const customerPages = {
  '/': page(() => import('./pages/customers/customer-overview.tsx'), 'CustomerOverview'),
  '/zones': page(() => import('./pages/customers/customer-zones.tsx'), 'CustomerZones'),
  '/hostings': page(() => import('./pages/hostings/customer-hostings.tsx'), 'CustomerHostings'),
  '/limits': page(() => import('./pages/customers/customer-limits.tsx'), 'CustomerLimits'),
  '/people': page(() => import('./pages/customers/customer-people.tsx'), 'CustomerPeople'),
  '/access': page(() => import('./pages/access/customer-access.tsx'), 'CustomerAccess'),
  '/activity': page(() => import('./pages/customers/customer-activity.tsx'), 'CustomerActivity'),
}
const teamPages = {
  '/': page(() => import('./pages/team/members.tsx'), 'Members'),
  '/clients': page(() => import('./pages/team/client-users.tsx'), 'ClientUsers'),
  '/invitations': page(() => import('./pages/team/invitations.tsx'), 'Invitations'),
}
const portalPages = {
  '/': page(() => import('./pages/portal/portal-overview.tsx'), 'PortalOverview'),
  '/zones': zoneList,
  '/people': page(() => import('./pages/portal/people.tsx'), 'PortalPeople'),
  '/hostings': page(() => import('./pages/hostings/portal-hostings.tsx'), 'PortalHostings'),
  '/hostings/$hostingId': hosting,
  '/changes': changes,
  '/permissions': permissions,
  '/keys': keys,
  '/keys/$keyId': keyPage,
  '/activity': activity,
  '/requests': requests,
  '/help': page(() => import('./pages/portal/help.tsx'), 'Help'),
  '/profile': profile,
}

const staff = createRoute({
  getParentRoute: () => root,
  id: 'console',
  component: page(() => import('./layouts/console-layout.tsx'), 'ConsoleLayout'),
})
const client = createRoute({
  getParentRoute: () => root,
  path: '/portal/$slug',
  component: page(() => import('./layouts/portal-layout.tsx'), 'PortalLayout'),
})

type Component = typeof zoneList
type Parent = typeof staff | typeof client

/** The pages below one route, by their paths. */
function below(parent: object, pages: Record<string, Component>) {
  const getParentRoute = () => parent as Parent
  return Object.entries(pages).map(([path, component]) => createRoute({ getParentRoute, path, component }))
}

/** Pages that share a head: the frame draws it, the pages stand inside. */
function framed(parent: object, path: string, frame: Component, pages: Record<string, Component>) {
  const route = createRoute({ getParentRoute: () => parent as Parent, path, component: frame })
  return route.addChildren(below(route, pages))
}

const customerFrame = page(() => import('./pages/customers/customer-frame.tsx'), 'CustomerFrame')
const teamFrame = page(() => import('./pages/team/team-frame.tsx'), 'TeamFrame')

export const routeTree = root.addChildren([
  setup,
  invitation,
  guest,
  staff.addChildren([
    ...below(staff, consolePages),
    framed(staff, '/zones/$zoneId', zoneFrame, zonePages),
    framed(staff, '/customers/$customerId', customerFrame, customerPages),
    framed(staff, '/settings/team', teamFrame, teamPages),
  ]),
  client.addChildren([...below(client, portalPages), framed(client, '/zones/$zoneId', zoneFrame, zonePages)]),
])
