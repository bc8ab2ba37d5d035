import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../test/product.ts'

// What somebody who found a narrow key tries with it.

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product.stop())

async function keyWith(ceiling: object): Promise<Caller> {
  const made = await cast.as['agency-owner'].post('/v1/api-keys', { name: 'narrow', ceiling })
  expect(made.status, made.text).toBe(201)
  return product.withKey(made.body.token)
}

const narrowed = () => ({
  'other records': { patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }] },
  'other places': { scopes: [{ kind: 'zone', id: cast.zones['bakery.example'] }] },
  'fewer permissions': { permissions: ['zones.view'] },
})

describe('a key from another network', () => {
  test('says nothing at all, not even whose it is', async () => {
    const key = await keyWith({ networks: ['192.0.2.0/24'] })
    for (const path of ['/v1/me', '/v1/organization', '/v1/activity', '/v1/api-keys', '/v1/zones', '/v1/roles']) {
      const answer = await key.get(path)
      expect([path, answer.status]).toEqual([path, 403])
      expect(answer.body.detail).toContain('may not be used from this address')
      expect(answer.text).not.toContain('Olive')
    }
  })

  test('does not come nearer by naming an address of its network', async () => {
    const key = await keyWith({ networks: ['192.0.2.0/24'] })
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-client-ip']) {
      const answer = await key.get('/v1/zones', { [name]: name === 'forwarded' ? 'for=192.0.2.1' : '192.0.2.1' })
      expect([name, answer.status]).toEqual([name, 403])
    }
  })
})

describe('a narrowed key', () => {
  test('does not read the log of its owner’s actions', async () => {
    for (const [what, ceiling] of Object.entries(narrowed())) {
      const answer = await (await keyWith(ceiling)).get('/v1/activity')
      expect([what, answer.status]).toEqual([what, 403])
      expect(answer.text).not.toContain('clinic')
    }
  })

  test('sees itself among its owner’s keys, and no other', async () => {
    for (const [what, ceiling] of Object.entries(narrowed())) {
      const answer = await (await keyWith(ceiling)).get('/v1/api-keys')
      expect([what, answer.status, answer.body.items.length]).toEqual([what, 200, 1])
      expect(answer.body.items[0].ceiling).toEqual(ceiling)
    }
  })

  test('one that is not narrowed reads both', async () => {
    const key = await keyWith({})
    expect((await key.get('/v1/activity')).body.items.length).toBeGreaterThan(1)
    expect((await key.get('/v1/api-keys')).body.items.length).toBeGreaterThan(1)
  })
})
