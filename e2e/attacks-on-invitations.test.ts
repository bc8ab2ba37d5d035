import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'

// Links that should be dead, and links that show somebody more than they hold.

let product: Product
let cast: Cast
let number = 0

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product.stop())

const owner = () => cast.as['agency-owner']
const address = () => `invited-${++number}@guests.example`
const tokenOf = (link: string) => link.split('#')[1] ?? ''
const accept = (link: string) =>
  product.entering('/v1/acceptances', { token: tokenOf(link), name: 'Guest', password: 'nine green boats at dawn' })

describe('the link of an invitation', () => {
  test('that is sent again while the old one is being accepted lets the old one in before, or never', async () => {
    let died = 0
    for (let round = 0; round < 12; round += 1) {
      const made = (await owner().post('/v1/invitations', { realm: 'staff', email: address() })).body
      const accepting = accept(made.link)
      await new Promise((resolve) => setTimeout(resolve, round * 6))
      const [{ answer }, again] = await Promise.all([accepting, owner().post(`/v1/invitations/${made.id}/mailings`)])
      // Whoever sent it again got a link that works: then the old one was dead.
      if (again.status !== 200) continue
      died += 1
      expect([404, 409]).toContain(answer.status)
      expect((await accept(again.body.link)).answer.status).toBe(201)
    }
    expect(died).toBeGreaterThan(0)
  }, 60_000)

  test('is sent again by nobody who could not give as much', async () => {
    const above = { realm: 'staff', email: address(), grants: [{ role_id: 'msp.owner' }] }
    const boss = (await owner().post('/v1/invitations', above)).body
    const tried = await cast.as['agency-admin'].post(`/v1/invitations/${boss.id}/mailings`)
    expect([403, 404, 422]).toContain(tried.status)
    const scope = { kind: 'provider', id: cast.providers['Harbour DNS'] }
    const wide = (
      await owner().post('/v1/invitations', {
        realm: 'client',
        email: address(),
        customer_id: cast.customers['Bakery'],
        grants: [{ role_id: 'monitoring.client', scope }],
      })
    ).body
    const bea = await cast.as['bakery-admin'].post(`/v1/invitations/${wide.id}/mailings`)
    expect([403, 404, 422]).toContain(bea.status)
    expect(bea.text).not.toContain('zw_invite_')
  })
})
