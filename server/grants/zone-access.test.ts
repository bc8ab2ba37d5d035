import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Caller, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  agency = await layDownAgency(product)
})

type Row = { zone: { id: string; name: string }; level: string; inherited: { level: string; from: string } | null }
type Level = 'none' | 'read' | 'write'

const screen = async (by: Persona, of: Persona): Promise<Row[]> =>
  (await agency.as[by].get(`/v1/users/${agency.ids[of]}/zone-access`)).body.items
const levels = (rows: Row[]) => Object.fromEntries(rows.map((row) => [row.zone.name, row.level]))
const set = (by: Persona, of: Persona, wanted: Partial<Record<keyof Agency['zones'], Level>>) =>
  agency.as[by].put(`/v1/users/${agency.ids[of]}/zone-access`, {
    levels: Object.entries(wanted).map(([name, level]) => ({ zone_id: agency.zones[name as 'bakery'], level })),
  })
const zonesSeenBy = async (caller: Caller): Promise<string[]> =>
  (await caller.get('/v1/zones')).body.items.map((zone: { name: string }) => zone.name)
const write = (caller: Caller, zone: string) =>
  caller.post(`/v1/zones/${zone}/records`, { name: 'www', type: 'A', data: '192.0.2.1' })

test('[S3-3] a new user sees no zone until one is granted', async () => {
  expect(await zonesSeenBy(agency.as.zoneUser)).toEqual([])
  expect((await agency.as.zoneUser.get(`/v1/zones/${agency.zones.agency}`)).status).toBe(404)
})

test('[S3-4] no access, read only, read & write: set in one screen, at once in force on the page and by API', async () => {
  const key = await agency.keyOf('zoneUser')
  const saved = await set('owner', 'zoneUser', { agency: 'read', bakery: 'write', clinic: 'none' })
  expect([saved.status, saved.body]).toEqual([200, { granted: 2, revoked: 0 }])
  expect(levels(await screen('owner', 'zoneUser'))).toEqual({
    'bakery.example': 'write',
    'orders.bakery.example': 'none',
    'clinic.example': 'none',
    'harbourpine.example': 'read',
  })
  for (const caller of [agency.as.zoneUser, key]) {
    expect((await zonesSeenBy(caller)).sort()).toEqual(['bakery.example', 'harbourpine.example'])
    expect((await write(caller, agency.zones.agency)).status).toBe(403)
    expect((await write(caller, agency.zones.clinic)).status).toBe(404)
  }
  const changed = await set('owner', 'zoneUser', { agency: 'write', bakery: 'none' })
  expect(changed.body).toEqual({ granted: 1, revoked: 2 })
  for (const caller of [agency.as.zoneUser, key]) {
    expect(await zonesSeenBy(caller)).toEqual(['harbourpine.example'])
    expect((await write(caller, agency.zones.bakery)).status).toBe(404)
  }
  expect((await set('owner', 'zoneUser', { agency: 'write', bakery: 'none' })).body).toEqual({ granted: 0, revoked: 0 })
})

test('[S3-2] limits per zone do not touch administrators', async () => {
  await agency.grant('member', 'zones.admin', { kind: 'organization', id: agency.org })
  expect((await set('owner', 'member', { bakery: 'none', clinic: 'read' })).status).toBe(200)
  expect((await zonesSeenBy(agency.as.member)).length).toBe(4)
  const row = (await screen('owner', 'member')).find(({ zone }) => zone.name === 'clinic.example')
  expect(row).toMatchObject({
    level: 'read',
    inherited: { level: 'write', from: 'Admin of the organization Harbour & Pine' },
  })
})

test('levels that come from elsewhere are shown with where they come from', async () => {
  const rows = await screen('owner', 'monitoringClient')
  expect(rows.find(({ zone }) => zone.name === 'clinic.example')).toMatchObject({
    level: 'none',
    inherited: { level: 'read', from: 'Client of the provider Servers lab' },
  })
})

test('a Client Admin sets levels on the zones of its own customer, and is shown no others', async () => {
  const rows = await screen('bakeryAdmin', 'bakeryViewer')
  expect(rows.map(({ zone }) => zone.name).sort()).toEqual(['bakery.example', 'orders.bakery.example'])
  // Which roles a customer's own admin hands out is the provider's to say, and these two are not among them.
  expect((await set('bakeryAdmin', 'bakeryViewer', { bakery: 'write' })).status).toBe(403)
  expect((await set('bakeryAdmin', 'bakeryViewer', { clinic: 'read' })).status).toBe(404)
  expect((await set('bakeryAdmin', 'clinicViewer', { bakery: 'read' })).status).toBe(404)
  expect((await agency.as.bakeryViewer.get(`/v1/users/${agency.ids.bakeryViewer}/zone-access`)).status).toBe(403)
})

test('one zone that is not the caller’s to manage, and nothing of the whole is saved', async () => {
  const answer = await agency.as.owner.put(`/v1/users/${agency.ids.zoneUser}/zone-access`, {
    levels: [
      { zone_id: agency.zones.agency, level: 'read' },
      { zone_id: agency.customers.bakery, level: 'read' },
    ],
  })
  expect(answer.status).toBe(422)
  expect(answer.body.fields[0].path).toBe('levels.1.zone_id')
  expect(await zonesSeenBy(agency.as.zoneUser)).toEqual([])
})

test('pages of the screen put together are all zones, and a search narrows it', async () => {
  const found: Row[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await agency.as.owner.get(`/v1/users/${agency.ids.zoneUser}/zone-access?limit=1${more}`)
    found.push(...body.items)
    cursor = body.next
  }
  expect(found).toEqual(await screen('owner', 'zoneUser'))
  const { body } = await agency.as.owner.get(`/v1/users/${agency.ids.zoneUser}/zone-access?q=Bakery`)
  expect(body.items).toHaveLength(2)
})

test('[S0-15] the providers of a Client are changed later, in force at once', async () => {
  const providers = async () =>
    (await agency.as.monitoringClient.get('/v1/providers')).body.items.map(({ name }: { name: string }) => name)
  const path = `/v1/users/${agency.ids.monitoringClient}/provider-access`
  expect(await providers()).toEqual(['Servers lab'])
  const both = await agency.as.owner.put(path, { provider_ids: [agency.providers.lab, agency.providers.own] })
  expect([both.status, both.body]).toEqual([200, { granted: 1, revoked: 0 }])
  expect((await providers()).sort()).toEqual(['Servers lab', 'Servers own'])
  expect((await zonesSeenBy(agency.as.monitoringClient)).length).toBe(4)
  const other = await agency.as.owner.put(path, { provider_ids: [agency.providers.own] })
  expect(other.body).toEqual({ granted: 0, revoked: 1 })
  expect(await providers()).toEqual(['Servers own'])
  expect((await agency.as.monitoringClient.get(`/v1/providers/${agency.providers.lab}`)).status).toBe(404)
  expect((await zonesSeenBy(agency.as.monitoringClient)).sort()).toEqual(['bakery.example', 'harbourpine.example'])
  const foreign = await agency.as.owner.put(path, { provider_ids: [agency.customers.clinic] })
  expect([foreign.status, foreign.body.fields[0].path]).toEqual([422, 'provider_ids.0'])
  expect((await agency.as.monitoringClient.put(path, { provider_ids: [] })).status).toBe(403)
})
