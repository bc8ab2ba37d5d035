import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
  const scope = { kind: 'zone', id: agency.zones.clinic }
  const given = { subject_id: agency.ids.zoneUser, role_id: 'zones.read_write', scope, patterns }
  const made = await agency.as.owner.post('/v1/grants', { ...given, ends_at: '2099-01-01T00:00:00.000Z' })
  expect(made.status, made.text).toBe(201)
})
afterAll(() => product.stop())

const resources = (who: Persona, query: string) => agency.as[who].get(`/v1/access/resources?${query}`)
const names = async (who: Persona, query: string) =>
  (await resources(who, query)).body.items.map(({ name }: { name: string }) => name)
const permissions = (who: Persona, query: string) => agency.as[who].get(`/v1/access/permissions?${query}`)
const matrix = (who: Persona, query: string) => agency.as[who].get(`/v1/access/matrix?${query}`)

describe('list by permission', () => {
  test('one’s own zones, customers, providers, hostings and the organization', async () => {
    expect(await names('bakeryDeveloper', 'permission=records.write&kind=zone')).toEqual([
      ...['bakery.example', 'orders.bakery.example'],
    ])
    expect(await names('bakeryDeveloper', 'permission=zones.delete&kind=zone')).toEqual([])
    expect(await names('owner', 'permission=customers.view&kind=customer')).toEqual(['The bakery', 'The clinic'])
    expect(await names('bakeryAdmin', 'permission=grants.manage&kind=customer')).toEqual(['The bakery'])
    expect(await names('monitoringClient', 'permission=providers.view&kind=provider')).toEqual(['Servers lab'])
    expect(await names('owner', 'permission=zones.delete&kind=organization')).toEqual(['Harbour & Pine'])
    expect(await names('member', 'permission=zones.delete&kind=organization')).toEqual([])
    const hosting = { customer_id: agency.customers.bakery, name: 'Shop', place: 'web1' }
    expect((await agency.as.owner.post('/v1/hostings', hosting)).status).toBe(201)
    expect(await names('bakeryAdmin', 'permission=hostings.view&kind=hosting')).toEqual(['Shop'])
    expect(await names('clinicAdmin', 'permission=hostings.view&kind=hosting')).toEqual([])
  })

  test('what is held for some records only says for which', async () => {
    const { body } = await resources('zoneUser', 'permission=records.write&kind=zone')
    expect(body.items).toEqual([
      {
        ...{ kind: 'zone', id: agency.zones.clinic, name: 'clinic.example' },
        patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
      },
    ])
    expect((await resources('owner', 'permission=records.write&kind=zone')).body.items[0].patterns).toBe(null)
  })

  test('of somebody else: what they hold, where one may ask', async () => {
    const of = (whom: Persona) => `permission=records.view&kind=zone&subject_id=${agency.ids[whom]}`
    expect(await names('owner', of('bakeryViewer'))).toEqual(['bakery.example', 'orders.bakery.example'])
    expect(await names('bakeryAdmin', of('bakeryViewer'))).toEqual(['bakery.example', 'orders.bakery.example'])
    expect((await resources('bakeryViewer', of('bakeryAdmin'))).status).toBe(403)
    expect((await resources('clinicAdmin', of('bakeryViewer'))).status).toBe(404)
    expect((await resources('bakeryAdmin', of('owner'))).status).toBe(404)
    expect((await resources('owner', of('outsider'))).status).toBe(404)
    // A viewer of the bakery gets a zone of the clinic: the bakery's admin is not told.
    await agency.grant('bakeryViewer', 'zones.read_only', { kind: 'zone', id: agency.zones.clinic })
    expect(await names('owner', of('bakeryViewer'))).toContain('clinic.example')
    expect(await names('bakeryAdmin', of('bakeryViewer'))).not.toContain('clinic.example')
  })

  test('a key tells of nothing beyond what it was made for', async () => {
    const body = { name: 'narrow', ceiling: { scopes: [{ kind: 'zone', id: agency.zones.orders }] } }
    const made = await agency.as.owner.post('/v1/api-keys', body)
    expect(made.status, made.text).toBe(201)
    const key = product.withKey(made.body.token)
    const list = await key.get('/v1/access/resources?permission=records.view&kind=zone')
    expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['orders.bakery.example'])
  })

  test('pages put together are the whole list, of every kind', async () => {
    for (const query of ['permission=zones.view&kind=zone', 'permission=customers.view&kind=customer']) {
      const whole = (await resources('owner', query)).body.items
      const found: unknown[] = []
      for (let cursor = ''; ; ) {
        const { body } = await resources('owner', `${query}&limit=1${cursor && `&cursor=${cursor}`}`)
        found.push(...body.items)
        if (body.next === null) break
        cursor = body.next
      }
      expect(found).toEqual(whole)
      expect(found.length).toBeGreaterThan(1)
    }
  })

  test('an unknown permission is refused, naming the field', async () => {
    const answer = await resources('owner', 'permission=records.dance&kind=zone')
    expect([answer.status, answer.body.fields[0].path]).toEqual([422, 'permission'])
  })
})

describe('every permission held at a place', () => {
  const at = (zone: keyof Agency['zones']) => `resource_kind=zone&resource_id=${agency.zones[zone]}`

  test('agrees with the check, permission by permission', async () => {
    const all = (await agency.as.owner.get('/v1/permissions')).body.items.map(({ id }: { id: string }) => id)
    for (const who of ['owner', 'bakeryAdmin', 'bakeryViewer'] as const) {
      const { body } = await permissions(who, at('bakery'))
      const held = body.items.map(({ permission }: { permission: string }) => permission)
      const checks = all.map((permission: string) => ({
        permission,
        resource: { kind: 'zone', id: agency.zones.bakery },
      }))
      const { answers } = (await agency.as[who].post('/v1/access/checks', { checks })).body
      expect(held, who).toEqual(all.filter((_: string, index: number) => answers[index].allowed))
      expect(body.subject.id).toBe(agency.ids[who])
    }
  })

  test('says for which records, through which role, and until when', async () => {
    const { body } = await permissions('owner', `${at('clinic')}&subject_id=${agency.ids.zoneUser}`)
    const write = body.items.find(({ permission }: { permission: string }) => permission === 'records.write')
    expect(write).toEqual({
      permission: 'records.write',
      patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
      roles: ['Read & write'],
      ends_at: '2099-01-01T00:00:00.000Z',
      review_required: false,
    })
    const of = (name: string) => `${at('clinic')}&subject_id=${agency.ids.zoneUser}&record_name=${name}&record_type=TXT`
    const held = async (name: string) =>
      (await permissions('owner', of(name))).body.items.map(({ permission }: { permission: string }) => permission)
    expect(await held('_acme-challenge.clinic.example')).toContain('records.write')
    expect(await held('www.clinic.example')).not.toContain('records.write')
    expect((await permissions('owner', `${at('clinic')}&record_name=a.clinic.example`)).status).toBe(422)
  })

  test('of another with the right to ask only; what one may not see never was', async () => {
    const about = `${at('bakery')}&subject_id=${agency.ids.bakeryViewer}`
    expect((await permissions('bakeryAdmin', about)).status).toBe(200)
    expect((await permissions('bakeryDeveloper', about)).status).toBe(403)
    const missing = await permissions('clinicAdmin', `resource_kind=zone&resource_id=${newId()}`)
    const foreign = await permissions('clinicAdmin', at('bakery'))
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  })
})

describe('people × things', () => {
  const at = (kind: string, id: string) => `scope_kind=${kind}&scope_id=${id}`
  type Shown = { name: string }
  type Matrix = {
    people: { items: Shown[] }
    things: { items: Shown[] }
    cells: { level: string; inherited: boolean; narrowed: boolean }[][]
  }
  const cell = ({ people, things, cells }: Matrix, person: string, thing: string) =>
    cells[people.items.findIndex(({ name }) => name === person)]?.[things.items.findIndex(({ name }) => name === thing)]

  test('a customer: the scope first, then its hostings and zones, with everybody who holds anything around it', async () => {
    const { body } = await matrix('owner', at('customer', agency.customers.bakery))
    expect(body.things.items.map(({ name }: Shown) => name)).toEqual([
      ...['The bakery', 'Shop', 'bakery.example', 'orders.bakery.example'],
    ])
    const people = body.people.items.map(({ name }: Shown) => name)
    // The monitoring Client sees the provider that one of the zones hangs below.
    expect(people).toEqual([
      ...['Adam Admin', 'Bella Baker', 'Dora Developer', 'Mia Member', 'Olga Owner', 'Peter Provider'],
      ...['Vera Viewer', 'Zoe Zone'],
    ])
    expect(cell(body, 'Olga Owner', 'The bakery')).toEqual({ level: 'manage', inherited: true, narrowed: false })
    expect(cell(body, 'Bella Baker', 'The bakery')).toEqual({ level: 'manage', inherited: false, narrowed: false })
    expect(cell(body, 'Dora Developer', 'bakery.example')).toEqual({ level: 'write', inherited: true, narrowed: false })
    expect(cell(body, 'Vera Viewer', 'bakery.example')).toEqual({ level: 'read', inherited: true, narrowed: false })
    expect(cell(body, 'Mia Member', 'bakery.example')).toMatchObject({ level: 'none' })
    expect(cell(body, 'Peter Provider', 'orders.bakery.example')).toMatchObject({ level: 'read', inherited: true })
    expect(cell(body, 'Peter Provider', 'bakery.example')).toMatchObject({ level: 'none' })
    // What somebody does with records or websites of the customer is nothing at its hosting.
    expect(cell(body, 'Dora Developer', 'Shop')).toMatchObject({ level: 'none' })
    expect(cell(body, 'Vera Viewer', 'Shop')).toMatchObject({ level: 'none' })
    expect(cell(body, 'Bella Baker', 'Shop')).toMatchObject({ level: 'manage', inherited: true })
  })

  test('a zone: direct, inherited and narrowed are told apart', async () => {
    const { body } = await matrix('owner', at('zone', agency.zones.clinic))
    expect(cell(body, 'Zoe Zone', 'clinic.example')).toEqual({ level: 'write', inherited: false, narrowed: true })
    expect(cell(body, 'Vera Viewer', 'clinic.example')).toEqual({ level: 'read', inherited: false, narrowed: false })
    expect(cell(body, 'Carl Clinic', 'clinic.example')).toEqual({ level: 'manage', inherited: true, narrowed: false })
    expect(cell(body, 'Bella Baker', 'clinic.example')).toBe(undefined)
  })

  test('the organization: customers, providers and zones of nobody; pages of both put together are the whole', async () => {
    const scope = at('organization', agency.org)
    const whole = (await matrix('owner', scope)).body
    expect(whole.things.items.map(({ name }: Shown) => name)).toEqual([
      ...['Harbour & Pine', 'The bakery', 'The clinic', 'Servers lab', 'Servers own', 'harbourpine.example'],
    ])
    expect(whole.people.items).toHaveLength(10)
    expect(cell(whole, 'Mia Member', 'Harbour & Pine')).toMatchObject({ level: 'none' })
    const things: unknown[] = []
    for (let cursor = ''; ; ) {
      const { body } = await matrix('owner', `${scope}&things_limit=2${cursor && `&things_cursor=${cursor}`}`)
      things.push(...body.things.items)
      if (body.things.next === null) break
      cursor = body.things.next
    }
    expect(things).toEqual(whole.things.items)
    const [people, rows]: unknown[][] = [[], []]
    for (let cursor = ''; ; ) {
      const { body } = await matrix('owner', `${scope}&limit=3${cursor && `&cursor=${cursor}`}`)
      people?.push(...body.people.items)
      rows?.push(...body.cells)
      if (body.people.next === null) break
      cursor = body.people.next
    }
    expect([people, rows]).toEqual([whole.people.items, whole.cells])
  })

  test('a client is shown accounts of its own portal only, and no more than it may ask about', async () => {
    const { body } = await matrix('bakeryAdmin', at('customer', agency.customers.bakery))
    expect(body.people.items.map(({ name }: Shown) => name)).toEqual(['Bella Baker', 'Dora Developer', 'Vera Viewer'])
    expect((await matrix('bakeryViewer', at('customer', agency.customers.bakery))).status).toBe(403)
    expect((await matrix('bakeryAdmin', at('customer', agency.customers.clinic))).status).toBe(404)
    expect((await matrix('bakeryAdmin', at('organization', agency.org))).status).toBe(403)
    expect((await matrix('owner', `${at('organization', agency.org)}&things_cursor=9.x`)).status).toBe(422)
  })
})
