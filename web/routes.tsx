import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

// Every page is a file of its own, loaded when it is first visited.
const root = createRootRoute()

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/doors/setup.tsx'), 'Setup'),
})
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./pages/doors/invitation.tsx'), 'Invitation'),
})

const zone = lazyRouteComponent(() => import('./pages/zone/zone-frame.tsx'), 'ZoneFrame')
const zoneRecords = lazyRouteComponent(() => import('./pages/zone/zone-records.tsx'), 'ZoneRecords')
const zoneList = lazyRouteComponent(() => import('./pages/zones/zone-list.tsx'), 'ZoneList')

const staff = createRoute({
  getParentRoute: () => root,
  id: 'console',
  component: lazyRouteComponent(() => import('./layouts/console-layout.tsx'), 'ConsoleLayout'),
})
const staffPage = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => staff, path, component })
const staffZone = staffPage('/zones/$zoneId', zone)
const inStaffZone = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => staffZone, path, component })

const portal = createRoute({
  getParentRoute: () => root,
  path: '/portal/$slug',
  component: lazyRouteComponent(() => import('./layouts/portal-layout.tsx'), 'PortalLayout'),
})
const portalPage = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => portal, path, component })
const portalZone = portalPage('/zones/$zoneId', zone)
const inPortalZone = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => portalZone, path, component })

export const routeTree = root.addChildren([
  setup,
  invitation,
  staff.addChildren([
    staffPage(
      '/',
      lazyRouteComponent(() => import('./pages/overview/overview.tsx'), 'Overview'),
    ),
    staffPage('/zones', zoneList),
    staffZone.addChildren([inStaffZone('/', zoneRecords)]),
  ]),
  portal.addChildren([
    portalPage(
      '/',
      lazyRouteComponent(() => import('./pages/portal/portal-overview.tsx'), 'PortalOverview'),
    ),
    portalPage('/zones', zoneList),
    portalZone.addChildren([inPortalZone('/', zoneRecords)]),
  ]),
])
