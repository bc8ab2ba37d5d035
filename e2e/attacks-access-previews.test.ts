import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, layDownAgency } from '../server/access/testing/agency.ts'
import { type Product, startProduct } from '../test/product.ts'

// What a preview does to others while it runs: nothing that lasts.

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
})
afterAll(() => product.stop())

describe('[X-5] whoever is about to lose access does not keep it by previewing', () => {
  const grantOf = async () =>
    (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids.admin}`)).body.items[0].id as string

  /** Touches one's own grant, and then takes as long as it can. */
  async function slowSteps(): Promise<object[]> {
    const records = Array.from({ length: 1_800 }, (_, place) => `h${place} 300 IN A 192.0.2.1`).join('\n')
    const zone_file = `@ 3600 IN SOA a. b. 1 1 1 1 1\n@ IN NS a.example.\n${records}`
    const place = { provider_id: agency.providers.own, customer_id: null }
    const zones = Array.from({ length: 19 }, (_, number) => ({
      operation: 'zones.create',
      params: {},
      body: { name: `z${number}.test`, ...place, zone_file },
    }))
    const ends_at = new Date(Date.now() + 86_400_000).toISOString()
    return [{ operation: 'grants.update', params: { grant_id: await grantOf() }, body: { ends_at } }, ...zones]
  }

  test('a preview is over within seconds, and says which step was too many', async () => {
    const steps = await slowSteps()
    const began = Date.now()
    const { status, body } = await agency.as.admin.post('/v1/access/previews', { steps })
    expect(Date.now() - began).toBeLessThan(9_000)
    if (status === 200) return
    expect(body.detail).toBe('These steps take too long for one preview: take fewer of them at once.')
    expect(body.fields[0].path).toMatch(/^steps\.\d+$/)
  })

  test('and a revocation waits for one of them at most', async () => {
    const steps = await slowSteps()
    const grant = await grantOf()
    let revoked = false
    const attack = async () => {
      while (!revoked) await agency.as.admin.post('/v1/access/previews', { steps })
    }
    const attacks = Array.from({ length: 4 }, attack)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const answer = await agency.as.owner.delete(`/v1/grants/${grant}`)
    revoked = true
    expect(answer.status, answer.text).toBe(204)
    expect((await agency.as.admin.get('/v1/members')).status).toBe(403)
    await Promise.all(attacks)
  })
})
