import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, layDownAgency } from '../server/access/testing/agency.ts'
import { type Product, startProduct } from '../test/product.ts'

// Things that cost the one who sends them nothing, and others much.

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
})
afterAll(() => product.stop())

describe('nobody buries others under mails', () => {
  test('by asking for access and taking it back, over and over', async () => {
    const resource = { kind: 'zone', id: agency.zones.bakery }
    const { bakeryViewer } = agency.as
    const ask = () =>
      bakeryViewer.post('/v1/access-requests', { permission: 'records.write', resource, hours: 1, reason: 'now' })
    for (let asked = 0; asked < 100; asked += 1) {
      const { status, body, text } = await ask()
      expect(status, text).toBe(201)
      expect((await bakeryViewer.delete(`/v1/access-requests/${body.id}`)).status).toBe(204)
    }
    const { status, body } = await ask()
    expect([status, body.detail]).toEqual([429, 'You have asked 100 times within a day: ask again tomorrow.'])
  })
})

describe('a question that is nested deeply is refused, not stumbled over', () => {
  test.each(['subject', 'resource', 'action'])('a search of AuthZEN for a %s', async (what) => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const zone = `{"type":"zone","id":"${agency.zones.bakery}"}`
    const person = (more = '') => `{"type":"user","id":"${agency.ids.owner}"${more}}`
    const body = `{"subject":${person(`,"properties":${deep}`)},"action":{"name":"zones.view"},"resource":${zone}}`
    const response = await fetch(`${product.url}/access/v1/search/${what}`, {
      method: 'POST',
      headers: { cookie: agency.as.owner.cookie ?? '', 'content-type': 'application/json' },
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('nested')
  })
})
