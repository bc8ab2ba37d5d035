import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../test/product.ts'
import { inviteAndAccept, must } from '../agency.ts'
import {
  fresh,
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

// The table of the domains set, cell by cell, in an organization that has it as its own.

let org: Organization
let people: [admin: Person, developer: Person, user: Person]
let provider: string
let zone: string
let uma: string

beforeAll(async () => {
  org = await startOrganization('domains')
  provider = await org.make('/v1/providers', { name: 'Name servers' })
  zone = await org.zone('harbourpine.example', provider)
  const staff = (role_id?: string) => ({ realm: 'staff' as const, grants: role_id ? [{ role_id }] : [] })
  people = [org.founder, await org.join('Devi', staff('domains.developer')), await org.join('Uli', staff())]
  uma = (await org.join('Uma', staff())).id
})
afterAll(() => org.product.stop())

const roleOf = async (id: string): Promise<{ id: string; role_id: string; role: string }> => {
  const { items } = must(await org.founder.caller.get(`/v1/grants?subject_id=${id}`), 200)
  expect(items).toHaveLength(1)
  return items[0]
}
const joinAnew = async (): Promise<string> => {
  const invited = { name: fresh(), email: `${fresh()}@people.example`, realm: 'staff' as const, grants: [] }
  return (await inviteAndAccept(org.product, org.founder.caller, invited)).id
}
const spareZone = untilUsed(() => org.zone(`${fresh()}.example`, provider))
const spareMember = untilUsed(joinAnew)
const foundersKey = untilUsed(() => org.make('/v1/api-keys', { name: fresh() }))
const record = () => ({ name: fresh(), type: 'TXT', data: '"x"' })

const table: Row[] = [
  //                          Admin Developer User
  { row: 'View Dashboard', is: 'yes yes yes', shown: [shows('dashboard.view', (by) => by.get('/v1/dashboard'))] },
  {
    row: 'View Domains',
    is: 'yes yes yes',
    shown: [
      { needs: 'domains.view' },
      shows('zones.view', (by) => by.get('/v1/zones')),
      shows('zones.view', (by) => by.get(`/v1/zones/${zone}`)),
      shows('records.view', (by) => by.get(`/v1/zones/${zone}/records`)),
    ],
  },
  { row: 'View Reports', is: 'yes no no', shown: [{ needs: 'reports.view' }] },
  { row: 'View Developer Portal', is: 'yes yes no', shown: [{ needs: 'developer.view' }] },
  { row: 'View Email Settings', is: 'yes yes no', shown: [{ needs: 'email_sender.view' }] },
  {
    row: 'Manage Domains',
    is: 'yes yes no',
    shown: [
      { needs: 'domains.register' },
      { needs: 'domains.manage' },
      { needs: 'domains.transfer' },
      shows('zones.create', (by) => by.post('/v1/zones', { name: `${fresh()}.example`, provider_id: provider })),
      shows('records.write', (by) => by.post(`/v1/zones/${zone}/records`, record())),
      shows('zones.settings.manage', (by) => by.patch(`/v1/zones/${zone}`, { customer_id: null })),
      shows('zones.delete', (by) => spareZone((id) => by.delete(`/v1/zones/${id}`))),
    ],
  },
  {
    row: 'Manage API Keys',
    is: 'yes yes no',
    shown: [
      shows('api_keys.create', (by) => by.post('/v1/api-keys', { name: fresh() })),
      shows('api_keys.manage', (by) => by.post('/v1/service-accounts', { name: fresh() })),
      { needs: 'api.use', asked: keyReads, orNames: ['api_keys.create'] },
    ],
  },
  {
    row: 'Revoke API Key',
    is: 'yes yes no',
    shown: [shows('api_keys.revoke', (by) => foundersKey((id) => by.delete(`/v1/api-keys/${id}`)))],
  },
  { row: 'Manage Webhooks', is: 'yes yes no', shown: [{ needs: 'webhooks.manage' }] },
  { row: 'Manage Servers', is: 'yes yes no', shown: [{ needs: 'servers.manage' }] },
  {
    row: 'Manage User Roles',
    is: 'yes no no',
    shown: [{ needs: 'members.roles.manage', asked: changeRole, orNames: ['grants.manage'] }],
  },
  {
    row: 'Manage Team',
    is: 'yes no no',
    shown: [
      shows('members.manage', (by) =>
        by.post('/v1/invitations', { realm: 'staff', email: `${fresh()}@people.example` }),
      ),
      shows('members.manage', (by) => spareMember((id) => by.delete(`/v1/members/${id}`))),
    ],
  },
  {
    row: 'Manage Subscription',
    is: 'yes no no',
    shown: [{ needs: 'subscription.view' }, { needs: 'subscription.manage' }],
  },
  { row: 'Manage Email Settings', is: 'yes no no', shown: [{ needs: 'email_sender.manage' }] },
  { row: 'Manage Brand Customization', is: 'yes no no', shown: [{ needs: 'brand.manage' }] },
]
/** Described in the text, and not in its table. */
const viewServers: Row = { row: 'View Servers', is: 'yes yes no', shown: [{ needs: 'servers.view' }] }

/** Judged by the permission alone, since there is no page and no request of it yet. It can only become shorter. */
const notServedYet = [
  'View Domains: domains.view',
  'View Reports: reports.view',
  'View Developer Portal: developer.view',
  'View Email Settings: email_sender.view',
  'Manage Domains: domains.register',
  'Manage Domains: domains.manage',
  'Manage Domains: domains.transfer',
  'Manage Webhooks: webhooks.manage',
  'Manage Servers: servers.manage',
  'Manage Subscription: subscription.view',
  'Manage Subscription: subscription.manage',
  'Manage Email Settings: email_sender.manage',
  'Manage Brand Customization: brand.manage',
  'View Servers: servers.view',
]

/** By key; who may have none is refused the making of one. */
function keyReads({ caller, key }: Person): Promise<Answer> {
  return key === null ? caller.post('/v1/api-keys', { name: fresh() }) : key.get('/v1/zones')
}

async function changeRole({ caller }: Person): Promise<Answer> {
  const { id, role_id } = await roleOf(uma)
  const other = role_id === 'domains.user' ? 'domains.developer' : 'domains.user'
  const answer = await caller.patch(`/v1/grants/${id}`, { role_id: other })
  expect((await roleOf(uma)).role_id).toBe(answer.status === 200 ? other : role_id)
  return answer
}

test('the table has the fifteen rows of the text', () => expect(table).toHaveLength(15))

test.each(table)('$row: $is', async (row) => {
  expect(await readRow(org, people, row)).toBe(row.is)
})

test('[S4-2] VIEW_SERVERS is held by Admin and Developer, and not by User', async () => {
  expect(await readRow(org, people, viewServers)).toBe(viewServers.is)
})

test('what is judged by the permission alone is this list, and nothing of it is served', () => {
  expect(withoutRequest([...table, viewServers])).toEqual(notServedYet)
  expect(servedAfterAll([...table, viewServers])).toEqual([])
})

test('[S4-3] who makes the organization is Admin', async () => {
  expect(await roleOf(org.founder.id)).toMatchObject({ role_id: 'domains.admin', role: 'Admin' })
})

test('[S4-4] who is invited without a choice is User', async () => {
  expect(await roleOf(people[2].id)).toMatchObject({ role_id: 'domains.user', role: 'User' })
  expect(await roleOf(await joinAnew())).toMatchObject({ role_id: 'domains.user', role: 'User' })
})
