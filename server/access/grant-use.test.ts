import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { keepUses, writeUses } from './grant-use.ts'
import { type Agency, layDownAgency } from './testing/agency.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  agency = await layDownAgency(product)
})

const openZone = () => agency.as.bakeryViewer.get(`/v1/zones/${agency.zones.bakery}`)
const uses = () =>
  product.database.asSuperuser(
    'select used_at from grant_use join access_grant on id = grant_id where subject_id = $1',
    [agency.ids.bakeryViewer],
  )

test('what was noted is written down at a clean stop', async () => {
  const { database, log } = product.server.context
  const kept = keepUses(database, log, 3_600_000)
  expect((await openZone()).status).toBe(200)
  await kept.stop()
  expect(await uses()).toHaveLength(1)
})

test('what cannot be written is tried again, and no request notices', async () => {
  const { database, log } = product.server.context
  expect((await openZone()).status).toBe(200)
  // The name server's role may write nothing.
  await writeUses({ ...database, worker: database.dns }, log)
  expect(await uses()).toEqual([])
  await writeUses(database, log)
  expect(await uses()).toHaveLength(1)
})

test('a grant that is revoked before its use is written down keeps no other from it', async () => {
  const { database, log } = product.server.context
  const given = await agency.grant('bakeryViewer', 'msp.developer', { kind: 'customer', id: agency.customers.bakery })
  expect((await openZone()).status).toBe(200)
  expect((await agency.as.owner.delete(`/v1/grants/${given}`)).status).toBe(204)
  await writeUses(database, log)
  expect(await uses()).toHaveLength(1)
})

test('a grant that is used again in the same hour is not written again', async () => {
  const { database, log } = product.server.context
  await openZone()
  await writeUses(database, log)
  await product.database.asSuperuser("update grant_use set used_at = '2020-01-01'")
  expect((await openZone()).status).toBe(200)
  await writeUses(database, log)
  expect((await uses()).map(({ used_at }) => (used_at as Date).getUTCFullYear())).toEqual([2020])
})
