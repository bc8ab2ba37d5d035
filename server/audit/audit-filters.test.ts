import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'

let product: Product
let agency: Agency
let key: Caller

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  key = await agency.keyOf('bakeryDeveloper')
  const write = (caller: Caller, zone: string, name: string) =>
    caller.post(`/v1/zones/${zone}/records`, { name, type: 'TXT', data: '"x"' })
  const { as, zones, customers, ids } = agency
  for (const answer of [
    await write(as.owner, zones.clinic, 'a'),
    await write(as.bakeryAdmin, zones.bakery, 'b'),
    await write(key, zones.bakery, 'c'),
    await as.owner.post('/v1/teams', { name: 'Desk' }),
    await as.bakeryAdmin.post('/v1/grants', {
      ...{ subject_id: ids.bakeryViewer, role_id: 'msp.developer' },
      scope: { kind: 'customer', id: customers.bakery },
    }),
  ]) {
    expect(answer.status, answer.text).toBe(201)
  }
})
afterAll(() => product.stop())

type Shown = {
  action: string
  at: string
  address: string
  actor: { name: string; role: string | null; key: string | null }
}
const log = async (query = ''): Promise<Shown[]> =>
  (await agency.as.owner.get(`/v1/audit-events?${query}`)).body.items.toReversed()

test('[S1-23] the log names the person, their roles at that moment, the key, the address and the time in UTC', async () => {
  const shown = (await log('action=zone.changed')).map(({ actor }) => [actor.name, actor.role, actor.key])
  expect(shown).toEqual([
    ['Olga Owner', 'Owner', null],
    ['Bella Baker', 'Client Admin', null],
    ['Dora Developer', 'Developer', 'key of bakeryDeveloper'],
  ])
  for (const { at, address } of await log()) {
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(address).toMatch(/127\.0\.0\.1|::1/)
  }
})

test('[S1-23] a role that is taken away stands in what was done with it', async () => {
  const grants = (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids.bakeryAdmin}`)).body.items
  const body = { role_id: 'msp.viewer' }
  expect((await agency.as.owner.patch(`/v1/grants/${grants[0].id}`, body)).status).toBe(200)
  const [granted] = await log(`action=grant.created&actor_id=${agency.ids.bakeryAdmin}`)
  expect(granted?.actor).toMatchObject({ name: 'Bella Baker', role: 'Client Admin' })
})

test('[S1-23] it is filtered by customer, by kind or a part of it, by person and by date; client accounts are in it', async () => {
  const actions = async (query: string) => (await log(query)).map(({ action }) => action)
  expect(await actions(`customer_id=${agency.customers.clinic}`)).toEqual(['zone.changed'])
  const ofBakery = await actions(`customer_id=${agency.customers.bakery}`)
  expect(ofBakery).toEqual(['zone.changed', 'zone.changed', 'grant.created', 'grant.changed'])
  expect(await actions('action=grant')).toEqual(['grant.created', 'grant.changed'])
  expect(await actions('action=grant.')).toEqual(['grant.created', 'grant.changed'])
  expect(await actions('action=zone.changed')).toHaveLength(3)
  // A part of a word is no kind.
  expect(await actions('action=gran')).toEqual([])
  expect(await actions('action=%25')).toEqual([])
  const all = await log()
  const third = all[2]?.at ?? ''
  expect((await log(`from=${third.slice(0, 23)}Z`)).length).toBeGreaterThanOrEqual(all.length - 2)
  expect((await log(`until=${third.slice(0, 23)}Z`)).length).toBeLessThanOrEqual(2)
  expect(await actions(`actor_id=${agency.ids.bakeryDeveloper}`)).toEqual(['zone.changed'])
  const both = `customer_id=${agency.customers.bakery}&action=zone&actor_id=${agency.ids.bakeryAdmin}`
  expect(await actions(both)).toEqual(['zone.changed'])
})
