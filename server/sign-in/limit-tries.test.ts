import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct({ trustedProxies: ['127.0.0.1'] })
})
afterAll(() => product.stop())

let number = 0
const guess = (from: string) =>
  product.nobody.post(
    '/v1/sessions',
    { realm: 'staff', email: `guess-${++number}@agency.example`, password: 'a guess' },
    { 'x-forwarded-for': from },
  )

test('a hundred wrong tries from one /64 and its other addresses wait too; from the next /64 they do not', async () => {
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((host) => guess(`2001:db8:1:1::${round}${host}`)))
    expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(401))
  }
  expect((await guess('2001:db8:1:1:ffff::1')).status).toBe(429)
  expect((await guess('2001:db8:1:2::1')).status).toBe(401)
})

test('an address that somebody only claims changes nothing', async () => {
  const before = await guess('2001:db8:1:1::7')
  const forged = await guess('192.0.2.1, 2001:db8:1:1::7')
  expect([before.status, forged.status]).toEqual([429, 429])
})

test('the counts are in the database: another server, or this one started again, goes on counting', async () => {
  const rows = await product.database.asSuperuser("select key, points from rate_limit where key like 'address:%'")
  expect(rows).toContainEqual({ key: 'address:2001:db8:1:1::/64', points: expect.any(Number) })
})
