import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../../test/debian.ts'
import { type Product, startProduct } from '../../test/product.ts'
import { newId } from '../ids.ts'
import { dig, digProgram, digStatus } from './testing/dig.ts'
import { type FilledAgency, fillAgency } from './testing/fill-agency.ts'

let product: Product
let agency: FilledAgency

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
})
afterAll(() => product.stop())

const withDig = needs(digProgram)

describe('making', () => {
  test('an empty zone begins with an SOA and a name server that has an address', async () => {
    const name = agency.name('new')
    const zone = await agency.makeZone({ name, customer_id: agency.customers.bakery })
    expect(zone).toMatchObject({ name, served: true, level: 'write', serial: 1, name_servers: [`ns1.${name}`] })
    expect(zone['can']).toMatchObject({ 'records.protected.write': true, 'zones.delete': true })
    const { body } = await agency.as.owner.get(`/v1/zones/${zone.id}/records`)
    expect(body.items.map((item: { owner: string; type: string }) => `${item.owner} ${item.type}`)).toEqual([
      '@ NS',
      '@ SOA',
      'ns1 A',
    ])
  })

  test('an international name is kept in its ASCII form', async () => {
    const zone = await agency.makeZone({ name: `bücher-${agency.org.slice(-6)}.example` })
    expect(zone['name']).toMatch(/^xn--bcher-.*\.example$/)
  })

  test.each([
    ['a..b', /empty label/],
    ['*.example', /wildcard|"\*"/],
    [`${'a'.repeat(64)}.example`, /63 bytes/],
  ])('a name that is none is refused in its field: %s', async (name, message) => {
    const answer = await agency.as.owner.post('/v1/zones', { name, provider_id: agency.providers.own })
    expect(answer.status).toBe(422)
    expect(answer.body.fields).toEqual([{ path: 'name', message: expect.stringMatching(message) }])
  })

  test('a zone of a name at a provider is there once; at another provider it is made, and not served', async () => {
    const name = agency.name('twin')
    await agency.makeZone({ name })
    const again = await agency.as.owner.post('/v1/zones', { name, provider_id: agency.providers.own })
    expect([again.status, again.body.detail]).toEqual([409, `There is a zone "${name}" at this provider already`])
    expect(await agency.makeZone({ name, provider_id: agency.providers.lab })).toMatchObject({ served: false })
  })

  test('a zone at, above or below a served zone of another organization is made, and not served', async () => {
    const name = agency.name('taken')
    await agency.makeZone({ name })
    const other = await fillAgency(product)
    for (const grabbed of [name, `shop.${name}`, `a.b.${name}`])
      expect(await other.makeZone({ name: grabbed })).toMatchObject({ name: grabbed, served: false })
    const below = await fillAgency(product)
    await below.makeZone({ name: `deep.${below.name('low')}` })
    expect(await other.makeZone({ name: below.name('low') })).toMatchObject({ served: false })
    expect(await other.makeZone({ name: other.name('free') })).toMatchObject({ served: true })
  })

  test('who may not make zones is refused; foreign providers and customers answer as ones that never were', async () => {
    const own = { name: agency.name('x'), provider_id: agency.providers.own }
    expect((await agency.as.member.post('/v1/zones', own)).status).toBe(404)
    expect(
      (await agency.as.bakeryAdmin.post('/v1/zones', { ...own, customer_id: agency.customers.bakery })).status,
    ).toBe(403)
    const foreign = await agency.as.outsider.post('/v1/zones', own)
    const missing = await agency.as.outsider.post('/v1/zones', { ...own, provider_id: newId() })
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  })
})

describe('being answered', () => {
  withDig('a new zone, its changes and its end are answered by DNS as soon as they are acknowledged', async () => {
    const name = agency.name('live')
    expect(await digStatus(product.dnsPort, name, 'SOA')).toBe('REFUSED')
    const zone = await agency.makeZone({ name })
    expect(await dig(product.dnsPort, name, 'NS')).toEqual([`ns1.${name}.`])
    const path = `/v1/zones/${zone.id}/records`
    const made = await agency.as.owner.post(path, { name: 'www', type: 'A', data: '192.0.2.1', ttl: 60 })
    expect(made.status, made.text).toBe(201)
    await soon(() => dig(product.dnsPort, `www.${name}`, 'A'), ['192.0.2.1'])
    await agency.as.owner.patch(`${path}/${made.body.id}`, { data: '192.0.2.2' })
    await soon(() => dig(product.dnsPort, `www.${name}`, 'A'), ['192.0.2.2'])
    await agency.as.owner.delete(`${path}/${made.body.id}`)
    await soon(() => digStatus(product.dnsPort, `www.${name}`, 'A'), 'NXDOMAIN')
    const old = await agency.as.owner.delete(`/v1/zones/${zone.id}`, { 'if-match': '"1"' })
    expect([old.status, old.body.detail]).toEqual([412, expect.stringContaining('The zone has moved on')])
    expect((await agency.as.owner.delete(`/v1/zones/${zone.id}`)).status).toBe(204)
    await soon(() => digStatus(product.dnsPort, name, 'SOA'), 'REFUSED')
  })

  withDig('when the served one of two zones of a name is deleted, the other is answered', async () => {
    const name = agency.name('heir')
    const first = await agency.makeZone({ name })
    const second = await agency.makeZone({ name, provider_id: agency.providers.lab })
    await agency.as.owner.post(`/v1/zones/${second.id}/records`, { name: '@', type: 'TXT', data: 'second' })
    expect(await dig(product.dnsPort, name, 'TXT')).toEqual([])
    await agency.as.owner.delete(`/v1/zones/${first.id}`)
    await soon(() => dig(product.dnsPort, name, 'TXT'), ['"second"'])
  })
})

describe('moving', () => {
  test('a zone given to a customer is seen by its people at once, and no longer by those of the one before', async () => {
    const zone = await agency.makeZone({ name: agency.name('moved'), customer_id: agency.customers.bakery })
    const sees = async (who: 'bakeryViewer' | 'clinicViewer') =>
      (await agency.as[who].get(`/v1/zones/${zone.id}`)).status
    expect([await sees('bakeryViewer'), await sees('clinicViewer')]).toEqual([200, 404])
    const moved = await agency.as.owner.patch(`/v1/zones/${zone.id}`, { customer_id: agency.customers.clinic })
    expect([moved.status, moved.body.customer?.name]).toEqual([200, 'The clinic'])
    expect([await sees('bakeryViewer'), await sees('clinicViewer')]).toEqual([404, 200])
  })

  test('who manages one customer only neither takes a zone from another nor gives it away', async () => {
    await agency.grant('member', 'msp.member.dns_write', { kind: 'customer', id: agency.customers.bakery })
    const zone = await agency.makeZone({ name: agency.name('held'), customer_id: agency.customers.bakery })
    const away = await agency.as.member.patch(`/v1/zones/${zone.id}`, { customer_id: agency.customers.clinic })
    const off = await agency.as.member.patch(`/v1/zones/${zone.id}`, { customer_id: null })
    expect([away.status, off.status]).toEqual([404, 404])
  })
})

describe('names below which others register names', () => {
  test.each(['com', 'co.uk', 'github.io', '.'])('%s is for the operator of the instance only', async (name) => {
    const body = { name, provider_id: agency.providers.own }
    const refused = await agency.as.owner.post('/v1/zones', body)
    expect(refused.status).toBe(403)
    expect(refused.body.detail).toContain('only the operator')
    await product.database.asSuperuser(
      'update account set is_operator = true where id = (select account_id from member where id = $1)',
      [agency.ids.owner],
    )
    expect((await agency.as.owner.post('/v1/zones', body)).status).toBe(201)
    await product.database.asSuperuser('update account set is_operator = false')
  })
})

/** A notice to the name server takes a moment after the commit; what is acknowledged is answered within it. */
async function soon<T>(look: () => Promise<T>, expected: T): Promise<void> {
  await expect.poll(look, { timeout: 1_000, interval: 10 }).toEqual(expected)
}
