import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, layDownAgency } from '../server/access/testing/agency.ts'
import { type Product, startProduct } from '../test/product.ts'

// What a narrowed key does to the other keys and links of its owner: nothing.

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  await agency.grant('member', 'domains.user', { kind: 'organization', id: agency.org })
})
afterAll(() => product.stop())

const narrow = {
  'for one zone': () => ({ scopes: [{ kind: 'zone', id: agency.zones.bakery }] }),
  'for some records': () => ({ patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }] }),
  'for some permissions': () => ({ permissions: ['zones.view', 'records.view'] }),
}

async function keyOf(ceiling: object): Promise<{ id: string; token: string }> {
  const { status, body, text } = await agency.as.member.post('/v1/api-keys', { name: 'A key', ceiling })
  expect(status, text).toBe(201)
  return body
}

describe('a narrowed key, stolen, does not touch its owner’s others', () => {
  test.each(Object.entries(narrow))('%s', async (_, ceiling) => {
    // Who revokes no keys of others, so that the right over one's own alone is asked.
    const other = await keyOf({})
    const own = await keyOf(ceiling())
    const key = product.withKey(own.token)
    expect((await key.get(`/v1/api-keys/${other.id}/access`)).status).toBe(404)
    expect((await key.delete(`/v1/api-keys/${other.id}`)).status).toBe(403)
    expect((await product.withKey(other.token).get('/v1/me')).status).toBe(200)
    expect((await key.get(`/v1/api-keys/${own.id}/access`)).status).toBe(200)
    expect((await key.delete(`/v1/api-keys/${own.id}`)).status).toBe(204)
    expect((await key.get('/v1/me')).status).toBe(401)
  })

  test('while one that is limited in its time only ends them', async () => {
    const other = await keyOf({})
    const key = product.withKey((await keyOf({ idle_days: 5 })).token)
    expect((await key.delete(`/v1/api-keys/${other.id}`)).status).toBe(204)
    expect((await product.withKey(other.token).get('/v1/me')).status).toBe(401)
  })
})
