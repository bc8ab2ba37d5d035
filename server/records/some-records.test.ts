import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type FilledAgency, fillAgency } from '../zones/testing/fill-agency.ts'

// Access to some records of a zone: what is not covered is neither seen nor written, in any answer.

let product: Product
let agency: FilledAgency
let zone: string
let name: string

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
  name = agency.name('narrow')
  const file = `$ORIGIN ${name}.
$TTL 300
@ SOA ns1.host.example. hostmaster.host.example. 1 7200 900 1209600 3600
@ NS ns1.host.example.
_acme-challenge TXT "first"
secret A 192.0.2.66
_acme-challenge.www TXT "second"
_acme-challenge.www CAA 0 issue "letsencrypt.org"
`
  zone = (await agency.makeZone({ name, zone_file: file })).id
  const given = await agency.as.owner.post('/v1/grants', {
    subject_id: agency.ids.zoneUser,
    role_id: 'zones.read_write',
    scope: { kind: 'zone', id: zone },
    patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
  })
  expect(given.status, given.text).toBe(201)
})
afterAll(() => product.stop())

const user = () => agency.as.zoneUser
const path = (rest = '') => `/v1/zones/${zone}/records${rest}`
const find = async (owner: string, type: string) =>
  (await agency.as.owner.get(path(`?name=${owner}&type=${type}`))).body.items[0]

test('[X-2] a person may hold "_acme-challenge" TXT only: it sees and writes these records and no other', async () => {
  const listed = (await user().get(path())).body.items
  expect(listed.map((item: { owner: string; type: string }) => `${item.owner} ${item.type}`)).toEqual([
    '_acme-challenge TXT',
    '_acme-challenge.www TXT',
  ])
  const made = await user().post(path(), { name: '_acme-challenge.shop', type: 'TXT', data: '"third"', ttl: 60 })
  expect(made.status, made.text).toBe(201)
  expect((await user().delete(path(`/${made.body.id}`))).status).toBe(204)
  for (const body of [
    { name: 'www', type: 'TXT', data: '"x"' },
    { name: '_acme-challenge', type: 'A', data: '192.0.2.1' },
    { name: '_acme-challenge.new', type: 'NS', data: 'ns.evil.example.' },
    { name: '_acme-challenge.new', type: 'CNAME', data: 'x' },
    { name: '_acme-challenge.new', type: 'DNAME', data: 'x' },
    { name: '\\_acme-challenge\\.www', type: 'TXT', data: '"one label"' },
  ]) {
    const refused = await user().post(path(), body)
    expect([refused.status, refused.body.permission?.startsWith('records.')], JSON.stringify(body)).toEqual([403, true])
  }
})

test('a page is filled with covered records, however many others stand between', async () => {
  const many = Array.from({ length: 60 }, (_, n) => ({ op: 'create', name: `a${n}`, type: 'TXT', data: '"x"' }))
  await agency.as.owner.post(`/v1/zones/${zone}/changes`, { operations: many })
  const first = (await user().get(path('?limit=1'))).body
  const second = (await user().get(path(`?limit=1&cursor=${first.next}`))).body
  expect([first.items.length, second.items.length, second.next]).toEqual([1, 1, null])
})

test('a record that is not covered answers as one that never was, and its data is nowhere', async () => {
  const secret = await find('secret', 'A')
  expect((await user().get(path(`/${secret.id}`))).status).toBe(404)
  expect((await user().patch(path(`/${secret.id}`), { data: '192.0.2.1' })).status).toBe(404)
  expect((await user().delete(path(`/${secret.id}`))).status).toBe(404)
  const staged = await user().post(`/v1/zones/${zone}/changes`, {
    operations: [{ op: 'delete', record_id: secret.id }],
  })
  expect([staged.status, staged.text.includes('192.0.2.66')]).toEqual([409, false])
  // Whoever guesses a record learns nothing from the refusal.
  const right = await user().post(path(), { name: 'secret', type: 'A', data: '192.0.2.66', ttl: 300 })
  const wrong = await user().post(path(), { name: 'secret', type: 'A', data: '192.0.2.67', ttl: 300 })
  expect([right.status, right.text]).toEqual([403, wrong.text])
})

test('the zone file is never handed out, nor taken in', async () => {
  const read = await user().get(`/v1/zones/${zone}/file`)
  expect([read.status, read.body.permission]).toEqual([403, 'records.view'])
  const merge = { zone_file: 'secret 300 A 192.0.2.66\n', mode: 'merge', dry_run: true }
  expect((await user().put(`/v1/zones/${zone}/file`, merge)).status).toBe(403)
})

test('the history shows the covered part only', async () => {
  const { items } = (await user().get(`/v1/zones/${zone}/changes`)).body
  expect(items.at(-1)).toMatchObject({ source: 'import', added: 2, removed: 0 })
  const entries = (await user().get(`/v1/zones/${zone}/changes/${items.at(-1).id}/entries`)).body.items
  expect(entries.map((entry: { type: string }) => entry.type)).toEqual(['TXT', 'TXT'])
  const all = (await agency.as.owner.get(`/v1/zones/${zone}/changes`)).body.items
  const hidden = all.find((change: { added: number }) => change.added === 60)
  expect((await user().get(`/v1/zones/${zone}/changes/${hidden.id}`)).status).toBe(404)
})

test('of the zone its name and serial are shown, as partial', async () => {
  const { body } = await user().get(`/v1/zones/${zone}`)
  expect(body).toMatchObject({
    name,
    level: 'partial',
    can: { 'records.write': false, 'zones.settings.manage': false },
  })
  expect((await user().get('/v1/zones')).body.items.map((item: { level: string }) => item.level)).toEqual(['partial'])
})
