// Method and path of every operation, as plain data: the web app and the command line import this and nothing heavier.

export const paths = {
  'health.read': ['GET', '/healthz'],
  'openapi.read': ['GET', '/openapi.json'],

  'setup.read': ['GET', '/v1/setup'],
  'setup.create': ['POST', '/v1/setup'],
  'portals.read': ['GET', '/v1/portals/{slug}'],
  'sessions.create': ['POST', '/v1/sessions'],
  'sessions.delete': ['DELETE', '/v1/sessions/current'],
  'me.read': ['GET', '/v1/me'],
  'me.password.replace': ['PUT', '/v1/me/password'],
  'invitation_previews.create': ['POST', '/v1/invitation-previews'],
  'acceptances.create': ['POST', '/v1/acceptances'],

  'dashboard.read': ['GET', '/v1/dashboard'],
  'organization.read': ['GET', '/v1/organization'],
  'organization.update': ['PATCH', '/v1/organization'],
  'permissions.list': ['GET', '/v1/permissions'],
  'roles.list': ['GET', '/v1/roles'],

  'members.list': ['GET', '/v1/members'],
  'members.delete': ['DELETE', '/v1/members/{member_id}'],
  'client_users.list': ['GET', '/v1/client-users'],
  'client_users.delete': ['DELETE', '/v1/client-users/{client_user_id}'],
  'teams.list': ['GET', '/v1/teams'],
  'teams.create': ['POST', '/v1/teams'],
  'teams.delete': ['DELETE', '/v1/teams/{team_id}'],
  'teams.members.add': ['PUT', '/v1/teams/{team_id}/members/{user_id}'],
  'teams.members.remove': ['DELETE', '/v1/teams/{team_id}/members/{user_id}'],

  'invitations.list': ['GET', '/v1/invitations'],
  'invitations.create': ['POST', '/v1/invitations'],
  'invitations.resend': ['POST', '/v1/invitations/{invitation_id}/mailings'],
  'invitations.revoke': ['DELETE', '/v1/invitations/{invitation_id}'],

  'api_keys.list': ['GET', '/v1/api-keys'],
  'api_keys.create': ['POST', '/v1/api-keys'],
  'api_keys.delete': ['DELETE', '/v1/api-keys/{api_key_id}'],

  'customers.list': ['GET', '/v1/customers'],
  'customers.create': ['POST', '/v1/customers'],
  'customers.read': ['GET', '/v1/customers/{customer_id}'],
  'customers.update': ['PATCH', '/v1/customers/{customer_id}'],
  'customers.delete': ['DELETE', '/v1/customers/{customer_id}'],

  'providers.list': ['GET', '/v1/providers'],
  'providers.create': ['POST', '/v1/providers'],
  'providers.read': ['GET', '/v1/providers/{provider_id}'],
  'providers.update': ['PATCH', '/v1/providers/{provider_id}'],
  'providers.delete': ['DELETE', '/v1/providers/{provider_id}'],

  'zone_file_checks.create': ['POST', '/v1/zone-file-checks'],
  'zones.list': ['GET', '/v1/zones'],
  'zones.create': ['POST', '/v1/zones'],
  'zones.read': ['GET', '/v1/zones/{zone_id}'],
  'zones.update': ['PATCH', '/v1/zones/{zone_id}'],
  'zones.delete': ['DELETE', '/v1/zones/{zone_id}'],
  'zones.file.read': ['GET', '/v1/zones/{zone_id}/file'],
  'zones.file.replace': ['PUT', '/v1/zones/{zone_id}/file'],

  'records.list': ['GET', '/v1/zones/{zone_id}/records'],
  'records.create': ['POST', '/v1/zones/{zone_id}/records'],
  'records.read': ['GET', '/v1/zones/{zone_id}/records/{record_id}'],
  'records.update': ['PATCH', '/v1/zones/{zone_id}/records/{record_id}'],
  'records.delete': ['DELETE', '/v1/zones/{zone_id}/records/{record_id}'],

  'changes.list': ['GET', '/v1/zones/{zone_id}/changes'],
  'changes.create': ['POST', '/v1/zones/{zone_id}/changes'],
  'changes.read': ['GET', '/v1/zones/{zone_id}/changes/{change_id}'],
  'changes.entries.list': ['GET', '/v1/zones/{zone_id}/changes/{change_id}/entries'],
  'changes.revert': ['POST', '/v1/zones/{zone_id}/changes/{change_id}/reversal'],

  'grants.list': ['GET', '/v1/grants'],
  'grants.create': ['POST', '/v1/grants'],
  'grants.update': ['PATCH', '/v1/grants/{grant_id}'],
  'grants.delete': ['DELETE', '/v1/grants/{grant_id}'],
  'zone_access.read': ['GET', '/v1/users/{user_id}/zone-access'],
  'zone_access.replace': ['PUT', '/v1/users/{user_id}/zone-access'],
  'provider_access.replace': ['PUT', '/v1/users/{user_id}/provider-access'],
  'access.check': ['POST', '/v1/access/checks'],
  'access.explain': ['POST', '/v1/access/explanations'],
  'access.holders': ['GET', '/v1/access/holders'],

  'activity.list': ['GET', '/v1/activity'],
  'audit_events.list': ['GET', '/v1/audit-events'],
  'audit_events.export': ['GET', '/v1/audit-events/export'],
} as const satisfies Record<string, readonly ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', `/${string}`]>

export type OperationId = keyof typeof paths
