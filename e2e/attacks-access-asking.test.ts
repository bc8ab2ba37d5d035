import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, layDownAgency, type Persona } from '../server/access/testing/agency.ts'
import { type Product, startProduct } from '../test/product.ts'

// Whoever is asked about gets no more by it than it had.

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  // A role that is more than the customer's ceiling: it is clipped.
  const bakery = { kind: 'customer', id: agency.customers.bakery } as const
  await agency.grant('bakeryViewer', 'hosting.customer_admin', bakery)
})
afterAll(() => product.stop())

/** The first request after access moved: nothing is cached of anybody. */
async function moveAccess(): Promise<void> {
  expect((await agency.as.owner.post('/v1/teams', { name: `Team ${Math.random()}` })).status).toBe(201)
}

const beyond = ['records.protected.write', 'zones.settings.manage', 'domains.transfer']

async function mayBeyond(who: Persona): Promise<boolean[]> {
  const resource = { kind: 'zone', id: agency.zones.bakery }
  const checks = beyond.map((permission) => ({ permission, resource }))
  const { body } = await agency.as[who].post('/v1/access/checks', { checks })
  return body.answers.map(({ allowed }: { allowed: boolean }) => allowed)
}

describe('a client account under its customer’s ceiling is no freer after staff', () => {
  const subject = () => agency.ids.bakeryViewer
  const zone = () => `resource_kind=zone&resource_id=${agency.zones.bakery}`
  const asks = {
    'asked what it holds': () => agency.as.owner.get(`/v1/access/permissions?subject_id=${subject()}&${zone()}`),
    'asked for its resources': () =>
      agency.as.owner.get(`/v1/access/resources?subject_id=${subject()}&permission=zones.view&kind=zone`),
    'looked as it': () => agency.as.admin.post('/v1/view-as', { subject_id: subject(), reason: '' }),
    'asked by AuthZEN': () =>
      agency.as.owner.post('/access/v1/evaluation', {
        subject: { type: 'user', id: subject() },
        action: { name: 'records.protected.write' },
        resource: { type: 'zone', id: agency.zones.bakery },
      }),
  }

  test.each(Object.entries(asks))('%s', async (_, ask) => {
    await moveAccess()
    expect(await mayBeyond('bakeryViewer')).toEqual([false, false, false])
    await moveAccess()
    const asked = await ask()
    expect(asked.status, asked.text).toBeLessThan(300)
    if (asked.text.includes('decision')) expect(asked.body.decision).toBe(false)
    for (const permission of beyond) expect(asked.text).not.toContain(`"permission":"${permission}","patterns"`)
    expect(await mayBeyond('bakeryViewer')).toEqual([false, false, false])
    const patch = await agency.as.bakeryViewer.patch(`/v1/zones/${agency.zones.bakery}`, { soa: { refresh: 7200 } })
    expect(patch.status).toBe(403)
  })
})
