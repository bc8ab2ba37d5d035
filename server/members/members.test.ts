import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
})
afterAll(() => product.stop())

let number = 0
async function join(body: object): Promise<{ caller: Caller; id: string; email: string }> {
  const email = `guest-${++number}@guests.example`
  const made = await owner.post('/v1/invitations', { email, ...body })
  if (made.status !== 201) throw new Error(made.text)
  const token = made.body.link.split('#')[1]
  const { answer, caller } = await product.entering('/v1/acceptances', {
    token,
    name: `Guest ${number}`,
    password: 'nine green boats at dawn',
  })
  return { caller, id: answer.body.user.id, email }
}
const developer = () => ({
  realm: 'client',
  customer_id: cast.customers['Bakery'],
  grants: [{ role_id: 'msp.developer' }],
})
const nowhere = '01a20077-0000-7000-8000-000000000000'

test('members are listed with their roles, page by page', async () => {
  const first = await owner.get('/v1/members?limit=2')
  expect(first.body.items).toHaveLength(2)
  const rest = await owner.get(`/v1/members?limit=2&cursor=${first.body.next}`)
  const names = [...first.body.items, ...rest.body.items].map((item: { name: string }) => item.name)
  expect(names).toEqual(['Olive Harbour', 'Piet Pine', 'Mara Quay'])
  expect(rest.body.next).toBeNull()
  expect(rest.body.items[0].grants.map((grant: { role: string }) => grant.role)).toContain('DNS, read and write')
  expect((await owner.get('/v1/members?q=PIET')).body.items).toHaveLength(1)
})

test('[S1-19] a client user who is removed is out at the next request, with every session and key', async () => {
  const { caller, id, email } = await join(developer())
  const second = await product.signIn({
    realm: 'client',
    portal: 'bakery',
    email,
    password: 'nine green boats at dawn',
  })
  const key = product.withKey((await caller.post('/v1/api-keys', { name: 'deploy' })).body.token)
  expect((await key.get('/v1/zones')).status).toBe(200)
  expect((await cast.as['bakery-admin'].delete(`/v1/client-users/${id}`)).status).toBe(204)
  for (const each of [caller, second, key]) expect((await each.get('/v1/zones')).status).toBe(401)
  const again = { realm: 'client', portal: 'bakery', email, password: 'nine green boats at dawn' }
  expect((await product.nobody.post('/v1/sessions', again)).status).toBe(401)
  const buried = await product.database.asSuperuser(
    "select kind from revocation where kind in ('client_user', 'api_key')",
  )
  expect(new Set(buried.map((row) => row['kind']))).toEqual(new Set(['client_user', 'api_key']))
})

test('[S3-12] a removed member’s keys stop at once, and so do its sessions here', async () => {
  const { caller, id } = await join({ realm: 'staff', grants: [{ role_id: 'msp.admin' }] })
  const key = product.withKey((await caller.post('/v1/api-keys', { name: 'mine' })).body.token)
  expect((await key.get('/v1/members')).status).toBe(200)
  expect((await owner.delete(`/v1/members/${id}`)).status).toBe(204)
  expect((await key.get('/v1/members')).status).toBe(401)
  expect((await caller.get('/v1/members')).status).toBe(401)
})

test('a member who was removed from its only organization signs in to none, and is let in nowhere', async () => {
  const { id, email } = await join({ realm: 'staff' })
  expect((await owner.delete(`/v1/members/${id}`)).status).toBe(204)
  const { answer, caller } = await product.entering('/v1/sessions', {
    realm: 'staff',
    email,
    password: 'nine green boats at dawn',
  })
  expect(answer.body).toMatchObject({ organization: null, permissions: {}, grants: [] })
  for (const path of ['/v1/zones', '/v1/members', '/v1/dashboard']) expect((await caller.get(path)).status).toBe(403)
  expect((await caller.get('/v1/me')).body).toMatchObject({ user: { email }, organization: null })
  expect((await caller.delete('/v1/sessions/current')).status).toBe(204)
  expect((await caller.get('/v1/me')).status).toBe(401)
})

test('[S3-7] a User of zones neither invites, lists nor removes anybody, and changes no account settings', async () => {
  for (const user of [cast.as['zone-user'], cast.key('zone-user')]) {
    const tries = [
      user.get('/v1/members'),
      user.get('/v1/teams'),
      user.post('/v1/invitations', { realm: 'client', email: 'a@guests.example', grants: [] }),
      user.post('/v1/invitations', { realm: 'staff', email: 'a@guests.example' }),
      user.delete(`/v1/members/${cast.personas['agency-member'].id}`),
      user.patch('/v1/organization', { name: 'Mine' }),
      user.post('/v1/teams', { name: 'Mine' }),
    ]
    for (const answer of await Promise.all(tries)) expect(answer.status, answer.text).toBe(403)
    expect((await user.get('/v1/client-users')).body.items).toEqual([])
    for (const name of ['bakery-viewer', 'provider-client'] as const) {
      const hidden = await user.delete(`/v1/client-users/${cast.personas[name].id}`)
      expect(hidden.text).toBe((await user.delete(`/v1/client-users/${nowhere}`)).text)
      expect(hidden.status).toBe(404)
    }
  }
})

test('nobody removes somebody above: an admin no owner, whatever it manages', async () => {
  const answer = await cast.as['agency-admin'].delete(`/v1/members/${cast.personas['agency-owner'].id}`)
  expect(answer.status).toBe(403)
  expect(answer.body.detail).toMatch(/Olive Harbour holds/)
})

test('the last owner cannot be removed, nor by itself', async () => {
  const answer = await owner.delete(`/v1/members/${cast.personas['agency-owner'].id}`)
  expect(answer.status).toBe(409)
  expect((await owner.get('/v1/me')).status).toBe(200)
})

test('of two owners who remove each other at once, one stays', async () => {
  const second = await join({ realm: 'staff', grants: [{ role_id: 'msp.owner' }] })
  const answers = await Promise.all([
    owner.delete(`/v1/members/${second.id}`),
    second.caller.delete(`/v1/members/${cast.personas['agency-owner'].id}`),
  ])
  expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1)
  const left = await product.database.asSuperuser(
    "select count(*)::int as n from access_grant where org_id = $1 and role_id = 'msp.owner'",
    [cast.organization],
  )
  expect(left[0]?.['n']).toBe(1)
  // Whoever stayed is the owner from here on.
  if (answers[1]?.status === 204) owner = second.caller
})

test('a Client Admin lists its own customer’s people, and a foreign account is answered like none', async () => {
  const bea = cast.as['bakery-admin']
  const { items } = (await bea.get('/v1/client-users')).body
  expect(items.map((item: { email: string }) => item.email)).toContain('vera@bakery.example')
  for (const item of items) expect(item.customer.name).toBe('Bakery')
  expect((await bea.get(`/v1/client-users?customer_id=${cast.customers['Clinic']}`)).body.items).toEqual([])
  const foreign = await bea.delete(`/v1/client-users/${cast.personas['clinic-viewer'].id}`)
  const missing = await bea.delete(`/v1/client-users/${nowhere}`)
  expect(foreign.status).toBe(404)
  expect(foreign.text).toBe(missing.text)
})

test('an organization removes nobody of another', async () => {
  const outsider = cast.as['outsider-owner']
  for (const path of ['members', 'client-users']) {
    const name = path === 'members' ? 'agency-member' : 'bakery-viewer'
    const foreign = await outsider.delete(`/v1/${path}/${cast.personas[name].id}`)
    const missing = await outsider.delete(`/v1/${path}/${nowhere}`)
    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
  }
})
