import { operations } from '@zoneward/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAuditFile } from '../../api/audit-file.ts'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'
import { eventSentences } from './event-sentences.ts'

let product: Product
let agency: Agency
let before: string

type Shown = { seq: number; action: string; sentence: string; at: string; actor: { name: string }; address: string }

const log = async (who: Persona, query = ''): Promise<Shown[]> =>
  (await agency.as[who].get(`/v1/audit-events?limit=1000${query}`)).body.items
const sentences = (events: Shown[]) => events.map((event) => event.sentence)
const write = (who: Persona, zone: keyof Agency['zones'], name: string) =>
  agency.as[who].post(`/v1/zones/${agency.zones[zone]}/records`, { name, type: 'TXT', data: '"x"' })

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  await agency.as.owner.post('/v1/grants', {
    ...{ subject_id: agency.ids.bakeryViewer, role_id: 'msp.developer' },
    scope: { kind: 'customer', id: agency.customers.bakery },
  })
  before = new Date().toISOString()
  for (const [who, zone, name] of [
    ['owner', 'clinic', 'by-owner'],
    ['owner', 'bakery', 'by-owner'],
    ['bakeryDeveloper', 'bakery', 'by-developer'],
    ['bakeryAdmin', 'orders', 'by-admin'],
    ['clinicAdmin', 'clinic', 'by-clinic'],
  ] as const) {
    const answer = await write(who, zone, name)
    expect(answer.status, answer.text).toBe(201)
  }
})
afterAll(() => product.stop())

test('every event that the API leaves has a sentence in plain words', () => {
  const actions = Object.values(operations).flatMap(({ audit }) => (audit === null ? [] : [audit]))
  expect(actions.filter((action) => !(action in eventSentences))).toEqual([])
})

test('staff with the right sees all of the organization, newest first, and nothing of another', async () => {
  const events = await log('owner')
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => events.length - index))
  expect(sentences(events).at(-1)).toBe('Olga Owner gave Vera Viewer the role Developer on the customer The bakery.')
  expect(sentences(events)[0]).toBe('Carl Clinic changed records (1 added, 0 removed) of the zone clinic.example.')
  expect(events[0]?.address).toMatch(/127\.0\.0\.1|::1/)
  expect(await log('outsider')).toEqual([])
})

test('filters by customer, zone, person, kind and time', async () => {
  expect((await log('owner', `&customer_id=${agency.customers.clinic}`)).map(({ actor }) => actor.name)).toEqual([
    ...['Carl Clinic', 'Olga Owner'],
  ])
  expect(await log('owner', `&zone_id=${agency.zones.orders}`)).toHaveLength(1)
  expect(await log('owner', `&actor_id=${agency.ids.owner}`)).toHaveLength(3)
  expect(await log('owner', '&action=grant.created')).toHaveLength(1)
  expect(await log('owner', `&from=${before}`)).toHaveLength(5)
  expect(await log('owner', `&until=${before}`)).toHaveLength(1)
})

test('a Client Admin sees what client accounts did at its customer, and nothing of staff', async () => {
  const events = await log('bakeryAdmin')
  expect(events.map(({ actor }) => actor.name)).toEqual(['Bella Baker', 'Dora Developer'])
  expect(JSON.stringify(events)).not.toMatch(/Olga|Adam|clinic/i)
})

test('who may look into nothing but its own actions is told what is missing', async () => {
  const answer = await agency.as.bakeryDeveloper.get('/v1/audit-events')
  expect([answer.status, answer.body.permission]).toEqual([403, 'audit.view'])
})

test('a client user’s activity is its own actions', async () => {
  const { body } = await agency.as.bakeryDeveloper.get('/v1/activity')
  expect(body.items.map(({ actor }: Shown) => actor.name)).toEqual(['Dora Developer'])
  expect((await agency.as.bakeryViewer.get('/v1/activity')).body.items).toEqual([])
})

test('the export is whole, says in the log that it was made, and is for who may see everything', async () => {
  const answer = await agency.as.owner.get('/v1/audit-events/export')
  expect(answer.headers.get('content-type')).toContain('application/x-ndjson')
  const verdict = verifyAuditFile(answer.text)
  expect(verdict).toMatchObject({ ok: true, checkpoint: { organization: agency.org } })
  expect(sentences(await log('owner'))[0]).toBe('Olga Owner exported the audit log.')
  expect((await agency.as.bakeryAdmin.get('/v1/audit-events/export')).status).toBe(403)
  expect((await agency.as.member.get('/v1/audit-events/export')).status).toBe(403)
})

test('a cursor that no list made is refused, whatever it says', async () => {
  const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
  for (const path of [
    `/v1/audit-events?cursor=${cursor([1.5])}`,
    `/v1/activity?cursor=${cursor(['x'])}`,
    `/v1/grants?cursor=${cursor(["x' or true --"])}`,
    `/v1/users/${agency.ids.zoneUser}/zone-access?cursor=${cursor(['zz', 'x'])}`,
    '/v1/grants?cursor=%00',
  ]) {
    const answer = await agency.as.owner.get(path)
    expect([answer.status, answer.body.fields?.[0].path], path).toEqual([422, 'cursor'])
  }
})
