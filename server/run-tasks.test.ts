import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product.stop())

test('the sweep takes what has run out and leaves what is in use', async () => {
  const { asSuperuser, worker } = product.database
  const count = async (table: string) => Number((await asSuperuser(`select count(*) as n from ${table}`))[0]?.['n'])
  const owner = cast.as['agency-owner']
  await owner.post('/v1/providers', { name: 'Kept' }, { 'idempotency-key': 'young' })
  await owner.post('/v1/providers', { name: 'Old' }, { 'idempotency-key': 'old' })
  await asSuperuser("update idempotent_answer set created_at = now() - interval '25 hours' where key = 'old'")
  const before = { staff: await count('staff_session'), client: await count('client_session') }
  await asSuperuser("update client_session set last_seen_at = now() - interval '25 hours' where client_user_id = $1", [
    cast.personas['clinic-viewer'].id,
  ])
  await asSuperuser("insert into rate_limit values ('gone', 1, 1), ('here', 1, null)")
  await worker.raw.query('select sweep_expired()')
  expect(await count('staff_session')).toBe(before.staff)
  expect(await count('client_session')).toBe(before.client - 1)
  expect(await asSuperuser('select key from idempotent_answer')).toEqual([{ key: 'young' }])
  expect(await asSuperuser("select key from rate_limit where key in ('gone', 'here')")).toEqual([{ key: 'here' }])
})

test('the sweep is on the queue’s calendar', async () => {
  const rows = await product.database.asSuperuser('select identifier from graphile_worker._private_known_crontabs')
  expect(rows).toContainEqual({ identifier: 'sweep' })
})
