import { portalOf } from './api/call.ts'

/** Where the pages of one layout begin: '' in the console, '/portal/<slug>' in a portal. */
export function baseOf(pathname: string): string {
  const slug = portalOf(pathname)
  return slug === undefined ? '' : `/portal/${encodeURIComponent(slug)}`
}

/** Every address of the web app. Both layouts have zones; the rest belongs to one of them. */
export function pathsFrom(base: string) {
  const zone = (zoneId: string) => `${base}/zones/${zoneId}`
  const customer = (customerId: string) => `/customers/${customerId}`
  return {
    home: base === '' ? '/' : base,
    zones: `${base}/zones`,
    zoneImport: '/zones/import',
    zone,
    zoneChanges: (zoneId: string) => `${zone(zoneId)}/changes`,
    zoneAccess: (zoneId: string) => `${zone(zoneId)}/access`,
    zoneSettings: (zoneId: string) => `${zone(zoneId)}/settings`,
    customers: '/customers',
    customer,
    customerZones: (customerId: string) => `${customer(customerId)}/zones`,
    customerPeople: (customerId: string) => `${customer(customerId)}/people`,
    customerActivity: (customerId: string) => `${customer(customerId)}/activity`,
    access: '/access',
    team: '/settings/team',
    clientUsers: '/settings/team/clients',
    teams: '/settings/team/teams',
    invitations: '/settings/team/invitations',
    zoneLevels: (userId: string) => `/settings/team/zone-access/${userId}`,
    providers: '/settings/providers',
    provider: (providerId: string) => `/settings/providers/${providerId}`,
    organization: '/settings/organization',
    keys: base === '' ? '/developer/keys' : `${base}/keys`,
    activity: `${base}/activity`,
    profile: `${base}/profile`,
    people: `${base}/people`,
    help: `${base}/help`,
  }
}

/** The addresses of the layout that the reader is in. */
export function usePaths() {
  return pathsFrom(baseOf(window.location.pathname))
}
