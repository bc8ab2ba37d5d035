import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

// What only the provider does, whatever role a client account is given: every permission that can stand in a role at a
// customer, with a ceiling that holds all that a ceiling can.

let product: Product
let cast: Cast
let owner: Caller
let client: Caller
let bakery: string
let role: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  client = cast.as['bakery-viewer']
  bakery = cast.customers['Bakery'] ?? ''
  const { items } = (await owner.get('/v1/permissions')).body
  const permissions = (items as { id: string; scopes: string[] }[]).filter(({ scopes }) => scopes.includes('customer'))
  const made = await owner.post('/v1/roles', {
    name: 'Everything here',
    based_on: 'msp.client_admin',
    permissions: permissions.map(({ id }) => id),
  })
  expect(made.status, made.text).toBe(201)
  role = made.body.id
  const subject_id = cast.personas['bakery-viewer'].id
  const given = await owner.post('/v1/grants', { subject_id, role_id: role, scope: { kind: 'customer', id: bakery } })
  expect(given.status, given.text).toBe(201)
})
afterAll(() => product.stop())

const open = async () => {
  const path = `/v1/customers/${bakery}/ceiling`
  const { possible_permissions, possible_role_ids } = (await owner.get(path)).body
  const answer = await owner.put(path, { permissions: possible_permissions, role_ids: possible_role_ids, seats: null })
  expect(answer.status, answer.text).toBe(200)
}
const held = async (permissions: string[], resource: object = { kind: 'customer', id: bakery }) => {
  const checks = permissions.map((permission) => ({ permission, resource }))
  const { answers } = (await client.post('/v1/access/checks', { checks })).body
  return permissions.filter((_, place) => answers[place].allowed)
}

test('[S1-11] only the provider transfers or deletes domains, or deletes a zone, as an agency’s customer begins', async () => {
  expect(await held(['domains.transfer', 'domains.register'])).toEqual([])
  const zone = cast.zones['bakery.example']
  expect((await client.patch(`/v1/zones/${zone}`, { customer_id: null })).status).toBe(403)
  expect(
    (
      await client.post('/v1/zones', {
        name: 'new.example',
        provider_id: cast.providers['Harbour DNS'],
        customer_id: bakery,
      })
    ).status,
  ).toBe(403)
})

test('[S1-12] only the provider changes billing information', async () => {
  const matters = ['customers.bills.view', 'customers.subscriptions.manage', 'customers.address.manage']
  expect(await held(matters)).toEqual([])
  await open()
  const organization = { kind: 'organization', id: cast.organization }
  expect(await held(['subscription.view', 'subscription.manage'])).toEqual([])
  expect(await held(['subscription.view', 'subscription.manage'], organization)).toEqual([])
})

test('alerts, templates, members and channels of the organization: no role and no ceiling brings them to a client account', async () => {
  await open()
  const never = [
    'alerts.view',
    'templates.view',
    'templates.manage',
    'members.view',
    'members.manage',
    'channels.manage',
  ]
  for (const resource of [undefined, { kind: 'organization', id: cast.organization }]) {
    expect(await held(never, resource)).toEqual([])
  }
  const me = (await client.get('/v1/me')).body
  for (const permission of [...never, 'customers.manage', 'view_as.use'])
    expect(me.permissions[permission]).toBeUndefined()
  const path = '/v1/roles'
  const refused = await owner.post(path, {
    name: 'Alerted',
    based_on: 'msp.client_admin',
    permissions: ['alerts.view'],
  })
  expect([refused.status, refused.body.fields[0].path]).toEqual([422, 'permissions.0'])
})

test('[S1-15] a client account neither removes members nor changes their access, not even at its own customer', async () => {
  await open()
  const member_id = cast.personas['agency-member'].id
  const { items } = (await owner.get(`/v1/grants?subject_id=${member_id}`)).body
  for (const grant of items as { id: string }[]) {
    expect((await client.delete(`/v1/grants/${grant.id}`)).status).toBe(404)
    expect((await client.patch(`/v1/grants/${grant.id}`, { ends_at: null })).status).toBe(404)
  }
  expect((await client.delete(`/v1/members/${member_id}`)).status).toBe(403)
  expect((await client.get('/v1/members')).status).toBe(403)
  expect((await client.get('/v1/teams')).status).toBe(403)
  const toMember = { subject_id: member_id, role_id: 'msp.viewer', scope: { kind: 'customer', id: bakery } }
  expect((await client.post('/v1/grants', toMember)).status).toBe(422)
  expect((await client.get(`/v1/users/${member_id}/zone-access`)).status).toBe(404)
  expect((await owner.get(`/v1/grants?subject_id=${member_id}`)).body.items).toEqual(items)
})

test('a client account decides neither over its customer nor over what can be held there', async () => {
  await open()
  const path = `/v1/customers/${bakery}`
  expect((await client.patch(path, { name: 'Mine' })).status).toBe(403)
  expect((await client.delete(path)).status).toBe(403)
  expect((await client.get(`${path}/ceiling`)).status).toBe(403)
  expect((await client.put(`${path}/ceiling`, { permissions: null, role_ids: null, seats: null })).status).toBe(403)
  expect((await client.patch('/v1/organization', { name: 'Mine' })).status).toBe(403)
  expect((await client.post('/v1/customers', { name: 'Another' })).status).toBe(403)
  expect((await client.post('/v1/roles', { name: 'Mine', based_on: 'msp.viewer' })).status).toBe(403)
  expect((await client.patch(`/v1/roles/${role}`, { name: 'Mine' })).status).toBe(403)
})

test('[S1-3] names of staff are nowhere in what it is answered', async () => {
  await open()
  const names = ['Olive Harbour', 'Piet Pine', 'Mara Quay', 'harbourpine.example']
  const zone = cast.zones['bakery.example']
  for (const path of [
    '/v1/grants',
    '/v1/roles',
    `/v1/roles/${role}`,
    '/v1/client-users',
    '/v1/audit-events',
    '/v1/hostings',
    `/v1/customers/${bakery}`,
    `/v1/zones/${zone}/changes`,
    `/v1/access/holders?permission=records.write&resource_kind=zone&resource_id=${zone}`,
  ]) {
    const { status, text } = await client.get(path)
    expect(status, path).toBe(200)
    for (const name of names) expect(text, path).not.toContain(name)
  }
})
