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
    zoneGuests: (zoneId: string) => `${zone(zoneId)}/guests`,
    changes: `${base}/changes`,
    hostings: `${base}/hostings`,
    hosting: (hostingId: string) => `${base}/hostings/${hostingId}`,
    hostingAccess: (hostingId: string) => `/hostings/${hostingId}/access`,
    permissions: `${base}/permissions`,
    customers: '/customers',
    customer,
    customerZones: (customerId: string) => `${customer(customerId)}/zones`,
    customerHostings: (customerId: string) => `${customer(customerId)}/hostings`,
    customerLimits: (customerId: string) => `${customer(customerId)}/limits`,
    customerPeople: (customerId: string) => `${customer(customerId)}/people`,
    customerAccess: (customerId: string) => `${customer(customerId)}/access`,
    customerActivity: (customerId: string) => `${customer(customerId)}/activity`,
    access: '/access',
    tryAccess: '/access/try',
    requests: base === '' ? '/access/requests' : `${base}/requests`,
    reviews: '/access/reviews',
    review: (reviewId: string) => `/access/reviews/${reviewId}`,
    assertions: '/access/assertions',
    roles: '/access/roles',
    role: (roleId: string) => `/access/roles/${encodeURIComponent(roleId)}`,
    team: '/settings/team',
    clientUsers: '/settings/team/clients',
    teams: '/settings/teams',
    invitations: '/settings/team/invitations',
    zoneLevels: (userId: string) => `/settings/team/zone-access/${userId}`,
    providers: '/settings/providers',
    provider: (providerId: string) => `/settings/providers/${providerId}`,
    organization: '/settings/organization',
    keys: base === '' ? '/developer/keys' : `${base}/keys`,
    key: (keyId: string) => `${base === '' ? '/developer/keys' : `${base}/keys`}/${keyId}`,
    serviceAccounts: '/developer/service-accounts',
    serviceAccount: (accountId: string) => `/developer/service-accounts/${accountId}`,
    operator: '/operator',
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
