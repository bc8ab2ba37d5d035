import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let bakery: string
let path: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  bakery = cast.customers['Bakery'] ?? ''
  path = `/v1/customers/${bakery}/ceiling`
})
afterAll(() => product.stop())

type Name = keyof Cast['personas']
const id = (name: Name) => cast.personas[name].id
const ceiling = async () => (await owner.get(path)).body
const asRoleSet = () => owner.put(path, { permissions: null, role_ids: null, seats: null })
const atBakery = () => ({ kind: 'customer', id: bakery })
const newRecord = (name: Name) =>
  cast.as[name].post(`/v1/zones/${cast.zones['bakery.example']}/records`, {
    name: `c${Math.random().toString(36).slice(2)}`,
    type: 'A',
    data: '192.0.2.7',
  })
const inviting = (by: Caller, email: string, role_id = 'msp.viewer') =>
  by.post('/v1/invitations', { realm: 'client', email, customer_id: bakery, grants: [{ role_id }] })

test('a customer begins with the ceiling of its organization’s role set, which staff reads and client accounts do not', async () => {
  const start = await ceiling()
  expect(start).toMatchObject({ starts_from: 'msp', seats: null, seats_taken: 3 })
  expect(start.role_ids).toEqual(['msp.client_admin', 'msp.developer', 'msp.viewer'])
  expect(start.permissions).toContain('records.write')
  for (const withheld of ['domains.transfer', 'zones.create', 'records.protected.write', 'customers.manage']) {
    expect(start.permissions, withheld).not.toContain(withheld)
  }
  expect((await cast.as['bakery-admin'].get(path)).status).toBe(403)
  expect((await cast.as['agency-member'].get(path)).status).toBe(403)
  expect((await cast.as['clinic-viewer'].get(path)).status).toBe(404)
})

test('lowered, it is in force with the next request of every client account there; raised, what was granted is back', async () => {
  const start = await ceiling()
  expect((await newRecord('bakery-developer')).status).toBe(201)
  const permissions = start.permissions.filter((one: string) => one !== 'records.write')
  const lowered = await owner.put(path, { permissions, role_ids: start.role_ids, seats: null })
  expect([lowered.status, lowered.body.starts_from]).toEqual([200, 'own'])
  const refused = await newRecord('bakery-developer')
  expect([refused.status, refused.body.permission]).toEqual([403, 'records.write'])
  expect(refused.body.nearest).toEqual(['The provider keeps this to itself for this customer.'])
  const byKey = await cast.key('bakery-developer').get(`/v1/zones/${cast.zones['bakery.example']}/records`)
  expect(byKey.status).toBe(200)
  // Staff at the same customer is not bounded by it.
  expect((await newRecord('agency-member')).status).toBe(201)
  const [event] = (await owner.get('/v1/audit-events?action=customer_ceiling.changed')).body.items
  expect(event.sentence).toBe('Olive Harbour set what client accounts of Bakery can hold (removed records.write).')
  expect(await product.database.asSuperuser(`select id from revocation where kind = 'customer_ceiling'`)).toEqual([
    { id: bakery },
  ])
  expect((await asRoleSet()).body.starts_from).toBe('msp')
  expect((await newRecord('bakery-developer')).status).toBe(201)
})

test('raising it needs to hold what is added, there', async () => {
  const made = await owner.post('/v1/roles', {
    name: 'Account manager',
    based_on: 'hosting.manager',
    permissions: ['customers.view', 'customers.manage'],
  })
  const subject_id = id('agency-member')
  const given = await owner.post('/v1/grants', { subject_id, role_id: made.body.id, scope: atBakery() })
  expect(given.status, given.text).toBe(201)
  const manager = cast.as['agency-member']
  const start = (await manager.get(path)).body
  const wish = { role_ids: start.role_ids, seats: null }
  const raised = await manager.put(path, { ...wish, permissions: [...start.permissions, 'domains.transfer'] })
  expect([raised.status, raised.body.permission]).toEqual([403, 'domains.transfer'])
  const fewer = start.permissions.filter((one: string) => one !== 'audit.view')
  expect((await manager.put(path, { ...wish, permissions: fewer })).status).toBe(200)
  const back = await manager.put(path, { ...wish, permissions: start.permissions })
  expect([back.status, back.body.permission]).toEqual([403, 'audit.view'])
  expect((await asRoleSet()).status).toBe(200)
  expect((await owner.delete(`/v1/grants/${given.body.id}`)).status).toBe(204)
})

test('what is wrong with a ceiling is said by field, and nothing is kept', async () => {
  const { permissions, role_ids } = await ceiling()
  const wrong: [object, string, string][] = [
    [{ permissions: ['zones.view', 'zones.eat'] }, 'permissions.1', 'There is no permission "zones.eat".'],
    [
      { permissions: ['alerts.view'] },
      'permissions.0',
      'Client accounts never hold "alerts.view", whatever their role.',
    ],
    [
      { permissions: ['customers.manage'] },
      'permissions.0',
      'Client accounts never hold "customers.manage", whatever their role.',
    ],
    [{ role_ids: ['msp.king'] }, 'role_ids.0', 'There is no role "msp.king".'],
    [
      { role_ids: ['msp.admin'] },
      'role_ids.0',
      '"Admin" is not a role that a customer\'s admin could hand out to client accounts.',
    ],
    [
      { role_ids: null },
      'role_ids',
      'Permissions and roles are set together: name both, or neither to follow the role set.',
    ],
    [{ seats: 0 }, 'seats', ''],
  ]
  for (const [part, field, message] of wrong) {
    const answer = await owner.put(path, { permissions, role_ids, seats: null, ...part })
    expect([answer.status, answer.body.fields[0].path]).toEqual([422, field])
    expect(answer.body.fields[0].message).toContain(message)
  }
  expect((await ceiling()).starts_from).toBe('msp')
})

test('[S1-5] a Client Admin hands out the roles that staff has named for its customer, own roles among them', async () => {
  const made = await owner.post('/v1/roles', {
    name: 'Apprentice',
    based_on: 'msp.viewer',
    permissions: ['dashboard.view', 'zones.view'],
  })
  const role = made.body.id
  const baker = cast.as['bakery-admin']
  const rolesShown = async () => (await baker.get('/v1/roles')).body.items.map((one: { id: string }) => one.id)
  expect(await rolesShown()).toEqual(['msp.client_admin', 'msp.developer', 'msp.viewer'])
  const before = await inviting(baker, 'apprentice@bakery.example', role)
  expect([before.status, before.body.detail]).toEqual([
    403,
    'The role "Apprentice" is handed out by your provider only.',
  ])
  const { permissions } = await ceiling()
  expect((await owner.put(path, { permissions, role_ids: ['msp.viewer', role], seats: null })).status).toBe(200)
  expect(await rolesShown()).toEqual(['msp.viewer', role])
  expect((await baker.get(`/v1/roles/${role}`)).body).toMatchObject({ name: 'Apprentice', grants: null })
  expect((await inviting(baker, 'apprentice@bakery.example', role)).status).toBe(201)
  expect((await inviting(baker, 'dev2@bakery.example', 'msp.developer')).status).toBe(403)
  expect((await asRoleSet()).status).toBe(200)
})

test('[S1-5] seats bound the invitations of a customer, pending ones counted, and lock out nobody who is in', async () => {
  const { seats_taken: taken } = await ceiling()
  const seats = (count: number | null) => owner.put(path, { permissions: null, role_ids: null, seats: count })
  expect((await seats(taken + 1)).body).toMatchObject({ seats: taken + 1, seats_taken: taken })
  const first = await inviting(cast.as['bakery-admin'], 'first@bakery.example')
  expect(first.status, first.text).toBe(201)
  const second = await inviting(cast.as['bakery-admin'], 'second@bakery.example')
  expect([second.status, second.body.detail]).toEqual([
    409,
    `Bakery has ${taken + 1} seats for client accounts, ${taken + 1} are taken and 0 are free: remove somebody or revoke an invitation first, or ask the provider for more seats.`,
  ])
  expect((await inviting(owner, 'second@bakery.example')).status).toBe(409)
  expect((await seats(1)).body).toMatchObject({ seats: 1, seats_taken: taken + 1 })
  expect((await cast.as['bakery-viewer'].get('/v1/zones')).status).toBe(200)
  const body = { token: first.body.link.split('#')[1], name: 'Fay First', password: 'many-loaves-of-rye' }
  const { answer } = await product.entering('/v1/acceptances', body)
  expect(answer.status, answer.text).toBe(201)
  // Whom it has invited the Client Admin gives another role, and removes.
  const baker = cast.as['bakery-admin']
  const fay = answer.body.user.id
  const [held] = (await baker.get(`/v1/grants?subject_id=${fay}`)).body.items
  expect((await baker.patch(`/v1/grants/${held.id}`, { role_id: 'msp.developer' })).body.role).toBe('Developer')
  expect((await baker.delete(`/v1/client-users/${fay}`)).status).toBe(204)
  // Another customer has its own seats.
  const clinic = {
    realm: 'client',
    email: 'c@clinic.example',
    customer_id: cast.customers['Clinic'],
    grants: [{ role_id: 'msp.viewer' }],
  }
  expect((await owner.post('/v1/invitations', clinic)).status).toBe(201)
  expect((await seats(null)).status).toBe(200)
})

test('two invitations at once for the last seat: one is sent', async () => {
  const { seats_taken: taken } = await ceiling()
  await owner.put(path, { permissions: null, role_ids: null, seats: taken + 1 })
  const both = await Promise.all(['left', 'right'].map((name) => inviting(owner, `${name}@bakery.example`)))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  await asRoleSet()
})
