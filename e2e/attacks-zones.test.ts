import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { dig } from './dig.ts'

// What somebody with some rights on zones tries in order to get more.

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  const { user } = (await cast.as['agency-member'].get('/v1/me')).body
  const scope = { kind: 'customer', id: cast.customers['Bakery'] }
  await owner().post('/v1/grants', { subject_id: user.id, role_id: 'hosting.customer_admin', scope })
})
afterAll(() => product.stop())

const owner = () => cast.as['agency-owner']
const zoneOf = (name: string) => `/v1/zones/${cast.zones[name]}`

describe('a zone made inside another customer’s', () => {
  const made: string[] = []

  test('is not served for who makes zones for one customer only', async () => {
    for (const name of ['www.clinic.example', '_dmarc.clinic.example', 'new.below.clinic.example']) {
      const answer = await cast.as['agency-member'].post('/v1/zones', {
        name,
        provider_id: cast.providers['Harbour DNS'],
        customer_id: cast.customers['Bakery'],
        zone_file: '@ 60 IN TXT "taken over"\n',
      })
      expect(answer.status, answer.text).toBe(201)
      expect(answer.body.served).toBe(false)
      expect(await dig(product.dnsPort, name, 'TXT')).not.toContain('taken over')
      made.push(answer.body.id)
    }
  })

  test('nor after it was changed, until somebody who may delegate there does that', async () => {
    const [id = ''] = made
    const customer = { customer_id: cast.customers['Bakery'] }
    const again = await cast.as['agency-member'].patch(`/v1/zones/${id}`, customer)
    expect(again.body.served, again.text).toBe(false)
    const agreed = await owner().patch(`/v1/zones/${id}`, customer)
    expect(agreed.body.served, agreed.text).toBe(true)
  })

  test('is served for who may delegate names of the zone above', async () => {
    const answer = await cast.as['agency-member'].post('/v1/zones', {
      name: 'orders.bakery.example',
      provider_id: cast.providers['Harbour DNS'],
      customer_id: cast.customers['Bakery'],
    })
    expect(answer.body.served, answer.text).toBe(true)
  })
})

describe('a zone that waits for the name of another', () => {
  const makeAt = (
    who: 'agency-owner' | 'agency-member',
    name: string,
    provider: string,
    customer: string,
    text: string,
  ) =>
    cast.as[who].post('/v1/zones', {
      name,
      provider_id: cast.providers[provider],
      customer_id: cast.customers[customer],
      zone_file: `@ 60 IN TXT "${text}"\n`,
    })

  test('is not answered when that one is deleted, if it is another customer’s', async () => {
    const first = await makeAt('agency-owner', 'waiting.example', 'Harbour DNS', 'Clinic', 'first')
    expect(first.body.served, first.text).toBe(true)
    const second = await makeAt('agency-member', 'waiting.example', 'Pine DNS', 'Bakery', 'second')
    expect(second.body.served, second.text).toBe(false)
    expect((await owner().delete(`/v1/zones/${first.body.id}`)).status).toBe(204)
    expect((await owner().get(`/v1/zones/${second.body.id}`)).body.served).toBe(false)
    expect(await dig(product.dnsPort, 'waiting.example', 'TXT')).toEqual([])
  })

  test('is answered then if it is the same customer’s', async () => {
    const first = await makeAt('agency-owner', 'moved.example', 'Harbour DNS', 'Clinic', 'first')
    const second = await makeAt('agency-owner', 'moved.example', 'Pine DNS', 'Clinic', 'second')
    expect((await owner().delete(`/v1/zones/${first.body.id}`)).status).toBe(204)
    expect((await owner().get(`/v1/zones/${second.body.id}`)).body.served).toBe(true)
  })
})

describe('a zone that goes to another customer', () => {
  test('takes no access of the first customer’s people along', async () => {
    const dev = cast.as['bakery-developer']
    const { id: devId } = (await dev.get('/v1/me')).body.user
    const zone = await owner().post('/v1/zones', {
      name: 'moving.example',
      provider_id: cast.providers['Harbour DNS'],
      customer_id: cast.customers['Bakery'],
    })
    const scope = { kind: 'zone', id: zone.body.id }
    const direct = await owner().post('/v1/grants', { subject_id: devId, role_id: 'zones.read_write', scope })
    expect(direct.status, direct.text).toBe(201)
    const moved = await owner().patch(`/v1/zones/${zone.body.id}`, { customer_id: cast.customers['Clinic'] })
    expect(moved.status, moved.text).toBe(200)
    expect((await dev.get(`/v1/zones/${zone.body.id}`)).status).toBe(404)
    expect((await owner().get(`/v1/grants?scope_id=${zone.body.id}`)).body.items).toEqual([])
  })
})

describe('a zone file', () => {
  const put = (zone_file: string) => cast.as['bakery-developer'].put(`${zoneOf('bakery.example')}/file`, { zone_file })
  const serialOf = async () => (await owner().get(zoneOf('bakery.example'))).body.serial

  test('sets no serial for who may not write the SOA record', async () => {
    const { zone_file } = (await owner().get(`${zoneOf('bakery.example')}/file`)).body
    const serial = await serialOf()
    const jumped = zone_file.replace(String(serial), String((serial + 2 ** 31 - 2) % 2 ** 32))
    expect(jumped).not.toBe(zone_file)
    const answer = await put(`${jumped}\njump 60 IN TXT "x"\n`)
    expect(answer.status, answer.text).toBe(200)
    expect(await serialOf()).toBe(serial + 1)
    const own = await owner().put(`${zoneOf('bakery.example')}/file`, {
      zone_file: zone_file.replace(String(serial), String(serial + 50)),
    })
    expect(own.body.serial, own.text).toBe(serial + 50)
  })

  test('of very many records at one name, below it or outside keeps nobody waiting', async () => {
    const many = (line: (n: number) => string) => Array.from({ length: 60_000 }, (_, n) => line(n)).join('\n')
    const files = [
      many((n) => `a 1 IN TXT "${n}"`),
      `${many((n) => `a 1 IN TXT "${n}"`)}\n${many((n) => `n${n}.a 1 IN TXT "x"`)}`,
      `${many((n) => `a 1 IN TXT "${n}"`)}\n${many((n) => `m${n} 1 IN MX 5 a`)}`,
      many((n) => `n${n}.elsewhere.example. 1 IN A 192.0.2.1`),
    ]
    for (const zone_file of files) {
      const started = Date.now()
      const answer = await owner().post('/v1/zone-file-checks', { name: 'many.example', zone_file })
      expect(answer.status, answer.text.slice(0, 300)).toBe(200)
      expect(Date.now() - started).toBeLessThan(10_000)
    }
  })
})

describe('a change taken back by who sees some records only', () => {
  test('is refused without a word about the others', async () => {
    const { id: viewerId } = (await cast.as['clinic-viewer'].get('/v1/me')).body.user
    const id = cast.zones['clinic.example']
    const made = await owner().post(`/v1/zones/${id}/changes`, {
      operations: [
        { op: 'create', name: '_acme-challenge.open', type: 'TXT', data: '"a"' },
        { op: 'create', name: 'secret-project', type: 'A', data: '192.0.2.9' },
      ],
    })
    expect(made.status, made.text).toBe(201)
    const invited = await owner().post('/v1/invitations', {
      realm: 'client',
      email: 'certificates@clinic.example',
      customer_id: cast.customers['Clinic'],
      grants: [{ role_id: 'zones.user' }],
    })
    expect(invited.status, invited.text).toBe(201)
    const token = invited.body.link.split('#')[1]
    const password = 'nine green boats at dawn'
    const { caller, answer } = await product.entering('/v1/acceptances', { token, name: 'Certificates', password })
    const narrow = {
      subject_id: answer.body.user.id,
      role_id: 'zones.read_write',
      scope: { kind: 'zone', id },
      patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
    }
    expect(viewerId).not.toBe(answer.body.user.id)
    expect((await owner().post('/v1/grants', narrow)).status).toBe(201)
    const back = await caller.post(`/v1/zones/${id}/changes/${made.body.change.id}/reversal`, {})
    expect(back.status, back.text).toBe(403)
    expect(back.text).not.toContain('secret-project')
  })
})
