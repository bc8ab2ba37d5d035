import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let bakery: string
let shop: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  bakery = cast.customers['Bakery'] ?? ''
  expect((await owner.patch('/v1/organization', { role_set: 'hosting' })).status).toBe(200)
  shop = await newHosting('Shop', 'rack 4')
  // The bakery's own people use the roles of the hosting set here.
  for (const [name, role, kind] of given) await grant(owner, name, role, kind === 'hosting' ? shop : bakery, kind)
})
afterAll(() => product.stop())

const given = [
  ['agency-member', 'hosting.customer_admin', 'customer'],
  ['bakery-admin', 'hosting.hosting_admin', 'hosting'],
  ['bakery-developer', 'hosting.web', 'hosting'],
  ['zone-user', 'hosting.mail', 'hosting'],
] as const
type Name = keyof Cast['personas']

async function newHosting(name: string, place = '', by = owner): Promise<string> {
  const made = await by.post('/v1/hostings', { customer_id: bakery, name, place })
  expect(made.status, made.text).toBe(201)
  return made.body.id
}
const give = (by: Caller, name: Name, role_id: string, id: string, kind: string) =>
  by.post('/v1/grants', { subject_id: cast.personas[name].id, role_id, scope: { kind, id } })
async function grant(by: Caller, name: Name, role_id: string, id: string, kind: string): Promise<string> {
  const answer = await give(by, name, role_id, id, kind)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}
const names = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map(({ name }) => name)

test('a hosting is made, read, renamed and moved in words, within one customer by its own name', async () => {
  const read = await owner.get(`/v1/hostings/${shop}`)
  expect(read.body).toMatchObject({ name: 'Shop', place: 'rack 4', customer: { id: bakery, name: 'Bakery' } })
  const taken = await owner.post('/v1/hostings', { customer_id: bakery, name: 'sHoP' })
  expect([taken.status, taken.body.detail]).toEqual([
    409,
    'This customer has a hosting "sHoP" already: choose another name.',
  ])
  const same = await owner.post('/v1/hostings', { customer_id: cast.customers['Clinic'], name: 'Shop' })
  expect(same.status, same.text).toBe(201)
  const id = await newHosting('Old')
  const changed = await owner.patch(`/v1/hostings/${id}`, { name: 'New', place: 'rack 5' })
  expect(changed.body).toMatchObject({ name: 'New', place: 'rack 5' })
  expect((await owner.delete(`/v1/hostings/${id}`)).status).toBe(204)
  expect((await owner.get(`/v1/hostings/${id}`)).status).toBe(404)
  const { items } = (await owner.get(`/v1/audit-events?customer_id=${bakery}`)).body
  expect(items.slice(0, 3).map((event: { sentence: string }) => event.sentence)).toEqual([
    'Olive Harbour deleted the hosting New.',
    'Olive Harbour changed the hosting Old, now New.',
    'Olive Harbour made the hosting Old.',
  ])
})

test('hostings are listed page by page, of all customers or of one, and to each what it may see', async () => {
  const all = await owner.get('/v1/hostings')
  expect(names(all)).toEqual(['Shop', 'Shop'])
  const first = await owner.get('/v1/hostings?limit=1')
  const second = await owner.get(`/v1/hostings?limit=1&cursor=${encodeURIComponent(first.body.next)}`)
  expect([...first.body.items, ...second.body.items]).toEqual(all.body.items)
  expect(second.body.next).toBe(null)
  expect(names(await owner.get(`/v1/hostings?customer_id=${bakery}`))).toEqual(['Shop'])
  for (const name of ['agency-member', 'bakery-admin', 'bakery-developer', 'zone-user'] as const) {
    const { items } = (await cast.as[name].get('/v1/hostings')).body
    expect(
      items.map(({ id }: { id: string }) => id),
      name,
    ).toEqual([shop])
  }
  for (const name of ['bakery-viewer', 'clinic-viewer', 'provider-client', 'outsider-owner'] as const) {
    expect(names(await cast.as[name].get('/v1/hostings')), name).toEqual([])
    expect((await cast.as[name].get(`/v1/hostings/${shop}`)).status, name).toBe(404)
  }
})

test('[S2-14] a Customer Admin reaches every hosting of the customer, those made later too, without a grant there', async () => {
  const admin = cast.as['agency-member']
  const later = await newHosting('Later', '', admin)
  const { body } = await admin.get(`/v1/hostings/${later}`)
  expect(Object.values(body.can)).toEqual([true, true, true, true, true, true])
  expect((await owner.get(`/v1/grants?scope_kind=hosting&scope_id=${later}`)).body.items).toEqual([])
  expect((await admin.delete(`/v1/hostings/${later}`)).status).toBe(204)
})

test('[S2-15] an explicit hosting role gives nothing on the customer, its zones or its domains', async () => {
  const mail = cast.as['zone-user']
  expect((await mail.get(`/v1/hostings/${shop}`)).body.can).toEqual({
    'hostings.manage': false,
    'hosting.web.manage': false,
    'hosting.mail.manage': true,
    'hosting.stats.view': false,
    'grants.view': false,
    'grants.manage': false,
  })
  expect((await mail.get(`/v1/customers/${bakery}`)).status).toBe(404)
  expect((await mail.get(`/v1/zones/${cast.zones['bakery.example']}`)).status).toBe(404)
  expect(names(await mail.get('/v1/customers'))).toEqual([])
  const resource = { kind: 'customer', id: bakery }
  const asked = ['domains.view', 'domains.register', 'customers.bills.view', 'hostings.view', 'zones.view']
  const answers = await owner.post('/v1/access/checks', {
    checks: asked.map((permission) => ({ permission, resource, subject_id: cast.personas['zone-user'].id })),
  })
  expect(answers.body.answers.map(({ allowed }: { allowed: boolean }) => allowed)).toEqual(asked.map(() => false))
})

test('[S2-16] the holders at a hosting are all there, those by a role at the customer marked as implicit', async () => {
  const path = `/v1/access/holders?permission=hostings.view&resource_kind=hosting&resource_id=${shop}`
  const { items } = (await owner.get(path)).body
  type Row = { subject: { name: string }; role: string; implicit: boolean; scope: { kind: string } }
  const rows = items.map(({ subject, role, scope, implicit }: Row) => [subject.name, role, scope.kind, implicit])
  expect(rows.map(String).sort()).toEqual([
    'Bea Baker,Client Admin,customer,true',
    'Bea Baker,Hosting Admin,hosting,false',
    'Dev Crumb,Web,hosting,false',
    'Mara Quay,Customer Admin,customer,true',
    'Olive Harbour,Customer Admin,customer,true',
    'Olive Harbour,Owner,organization,true',
    'Piet Pine,Admin,organization,true',
    'Zoe Fjell,Mail,hosting,false',
  ])
  const onCustomer = path
    .replace('=hosting&', '=customer&')
    .replace(shop, bakery)
    .replace('hostings.view', 'customers.view')
  const there = (await owner.get(onCustomer)).body.items.map((row: Row) => [row.subject.name, row.implicit])
  expect(there.map(String).sort()).toEqual([
    'Mara Quay,false',
    'Olive Harbour,false',
    'Olive Harbour,true',
    'Piet Pine,true',
  ])
})

test('[S2-5] only an admin at that level passes rights on, and a Hosting Admin hosting roles only', async () => {
  const customerAdmin = cast.as['agency-member']
  const hostingAdmin = cast.as['bakery-admin']
  const mine = await grant(hostingAdmin, 'bakery-viewer', 'hosting.stats', shop, 'hosting')
  expect((await hostingAdmin.delete(`/v1/grants/${mine}`)).status).toBe(204)
  for (const name of ['bakery-developer', 'zone-user'] as const) {
    const refused = await give(cast.as[name], 'bakery-viewer', 'hosting.stats', shop, 'hosting')
    expect([refused.status, refused.body.permission], name).toEqual([403, 'grants.manage'])
  }
  const team = await owner.post('/v1/teams', { name: 'Agency for the web' })
  const toTeam = await customerAdmin.post('/v1/grants', {
    subject_id: team.body.id,
    role_id: 'hosting.web',
    scope: { kind: 'hosting', id: shop },
  })
  expect(toTeam.status, toTeam.text).toBe(201)
  expect((await give(customerAdmin, 'bakery-viewer', 'hosting.manager', bakery, 'customer')).status).toBe(201)
})

test('[S2-13] a second role of the level is refused, and admin proposed: at a hosting, at a customer, as a change too', async () => {
  const second = await give(owner, 'bakery-developer', 'hosting.mail', shop, 'hosting')
  expect(second.status).toBe(409)
  expect(second.body.detail).toBe(
    'Dev Crumb is Web here, and roles of one level do not combine: instead of adding Mail, change it to Hosting Admin.',
  )
  const atCustomer = await give(owner, 'bakery-viewer', 'hosting.domain', bakery, 'customer')
  expect(atCustomer.body.detail).toContain('instead of adding Domain, change it to Customer Admin')
  const [web] = (
    await owner.get(`/v1/grants?subject_id=${cast.personas['bakery-developer'].id}&scope_id=${shop}&scope_kind=hosting`)
  ).body.items
  const upgraded = await owner.patch(`/v1/grants/${web.id}`, { role_id: 'hosting.hosting_admin' })
  expect(upgraded.status, upgraded.text).toBe(200)
  expect((await owner.patch(`/v1/grants/${web.id}`, { role_id: 'hosting.web' })).status).toBe(200)
  const invited = await owner.post('/v1/invitations', {
    realm: 'client',
    email: 'both@bakery.example',
    customer_id: bakery,
    grants: ['hosting.web', 'hosting.mail'].map((role_id) => ({ role_id, scope: { kind: 'hosting', id: shop } })),
  })
  expect([invited.status, invited.body.fields[0].path]).toEqual([422, 'grants.1'])
  expect(invited.body.detail).toContain('give Hosting Admin instead')
})

test('who is invited to a hosting holds its role there', async () => {
  const invited = await owner.post('/v1/invitations', {
    realm: 'client',
    email: 'stats@bakery.example',
    customer_id: bakery,
    grants: [{ role_id: 'hosting.stats', scope: { kind: 'hosting', id: shop } }],
  })
  expect(invited.status, invited.text).toBe(201)
  const token = invited.body.link.split('#')[1]
  const { caller, answer } = await product.entering('/v1/acceptances', {
    token,
    name: 'Sten Numbers',
    password: 'many-loaves-of-rye',
  })
  expect(answer.status, answer.text).toBe(201)
  expect((await caller.get(`/v1/hostings/${shop}`)).body.can['hosting.stats.view']).toBe(true)
})

test('a hosting ends with what was granted at it, by the customer’s admin and not by its own', async () => {
  const doomed = await newHosting('Doomed')
  const held = await grant(owner, 'bakery-admin', 'hosting.hosting_admin', doomed, 'hosting')
  const own = await cast.as['bakery-admin'].delete(`/v1/hostings/${doomed}`)
  expect([own.status, own.body.permission]).toEqual([403, 'hostings.manage'])
  expect((await cast.as['agency-member'].delete(`/v1/hostings/${doomed}`)).status).toBe(204)
  expect(await product.database.asSuperuser(`select kind from revocation where id = '${held}'`)).toEqual([
    { kind: 'grant' },
  ])
})

test('a Customer Admin who is a client keeps the hostings of its own customer, in its portal', async () => {
  const clinic = cast.customers['Clinic'] ?? ''
  await grant(owner, 'clinic-viewer', 'hosting.customer_admin', clinic, 'customer')
  const client = cast.as['clinic-viewer']
  const made = await client.post('/v1/hostings', { customer_id: clinic, name: 'Ward', place: 'first floor' })
  expect(made.status, made.text).toBe(201)
  expect((await client.patch(`/v1/hostings/${made.body.id}`, { place: 'second floor' })).body.place).toBe(
    'second floor',
  )
  expect(names(await client.get('/v1/hostings'))).toEqual(['Shop', 'Ward'])
  expect((await client.delete(`/v1/hostings/${made.body.id}`)).status).toBe(204)
  expect((await client.post('/v1/hostings', { customer_id: bakery, name: 'Ward' })).status).toBe(404)
})
