import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product?.stop())

test('what goes with a deleted customer is noted as taken away, so that no restore gives it back', async () => {
  const owner = cast.as['agency-owner']
  const { id } = cast.personas['bakery-admin']
  const key = await cast.as['bakery-admin'].post('/v1/api-keys', { name: 'of the bakery' })
  const grants = await owner.get(`/v1/grants?subject_id=${id}`)
  expect((await owner.delete(`/v1/customers/${cast.customers['Bakery']}`)).status).toBe(204)
  const noted = await product.database.asSuperuser('select kind, id from revocation')
  for (const one of [
    { kind: 'client_user', id },
    { kind: 'api_key', id: key.body.id },
    { kind: 'grant', id: grants.body.items[0].id },
  ]) {
    expect(noted).toContainEqual(one)
  }
})
