import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import type { Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'
import { type FilledAgency, fillAgency } from './testing/fill-agency.ts'

let product: Product
let agency: FilledAgency
let ownZone: { id: string; name: string }
let labZone: { id: string; name: string }

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
  const { own, lab } = agency.providers
  const made = async (label: string, provider_id: string, customer_id: string | null) => {
    const zone = await agency.makeZone({ name: agency.name(label), provider_id, customer_id })
    return { id: zone.id, name: String(zone['name']) }
  }
  ownZone = await made('at-own', own, agency.customers.bakery)
  labZone = await made('at-lab', lab, agency.customers.clinic)
})
afterAll(() => product.stop())

const names = async (who: Persona, path = '/v1/zones?limit=1000') =>
  (await agency.as[who].get(path)).body.items.map((item: { name: string }) => item.name).sort()
const twins = async (who: Persona, path: string, id: string) => {
  const [real, never] = [await agency.as[who].get(path), await agency.as[who].get(path.replace(id, newId()))]
  return real.status === 404 && real.text === never.text
}

test('[S0-1] a Client lists only the providers assigned to it; every other one is 404', async () => {
  const { body } = await agency.as.monitoringClient.get('/v1/providers')
  expect(body.items.map((item: { id: string }) => item.id)).toEqual([agency.providers.lab])
  expect((await agency.as.monitoringClient.get(`/v1/providers/${agency.providers.lab}`)).status).toBe(200)
  expect(await twins('monitoringClient', `/v1/providers/${agency.providers.own}`, agency.providers.own)).toBe(true)
})

test('[S0-2] … and all zones of these, no other', async () => {
  const listed = (await agency.as.monitoringClient.get('/v1/zones?limit=1000')).body.items
  const all = (await agency.as.owner.get('/v1/zones?limit=1000')).body.items
  const ofLab = all.filter((zone: { provider: { id: string } }) => zone.provider.id === agency.providers.lab)
  expect(listed.map((zone: { id: string }) => zone.id)).toEqual(ofLab.map((zone: { id: string }) => zone.id))
  expect(listed.length).toBeGreaterThan(1)
  expect(await twins('monitoringClient', `/v1/zones/${ownZone.id}`, ownZone.id)).toBe(true)
  const later = await agency.makeZone({ name: agency.name('later'), provider_id: agency.providers.lab })
  expect(await names('monitoringClient')).toContain(later['name'])
})

test('[S0-3] … and their records', async () => {
  const listed = await agency.as.monitoringClient.get(`/v1/zones/${labZone.id}/records`)
  expect(listed.body.items.map((item: { type: string }) => item.type)).toEqual(['NS', 'SOA', 'A'])
  const path = `/v1/zones/${ownZone.id}/records`
  expect(await twins('monitoringClient', path, ownZone.id)).toBe(true)
})

test('[S0-6] every write of a Client to a provider, zone or record is refused', async () => {
  const client = agency.as.monitoringClient
  const before = (await agency.as.owner.get(`/v1/zones/${labZone.id}`)).body.serial
  const [record] = (await client.get(`/v1/zones/${labZone.id}/records?type=A`)).body.items
  const zone = `/v1/zones/${labZone.id}`
  const operations = [{ op: 'delete', record_id: record.id }]
  const [change] = (await client.get(`${zone}/changes`)).body.items
  const answers = await Promise.all([
    client.post('/v1/providers', { name: 'mine' }),
    client.patch(`/v1/providers/${agency.providers.lab}`, { name: 'mine' }),
    client.delete(`/v1/providers/${agency.providers.lab}`),
    client.patch(zone, { customer_id: null }),
    client.delete(zone),
    client.put(`${zone}/file`, { zone_file: 'x 60 A 192.0.2.1\n', mode: 'merge' }),
    client.post(`${zone}/records`, { name: 'x', type: 'A', data: '192.0.2.1' }),
    client.patch(`${zone}/records/${record.id}`, { data: '192.0.2.1' }),
    client.delete(`${zone}/records/${record.id}`),
    client.post(`${zone}/changes`, { operations }),
    client.post(`${zone}/changes/${change.id}/reversal`, {}),
    client.post('/v1/zones', { name: agency.name('mine'), provider_id: agency.providers.lab }),
  ])
  const told = answers.map(({ status, body }) => `${status} ${body.permission ?? ''}`)
  expect(told.slice(0, 11)).toEqual([
    '403 providers.manage',
    '403 providers.manage',
    '403 providers.manage',
    '403 zones.settings.manage',
    '403 zones.delete',
    ...Array(6).fill('403 records.write'),
  ])
  expect(answers[11]?.status).toBe(403)
  expect((await agency.as.owner.get(zone)).body.serial).toBe(before)
})

test('[S3-3] a new user sees no zone', async () => {
  expect(await names('zoneUser')).toEqual([])
})

test('[S3-6] a user with read & write on a zone cannot delete it', async () => {
  await agency.grant('zoneUser', 'zones.read_write', { kind: 'zone', id: ownZone.id })
  expect(await names('zoneUser')).toEqual([ownZone.name])
  const refused = await agency.as.zoneUser.delete(`/v1/zones/${ownZone.id}`)
  expect([refused.status, refused.body.permission]).toEqual([403, 'zones.delete'])
})

test('[S3-2] what is granted zone by zone does not touch admins', async () => {
  await agency.grant('admin', 'zones.read_only', { kind: 'zone', id: ownZone.id })
  expect((await names('admin')).length).toBeGreaterThan(4)
  const written = await agency.as.admin.post(`/v1/zones/${ownZone.id}/records`, {
    name: 'adm',
    type: 'A',
    data: '192.0.2.1',
  })
  expect(written.status).toBe(201)
})

test('each sees the zones of its customer, with its level', async () => {
  const levels = async (who: Persona) =>
    Object.fromEntries(
      (await agency.as[who].get('/v1/zones')).body.items.map((item: { name: string; level: string }) => [
        item.name,
        item.level,
      ]),
    )
  expect((await levels('bakeryAdmin'))[ownZone.name]).toBe('write')
  expect((await levels('bakeryViewer'))[ownZone.name]).toBe('read')
  expect(Object.keys(await levels('clinicViewer'))).not.toContain(ownZone.name)
  expect(await levels('outsider')).toEqual({})
})

test('a key that is bound to one zone lists that zone only', async () => {
  const made = await agency.as.owner.post('/v1/api-keys', {
    name: 'one zone',
    ceiling: { scopes: [{ kind: 'zone', id: labZone.id }] },
  })
  expect(made.status, made.text).toBe(201)
  const key = product.withKey(made.body.token ?? made.body.secret)
  expect((await key.get('/v1/zones')).body.items.map((item: { id: string }) => item.id)).toEqual([labZone.id])
  expect((await key.get(`/v1/zones/${ownZone.id}`)).status).toBe(404)
  expect((await key.get('/v1/customers')).body.items).toEqual([])
})
