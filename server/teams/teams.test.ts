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

async function teamWith(name: string, role_id: string, scope: object, rest: object = {}): Promise<string> {
  const team = await owner.post('/v1/teams', { name, ...rest })
  expect(team.status, team.text).toBe(201)
  const grant = await owner.post('/v1/grants', { subject_id: team.body.id, role_id, scope })
  expect(grant.status, grant.text).toBe(201)
  return team.body.id
}
const id = (name: keyof Cast['personas']) => cast.personas[name].id
const zonesOf = async (caller: Caller) => (await caller.get('/v1/zones')).body.items.length

test('who is put into a team holds what the team holds, and no longer once taken out', async () => {
  const before = await zonesOf(cast.as['bakery-viewer'])
  const scope = { kind: 'zone', id: cast.zones['studio.example'] }
  const team = await teamWith('Photo friends', 'zones.read_only', scope, { realm: 'client' })
  const place = `/v1/teams/${team}/members/${id('bakery-viewer')}`
  expect((await owner.put(place)).status).toBe(204)
  expect((await owner.put(place)).status).toBe(204)
  expect(await zonesOf(cast.as['bakery-viewer'])).toBe(before + 1)
  const [shown] = (await owner.get('/v1/teams')).body.items
  expect(shown).toMatchObject({
    name: 'Photo friends',
    members: [{ name: 'Vera Loaf' }],
    grants: [{ role: 'Read only' }],
  })
  const me = (await cast.as['bakery-viewer'].get('/v1/me')).body
  expect(me.grants.map((grant: { via: string | null }) => grant.via)).toContain('Photo friends')
  expect((await owner.delete(place)).status).toBe(204)
  expect(await zonesOf(cast.as['bakery-viewer'])).toBe(before)
})

test('nobody puts anybody, itself included, into a team that holds more than they could give', async () => {
  const team = await teamWith('Owners', 'msp.owner', { kind: 'organization', id: cast.organization })
  const admin = cast.as['agency-admin']
  for (const name of ['agency-admin', 'agency-member'] as const) {
    const answer = await admin.put(`/v1/teams/${team}/members/${id(name)}`)
    expect(answer.status, answer.text).toBe(403)
  }
  expect((await admin.get('/v1/me')).body.permissions['organization.delete']).toBeUndefined()
  expect((await owner.put(`/v1/teams/${team}/members/${id('agency-member')}`)).status).toBe(204)
  expect((await owner.put(`/v1/teams/${team}/members/${id('agency-owner')}`)).status).toBe(204)
  // The member is above the admin now: neither taken out nor is its team deleted by it.
  expect((await admin.delete(`/v1/teams/${team}/members/${id('agency-member')}`)).status).toBe(403)
  expect((await admin.delete(`/v1/teams/${team}`)).status).toBe(403)
  expect((await owner.delete(`/v1/teams/${team}`)).status).toBe(204)
  expect((await cast.as['agency-member'].get('/v1/me')).body.permissions['organization.delete']).toBeUndefined()
})

test('a team is of one realm, a team of a customer of its people only', async () => {
  const staff = (await owner.post('/v1/teams', { name: 'Desk' })).body.id
  const client = await owner.put(`/v1/teams/${staff}/members/${id('bakery-viewer')}`)
  expect(client.status).toBe(422)
  const bakers = (
    await owner.post('/v1/teams', { name: 'Bakers', realm: 'client', customer_id: cast.customers['Bakery'] })
  ).body.id
  expect((await owner.put(`/v1/teams/${bakers}/members/${id('clinic-viewer')}`)).status).toBe(422)
  expect((await owner.put(`/v1/teams/${bakers}/members/${id('bakery-viewer')}`)).status).toBe(204)
  expect((await owner.post('/v1/teams', { name: 'desk' })).status).toBe(409)
})

test('a team of another organization is none', async () => {
  const team = (await owner.post('/v1/teams', { name: 'Ours' })).body.id
  const outsider = cast.as['outsider-owner']
  const foreign = await outsider.delete(`/v1/teams/${team}`)
  expect(foreign.status).toBe(404)
  expect(foreign.text).toBe((await outsider.delete('/v1/teams/01a20077-0000-7000-8000-000000000000')).text)
})
