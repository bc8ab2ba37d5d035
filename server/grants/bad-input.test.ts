import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
})
afterAll(() => product.stop())

const give = (more: object) =>
  agency.as.owner.post('/v1/grants', {
    subject_id: agency.ids.zoneUser,
    role_id: 'zones.read_write',
    scope: { kind: 'zone', id: agency.zones.bakery },
    ...more,
  })
const www = 'www.bakery.example'
const someId = '018f2c1e-7b3a-7c44-9d10-5e6f7a8b9c0d'

const refused: [string, object, string, RegExp][] = [
  ['a bound whose name is mistyped', { pattern: [{ names: [www] }] }, 'pattern', /no field "pattern"/],
  ['a field of a pattern', { patterns: [{ names: [www], type: 'TXT' }] }, 'patterns.0.type', /no field "type"/],
  ['an empty list of types', { patterns: [{ names: [www], types: [] }] }, 'patterns.0.types', /name some such as TXT/],
  ['an unknown type', { patterns: [{ names: [www], types: ['TXTT'] }] }, 'patterns.0.types', /no record type "TXTT"/],
  ['a type of questions', { patterns: [{ names: [www], types: ['ANY'] }] }, 'patterns.0.types', /no type of records/],
  ['an unknown kind of scope', { scope: { kind: 'galaxy', id: someId } }, 'scope.kind', /one of organization/],
  ['an id that is none', { subject_id: 'zoe' }, 'subject_id', /no id: expected one as the API gives them/],
  ['a time that is none', { ends_at: 'tomorrow' }, 'ends_at', /no time: expected one in UTC/],
]

test.each(refused)('%s is refused by its field, and nothing is saved', async (_, more, path, words) => {
  const before = (await agency.as.owner.get('/v1/grants?limit=500')).body.items.length
  const answer = await give(more)
  expect(answer.status, answer.text).toBe(422)
  expect(answer.body.fields[0]).toEqual({ path, message: expect.stringMatching(words) })
  expect((await agency.as.owner.get('/v1/grants?limit=500')).body.items).toHaveLength(before)
})

test('a key whose bound is mistyped is not made without it', async () => {
  const answer = await agency.as.owner.post('/v1/api-keys', { name: 'ci', ceiling: { permission: ['zones.view'] } })
  expect(answer.status, answer.text).toBe(422)
  expect(answer.body.fields).toEqual([
    { path: 'ceiling.permission', message: expect.stringContaining('There is no field "permission" here') },
  ])
})

test('a step of a preview names its unknown field too', async () => {
  const steps = [{ operation: 'grants.create', params: {}, body: { role: 'msp.viewer' } }]
  const answer = await agency.as.owner.post('/v1/access/previews', { steps })
  expect(answer.status, answer.text).toBe(422)
  expect(answer.body.fields.map((field: { path: string }) => field.path)).toContain('steps.0.body.role')
})
