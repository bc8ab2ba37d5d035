import { type OperationId, operations } from '@zoneward/api'
import type { Permission } from '@zoneward/permissions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Caller } from '../../test/product.ts'
import { must, namesOfZones } from '../agency.ts'
import {
  fresh,
  held,
  type Organization,
  type Person,
  type Row,
  readRow,
  servedAfterAll,
  shows,
  startOrganization,
  untilUsed,
  withoutRequest,
} from './organization.ts'

// The comparison of Client, Member and Administrator in an organization of the monitoring set: two providers, of which
// the Client was assigned one.

let org: Organization
let people: [client: Person, member: Person, administrator: Person]
let assigned: string
let other: string
let zones: { assigned: string; other: string }

beforeAll(async () => {
  org = await startOrganization('monitoring')
  assigned = await org.make('/v1/providers', { name: 'Assigned' })
  other = await org.make('/v1/providers', { name: 'Other' })
  zones = {
    assigned: await org.zone('studio.example', assigned),
    other: await org.zone('harbourpine.example', other),
  }
  people = [
    await org.join('Clio', { realm: 'client', ...asClient() }),
    await org.join('Mel', { realm: 'staff', grants: [{ role_id: 'monitoring.member' }] }),
    org.founder,
  ]
})
afterAll(() => org.product.stop())

const atProvider = () => ({ kind: 'provider' as const, id: assigned })
const atZone = () => ({ kind: 'zone' as const, id: zones.assigned })
const record = () => ({ name: fresh(), type: 'TXT', data: '"x"' })
const spareProvider = untilUsed(() => org.make('/v1/providers', { name: fresh() }))
const spareZone = untilUsed(() => org.zone(`${fresh()}.example`, assigned))
const email = () => `${fresh()}@people.example`

type Ask = (by: Caller) => Promise<Answer>
/** Capability, then Client, Member, Administrator. */
const table: Row[] = [
  {
    row: 'Edit providers or zones',
    is: 'no yes yes',
    shown: [
      shows('providers.manage', (by) => by.post('/v1/providers', { name: fresh() })),
      shows('providers.manage', (by) => by.patch(`/v1/providers/${assigned}`, { name: fresh() }), atProvider),
      shows('providers.manage', (by) => spareProvider((id) => by.delete(`/v1/providers/${id}`))),
      shows(
        'zones.create',
        (by) => by.post('/v1/zones', { name: `${fresh()}.example`, provider_id: assigned }),
        atProvider,
      ),
      shows('zones.settings.manage', (by) => by.patch(`/v1/zones/${zones.assigned}`, { customer_id: null }), atZone),
      shows('zones.delete', (by) => spareZone((id) => by.delete(`/v1/zones/${id}`)), atZone),
      shows('records.write', (by) => by.post(`/v1/zones/${zones.assigned}/records`, record()), atZone),
    ],
  },
  { row: 'Configure notifications', is: 'no yes yes', shown: [{ needs: 'channels.manage' }] },
  {
    row: 'API access',
    is: 'no yes yes',
    shown: [
      shows('api_keys.create', (by) => by.post('/v1/api-keys', { name: fresh() })),
      { needs: 'api.use', orNames: ['api_keys.create'], asked: byKey },
    ],
  },
  {
    row: 'Billing & team settings',
    is: 'no no yes',
    shown: [
      { needs: 'subscription.view' },
      { needs: 'subscription.manage' },
      shows('organization.settings.manage', (by) => by.patch('/v1/organization', { name: 'Harbour & Pine' })),
      shows('members.view', (by) => by.get('/v1/members')),
      shows('members.manage', (by) => by.post('/v1/invitations', { realm: 'staff', email: email(), ...asMember })),
      shows('client_users.manage', (by) =>
        by.post('/v1/invitations', { realm: 'client', email: email(), ...asClient() }),
      ),
      shows('grants.manage', (by) => by.put(`/v1/users/${people[0].id}/provider-access`, { provider_ids: [assigned] })),
      shows('teams.manage', (by) => by.post('/v1/teams', { name: fresh() })),
      shows('roles.manage', (by) => by.post('/v1/roles', { name: fresh(), based_on: 'monitoring.member' })),
    ],
  },
]
const asClient = () => ({ grants: [{ role_id: 'monitoring.client', scope: atProvider() }] })
const asMember = { grants: [{ role_id: 'monitoring.member' }] }

/** Judged by the permission alone, since there is no page and no request of it yet. It can only become shorter. */
const notServedYet = [
  'Configure notifications: channels.manage',
  'Billing & team settings: subscription.view',
  'Billing & team settings: subscription.manage',
]

function byKey({ caller, key }: Person): Promise<Answer> {
  return key === null ? caller.post('/v1/api-keys', { name: fresh() }) : key.get('/v1/providers')
}

test('View providers: assigned only, all, all', async () => {
  const seen = async ({ caller }: Person) => {
    const { items } = must(await caller.get('/v1/providers'), 200)
    const each = [await caller.get(`/v1/providers/${assigned}`), await caller.get(`/v1/providers/${other}`)]
    return [items.map(({ name }: { name: string }) => name).sort(), each.map(({ status }) => status)]
  }
  const assignedName = must(await org.founder.caller.get(`/v1/providers/${assigned}`), 200).name
  const all = must(await org.founder.caller.get('/v1/providers'), 200).items.map(({ name }: { name: string }) => name)
  expect(await seen(people[0])).toEqual([[assignedName], [200, 404]])
  expect(await seen(people[1])).toEqual([all.sort(), [200, 200]])
  expect(await seen(people[2])).toEqual([all.sort(), [200, 200]])
})

test('View zones & records: assigned only, all, all', async () => {
  const both = [zones.assigned, zones.other]
  const statuses = async ({ caller }: Person, rest = '') =>
    Promise.all(both.map(async (zone) => (await caller.get(`/v1/zones/${zone}${rest}`)).status))
  const [client, ...others] = people
  expect(await namesOfZones(client.caller)).not.toContain('harbourpine.example')
  expect(await namesOfZones(client.caller)).toContain('studio.example')
  for (const rest of ['', '/records', '/file', '/changes']) {
    expect(await statuses(client, rest), rest).toEqual([200, 404])
    for (const person of others) expect(await statuses(person, rest), person.name + rest).toEqual([200, 200])
  }
  for (const person of others) {
    expect(await namesOfZones(person.caller)).toEqual(expect.arrayContaining(['harbourpine.example', 'studio.example']))
  }
})

test.each(table)('$row: $is', async (row) => {
  expect(await readRow(org, people, row)).toBe(row.is)
})

test('what is judged by the permission alone is this list, and nothing of it is served', () => {
  expect(withoutRequest(table)).toEqual(notServedYet)
  expect(servedAfterAll(table)).toEqual([])
})

describe('a Client', () => {
  /** Every operation of a matter, as the Client sends it; with none the matter has no operation yet. */
  type Matter = { permissions: Permission[]; requests: () => Partial<Record<OperationId, Ask>> }
  const member = () => people[1].id
  const customer = () => org.make('/v1/customers', { name: fresh() })
  const matters = {
    notifications: { permissions: ['channels.manage', 'alerts.view', 'webhooks.manage'], requests: () => ({}) },
    billing: {
      permissions: [
        ...(['subscription.view', 'subscription.manage'] as const),
        ...(['customers.bills.view', 'customers.subscriptions.manage'] as const),
      ],
      requests: () => ({}),
    },
    'team settings': {
      permissions: [
        ...(['organization.settings.manage', 'organization.delete', 'members.view', 'members.manage'] as const),
        ...(['members.roles.manage', 'teams.manage', 'roles.manage', 'assertions.manage'] as const),
      ],
      requests: teamSettings,
    },
    'the lookup tool': { permissions: ['lookup.use'], requests: () => ({}) },
    reports: { permissions: ['reports.view'], requests: () => ({}) },
  } satisfies Record<string, Matter>

  function teamSettings(): Partial<Record<OperationId, Ask>> {
    const never = org.id
    const rule = { who: { kind: 'realm', realm: 'client' }, permission: 'subscription.manage', at: org.scope }
    return {
      'organization.update': (by) => by.patch('/v1/organization', { name: 'Mine' }),
      'organization.delete': (by) => by.delete('/v1/organization?name=Harbour%20%26%20Pine'),
      'members.list': (by) => by.get('/v1/members'),
      'members.delete': (by) => by.delete(`/v1/members/${member()}`),
      'teams.list': (by) => by.get('/v1/teams'),
      'teams.create': (by) => by.post('/v1/teams', { name: fresh() }),
      'teams.update': (by) => by.patch(`/v1/teams/${never}`, { name: fresh() }),
      'teams.delete': (by) => by.delete(`/v1/teams/${never}`),
      'teams.members.add': (by) => by.put(`/v1/teams/${never}/members/${member()}`),
      'teams.members.remove': (by) => by.delete(`/v1/teams/${never}/members/${member()}`),
      'roles.create': (by) => by.post('/v1/roles', { name: fresh(), based_on: 'monitoring.client' }),
      'roles.update': (by) => by.patch('/v1/roles/monitoring.client', { name: fresh() }),
      'roles.delete': (by) => by.delete('/v1/roles/monitoring.client'),
      'assertions.create': (by) => by.post('/v1/assertions', rule),
      'assertions.delete': (by) => by.delete(`/v1/assertions/${never}`),
      'assertions.check': (by) => by.post('/v1/assertions/checks', rule),
    }
  }

  /** Held nowhere, in no menu, and refused by every operation that asks for it; while an Administrator has it. */
  async function neitherSeesNorUses({ permissions, requests }: Matter) {
    const [client, , administrator] = people
    const wanted = new Set<string>(permissions)
    for (const at of [org.scope, atProvider(), atZone()]) expect(await held(client, permissions, at)).toEqual([])
    expect(await held(administrator, permissions, org.scope)).toEqual(permissions)
    const menus = async ({ caller }: Person) => Object.keys(must(await caller.get('/v1/me'), 200).permissions)
    expect((await menus(client)).filter((permission) => wanted.has(permission))).toEqual([])
    expect((await menus(administrator)).filter((permission) => wanted.has(permission))).toHaveLength(wanted.size)
    const asking = Object.entries(operations).filter(
      ([, { permission }]) => permission !== null && wanted.has(permission),
    )
    expect(Object.keys(requests()).sort()).toEqual(asking.map(([id]) => id).sort())
    for (const [id, ask] of Object.entries(requests())) {
      const { status, body } = await ask(client.caller)
      expect([status, wanted.has(body.permission)], id).toEqual([403, true])
    }
  }

  test('[S0-7] neither sees nor sets notifications and channels', () => neitherSeesNorUses(matters.notifications))
  test('[S0-8] … nor billing, of the organization or of a customer', () => neitherSeesNorUses(matters.billing))
  test('[S0-9] … nor team settings, nor who else is in the team', async () => {
    await neitherSeesNorUses(matters['team settings'])
    const { caller, id } = people[0]
    const refused = [
      await caller.post('/v1/invitations', { realm: 'staff', email: email(), ...asMember }),
      await caller.post('/v1/invitations', { realm: 'client', email: email(), customer_id: await customer() }),
      await caller.put(`/v1/users/${id}/provider-access`, { provider_ids: [assigned, other] }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 404, 403])
    for (const [path, permission] of [
      ['/v1/grants', 'grants.view'],
      ['/v1/audit-events', 'audit.view'],
    ] as const) {
      const { status, body } = await caller.get(path)
      expect([status, body.permission], path).toEqual([403, permission])
    }
    for (const path of ['/v1/invitations', '/v1/client-users', '/v1/customers']) {
      expect(must(await caller.get(path), 200).items, path).toEqual([])
    }
  })
  test('[S0-10] … nor uses the look-up tool', () => neitherSeesNorUses(matters['the lookup tool']))
  test('[S0-11] … nor views reports', () => neitherSeesNorUses(matters.reports))
})

test('[S0-12] a Client makes no key, of its own or by a link', async () => {
  const { caller, key } = people[0]
  expect(key).toBe(null)
  const ends_at = new Date(Date.now() + 3_600_000).toISOString()
  const link = { zone_id: zones.assigned, patterns: [{ names: ['**.studio.example'] }], ends_at }
  for (const refused of [
    await caller.post('/v1/api-keys', { name: 'mine' }),
    await caller.post('/v1/guest-links', link),
    await caller.post('/v1/service-accounts', { name: 'mine' }),
  ]) {
    expect([refused.status, refused.body.permission]).toEqual([403, expect.stringMatching(/^api_keys\./)])
  }
  expect(must(await caller.get('/v1/api-keys'), 200).items).toEqual([])
})

test('[S0-13] whoever is made a Client has no API access from then on, by the key of before either', async () => {
  const { id, caller, key } = await org.join('Dana', { realm: 'staff', ...asMember })
  if (key === null) throw new Error('a Member has a key')
  expect((await key.get('/v1/providers')).status).toBe(200)
  const { items } = must(await org.founder.caller.get(`/v1/grants?subject_id=${id}`), 200)
  const role_id = 'monitoring.client'
  expect((await org.founder.caller.put(`/v1/users/${id}/provider-access`, { provider_ids: [assigned] })).status).toBe(
    200,
  )
  expect((await org.founder.caller.delete(`/v1/grants/${items[0].id}`)).status).toBe(204)
  const now = must(await org.founder.caller.get(`/v1/grants?subject_id=${id}`), 200).items
  expect(now.map((grant: { role_id: string }) => grant.role_id)).toEqual([role_id])
  for (const path of ['/v1/me', '/v1/providers', '/v1/zones', `/v1/zones/${zones.assigned}/records`, '/v1/dashboard']) {
    const refused = await key.get(path)
    expect([refused.status, refused.body.permission], path).toEqual([403, 'api.use'])
  }
  expect((await key.post(`/v1/zones/${zones.assigned}/records`, record())).status).toBe(403)
  expect(must(await caller.get('/v1/providers'), 200).items).toHaveLength(1)
})

/** Everything of the comparison that a Member does, by session and by key. */
async function editsAndReads(by: Caller) {
  expect(must(await by.get('/v1/providers'), 200).items.length).toBeGreaterThan(1)
  const provider = must(await by.post('/v1/providers', { name: fresh() }), 201).id
  must(await by.patch(`/v1/providers/${provider}`, { name: fresh() }), 200)
  const zone = must(await by.post('/v1/zones', { name: `${fresh()}.example`, provider_id: provider }), 201).id
  const made = must(await by.post(`/v1/zones/${zone}/records`, record()), 201)
  must(await by.patch(`/v1/zones/${zone}/records/${made.id}`, { ttl: 60 }), 200)
  const { items } = must(await by.get(`/v1/zones/${zone}/records?type=SOA`), 200)
  must(await by.patch(`/v1/zones/${zone}/records/${items[0].id}`, { ttl: 900 }), 200)
  must(await by.patch(`/v1/zones/${zone}`, { provider_id: assigned }), 200)
  expect((await by.delete(`/v1/zones/${zone}`)).status).toBe(204)
  expect((await by.delete(`/v1/providers/${provider}`)).status).toBe(204)
  for (const each of [zones.assigned, zones.other]) must(await by.post(`/v1/zones/${each}/records`, record()), 201)
}

test('[S0-17] a Member edits all providers and zones, in the pages and by key, and sets notifications; no billing, no team settings', async () => {
  const [, member] = people
  for (const by of [member.caller, member.key]) await editsAndReads(by ?? org.product.nobody)
  const matters: Permission[] = ['channels.manage', 'subscription.view', 'subscription.manage']
  expect(await held(member, matters, org.scope)).toEqual(['channels.manage'])
  const refused = {
    'organization.settings.manage': await member.caller.patch('/v1/organization', { name: 'Mine' }),
    'members.view': await member.caller.get('/v1/members'),
    'members.manage': await member.caller.post('/v1/invitations', { realm: 'staff', email: email(), ...asMember }),
    'teams.manage': await member.caller.post('/v1/teams', { name: fresh() }),
    'roles.manage': await member.caller.post('/v1/roles', { name: fresh(), based_on: 'monitoring.client' }),
  }
  for (const [permission, { status, body }] of Object.entries(refused)) {
    expect([status, body.permission]).toEqual([403, permission])
  }
})

test('[S0-18] an Administrator does all of it', async () => {
  const [, , administrator] = people
  for (const by of [administrator.caller, administrator.key]) await editsAndReads(by ?? org.product.nobody)
  const { items } = must(await administrator.caller.get('/v1/permissions'), 200)
  const all = (items as { id: Permission }[]).map(({ id }) => id)
  expect(await held(administrator, all, org.scope)).toEqual(all)
  for (const row of table) expect(await readRow(org, [administrator], row), row.row).toBe('yes')
})
