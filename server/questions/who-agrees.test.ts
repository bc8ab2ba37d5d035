import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'

let product: Product
let agency: Agency
let hosting: string

const given = async (body: object) => {
  const made = await agency.as.owner.post('/v1/grants', body)
  expect(made.status, made.text).toBe(201)
}

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  const { ids, zones, customers, as } = agency
  hosting = (await as.owner.post('/v1/hostings', { customer_id: customers.bakery, name: 'Shop', place: 'web1' })).body
    .id
  await given({ subject_id: ids.bakeryViewer, role_id: 'hosting.web', scope: { kind: 'hosting', id: hosting } })
  const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
  const zone = { kind: 'zone', id: zones.bakery }
  await given({ subject_id: ids.zoneUser, role_id: 'zones.read_write', scope: zone, patterns })
  const team = (await as.owner.post('/v1/teams', { name: 'Night shift' })).body.id
  await as.owner.put(`/v1/teams/${team}/members/${ids.member}`)
  await given({
    subject_id: team,
    role_id: 'msp.block.dns_write',
    scope: { kind: 'customer', id: customers.bakery },
  })
  await given({
    ...{ subject_id: ids.member, role_id: 'msp.block.dns_read', scope: { kind: 'customer', id: customers.clinic } },
    ...{ starts_at: '2099-01-01T00:00:00.000Z' },
  })
})
afterAll(() => product.stop())

type Row = { subject: { id: string; name: string }; role: string; implicit: boolean; via_team: string | null }

async function holders(permission: string, kind: string, id: string, record?: { name: string; type: string }) {
  const query = new URLSearchParams({ permission, resource_kind: kind, resource_id: id, limit: '1000' })
  if (record) {
    query.set('record_name', record.name)
    query.set('record_type', record.type)
  }
  const { status, body, text } = await agency.as.owner.get(`/v1/access/holders?${query}`)
  expect(status, text).toBe(200)
  return body.items as Row[]
}

test('[X-4] who may change a record is answered completely: it is everybody whom the check allows, and nobody else', async () => {
  const everybody = (Object.keys(agency.ids) as Persona[]).filter((who) => who !== 'outsider')
  const zone = agency.zones.bakery
  for (const [name, type] of [
    ['_acme-challenge.bakery.example', 'TXT'],
    ['_acme-challenge.bakery.example', 'A'],
    ['_ACME-challenge.www.bakery.example', 'TXT'],
    ['www.bakery.example', 'A'],
    ['_dmarc.bakery.example', 'TXT'],
    ['bakery.example', 'SOA'],
    ['bakery.example', 'NS'],
  ] as const) {
    for (const permission of ['records.write', 'records.view'] as const) {
      const checks = everybody.map((who) => ({
        ...{ permission, subject_id: agency.ids[who], resource: { kind: 'zone', id: zone }, record: { name, type } },
      }))
      const { answers } = (await agency.as.owner.post('/v1/access/checks', { checks })).body
      const allowed = everybody.filter((_, index) => answers[index].allowed).map((who) => agency.ids[who])
      const listed = new Set((await holders(permission, 'zone', zone, { name, type })).map(({ subject }) => subject.id))
      expect([...listed].sort(), `${permission} ${name} ${type}`).toEqual(allowed.sort())
    }
  }
})

describe('[S2-16] every holder of a customer and of a hosting, the implicit marked', () => {
  const shown = (rows: Row[]) => rows.map(({ subject, role, implicit }) => [subject.name, role, implicit])

  test('of a hosting', async () => {
    expect(shown(await holders('hostings.view', 'hosting', hosting))).toEqual([
      ['Adam Admin', 'Admin', true],
      ['Bella Baker', 'Client Admin', true],
      ['Olga Owner', 'Owner', true],
      ['Vera Viewer', 'Web', false],
    ])
    expect(shown(await holders('hosting.web.manage', 'hosting', hosting))).toEqual([
      ['Adam Admin', 'Admin', true],
      ['Olga Owner', 'Owner', true],
      ['Vera Viewer', 'Web', false],
    ])
    const query = `permission=hostings.view&resource_kind=hosting&resource_id=${hosting}`
    const own = await agency.as.bakeryAdmin.get(`/v1/access/holders?${query}`)
    expect(shown(own.body.items)).toEqual([
      ['Bella Baker', 'Client Admin', true],
      ['Vera Viewer', 'Web', false],
    ])
    expect((await agency.as.clinicAdmin.get(`/v1/access/holders?${query}`)).status).toBe(404)
  })

  test('of a customer', async () => {
    expect(shown(await holders('grants.manage', 'customer', agency.customers.bakery))).toEqual([
      ['Adam Admin', 'Admin', true],
      ['Bella Baker', 'Client Admin', false],
      ['Olga Owner', 'Owner', true],
    ])
  })
})
