import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'

let product: Product
const password = 'nine green boats at dawn'
const setup = (token: string) => ({
  token,
  name: 'Ada Agency',
  email: ' Ada@Agency.example ',
  password,
  organization: { name: 'Harbour & Pine', role_set: 'msp' },
})

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())

test('the one-time link makes the first administrator, signs in, and works once', async () => {
  const token = product.server.setupLink?.split('#')[1] ?? ''
  expect((await product.nobody.get('/v1/setup')).body).toEqual({ open: true })
  const { answer, caller } = await product.entering('/v1/setup', setup(token))
  expect(answer.status, answer.text).toBe(201)
  expect(answer.body.organization).toMatchObject({ name: 'Harbour & Pine', slug: 'harbour-pine' })
  const me = await caller.get('/v1/me')
  expect(me.body).toEqual(answer.body)
  expect(me.body.user).toMatchObject({ name: 'Ada Agency', email: 'Ada@Agency.example', operator: true })
  expect(me.body.permissions['organization.delete']).toEqual(['organization'])
  expect((await product.nobody.get('/v1/setup')).body).toEqual({ open: false })
  const again = await product.nobody.post('/v1/setup', setup(token))
  expect(again.status).toBe(403)
})
