import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'

let product: Product
let agency: Agency
let owner: Agency['as']['owner']
let at: Record<'organization' | 'bakery' | 'clinic' | 'lab' | 'orders' | 'bakeryZone', { kind: string; id: string }>

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())

beforeEach(async () => {
  agency = await layDownAgency(product)
  owner = agency.as.owner
  at = {
    organization: { kind: 'organization', id: agency.org },
    bakery: { kind: 'customer', id: agency.customers.bakery },
    clinic: { kind: 'customer', id: agency.customers.clinic },
    lab: { kind: 'provider', id: agency.providers.lab },
    orders: { kind: 'zone', id: agency.zones.orders },
    bakeryZone: { kind: 'zone', id: agency.zones.bakery },
  }
})

type Rule = { who: object; permission: string; at: object; record?: object; except?: string[]; sentence?: string }

async function state(rule: Rule): Promise<string> {
  const answer = await owner.post('/v1/assertions', rule)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.id
}

const give = (who: keyof Agency['ids'], role_id: string, scope: object, more: object = {}) =>
  owner.post('/v1/grants', { subject_id: agency.ids[who], role_id, scope, ...more })

function expectBroken(answer: Answer, id: string, path?: string[]) {
  expect(answer.status, answer.text).toBe(409)
  expect(answer.body.assertion, answer.text).toMatchObject({ id })
  if (path) expect(answer.body.path).toEqual(path)
}

const clients = { kind: 'realm', realm: 'client' }
const member = () => ({ kind: 'subject', subject_id: agency.ids.member })

describe('stating one', () => {
  test('[X-6] what must never be possible is stated in one sentence, listed, read and dropped, each with an event', async () => {
    const id = await state({ who: clients, permission: 'zones.delete', at: at.organization })
    const [listed] = (await owner.get('/v1/assertions')).body.items
    expect(listed).toMatchObject({
      id,
      sentence: 'No client account can ever do "zones.delete" on the organization Harbour & Pine.',
      who: { kind: 'realm', realm: 'client' },
      permission: 'zones.delete',
      created_by: 'Olga Owner',
    })
    expect((await owner.get(`/v1/assertions/${id}`)).body).toEqual(listed)
    expect((await owner.delete(`/v1/assertions/${id}`)).status).toBe(204)
    expect((await owner.get('/v1/assertions')).body.items).toEqual([])
    expect((await owner.get(`/v1/assertions/${id}`)).status).toBe(404)
    const events = (await owner.get('/v1/audit-events?limit=2')).body.items
    expect(events.map((event: { sentence: string }) => event.sentence)).toEqual([
      `Olga Owner dropped the assertion “${listed.sentence}”.`,
      `Olga Owner stated that this must never be possible: “${listed.sentence}”.`,
    ])
  })

  test('[X-6] one that does not hold now is refused, and says who by which way', async () => {
    const answer = await owner.post('/v1/assertions', {
      who: clients,
      permission: 'records.write',
      at: at.bakery,
    })
    expect(answer.status, answer.text).toBe(409)
    expect(answer.body.detail).toContain('Bella Baker can do "records.write" on the customer The bakery')
    expect(answer.body.path).toEqual([expect.any(String), expect.any(String), 'customer The bakery'])
    expect((await owner.get('/v1/assertions')).body.items).toEqual([])
  })

  test('a wrong field is named', async () => {
    const right = { who: clients, permission: 'zones.delete', at: at.bakery }
    const never = agency.org.replace(/.{4}$/, 'ffff')
    const wrong: [object, string][] = [
      [{ permission: 'zones.eat' }, 'permission'],
      [{ at: { kind: 'zone', id: never } }, 'at.id'],
      [{ who: { kind: 'subject', subject_id: never } }, 'who.subject_id'],
      [{ who: { kind: 'role', role_id: 'msp.nobody', scope: at.bakery } }, 'who'],
      [{ who: { kind: 'role', role_id: 'msp.viewer', scope: at.organization } }, 'who'],
      [{ record: { name: 'a.**.b' } }, 'record.name'],
      [{ record: { name: 'www.bakery.example' } }, 'record'],
      [{ except: [agency.ids.owner, never] }, 'except.1'],
    ]
    for (const [change, path] of wrong) {
      const answer = await owner.post('/v1/assertions', { ...right, ...change })
      expect(answer.status, answer.text).toBe(422)
      expect(answer.body.fields[0].path, answer.text).toBe(path)
    }
  })

  test('only who holds assertions.manage states one, and who sees grants at the organization reads them', async () => {
    const rule = { who: clients, permission: 'zones.delete', at: at.bakery }
    for (const who of ['member', 'bakeryAdmin'] as const) {
      expect((await agency.as[who].post('/v1/assertions', rule)).status).toBe(403)
      expect((await agency.as[who].get('/v1/assertions')).status).toBe(403)
      expect((await agency.as[who].post('/v1/assertions/checks', {})).status).toBe(403)
    }
    expect((await agency.as.admin.post('/v1/assertions', rule)).status).toBe(201)
    expect((await agency.as.outsider.get('/v1/assertions')).body.items).toEqual([])
  })
})

describe('checking', () => {
  test('[X-6] every assertion is checked at once, and a rule before it is saved', async () => {
    const id = await state({ who: clients, permission: 'zones.delete', at: at.organization })
    // Past every check, as a restore of an older copy might.
    await agency.grant('bakeryAdmin', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
    const all = await owner.post('/v1/assertions/checks', {})
    expect(all.status, all.text).toBe(200)
    expect(all.body.items).toMatchObject([{ assertion: { id }, holds: true, breaches: [], breach_count: 0 }])
    const rule = { who: { kind: 'anyone' }, permission: 'records.write', at: at.bakeryZone, except: [agency.ids.owner] }
    const drafted = (await owner.post('/v1/assertions/checks', { rule, limit: 1 })).body.items
    expect(drafted).toHaveLength(1)
    expect(drafted[0]).toMatchObject({ assertion: { id: null }, holds: false })
    expect(drafted[0].breaches).toHaveLength(1)
    expect(drafted[0].breach_count).toBe(4)
    expect(drafted[0].breaches[0].subject.name).not.toBe('Olga Owner')
    expect((await owner.post('/v1/assertions/checks', { assertion_id: id })).body.items).toHaveLength(1)
  })
})

describe('every change that would break one is refused, and nothing of it is saved', () => {
  test('[X-6] a grant, now, later, for a while, or by a team; with the way', async () => {
    const id = await state({ who: member(), permission: 'records.write', at: at.bakery })
    const way = ['Mia Member', 'Read & write', 'zone bakery.example']
    expectBroken(await give('member', 'zones.read_write', at.bakeryZone), id, way)
    const later = { starts_at: '2031-01-01T00:00:00Z', ends_at: '2031-01-02T00:00:00Z' }
    const begins = await give('member', 'zones.read_write', at.bakeryZone, later)
    expectBroken(begins, id, way)
    expect(begins.body.detail).toContain('on the zone bakery.example from 1 Jan 2031: Read & write')
    expect((await give('member', 'zones.read_only', at.bakeryZone)).status).toBe(201)
    const before = (await owner.get(`/v1/grants?subject_id=${agency.ids.member}`)).body.items
    expect(before).toHaveLength(2)
    const team = (await owner.post('/v1/teams', { name: 'Desk' })).body.id
    const given = { subject_id: team, role_id: 'zones.read_write', scope: at.bakeryZone }
    expect((await owner.post('/v1/grants', given)).status).toBe(201)
    const joining = await owner.put(`/v1/teams/${team}/members/${agency.ids.member}`)
    expectBroken(joining, id, ['Mia Member', 'team Desk', 'Read & write', 'zone bakery.example'])
    expect((await owner.get('/v1/teams')).body.items[0].members).toEqual([])
    const levels = { levels: [{ zone_id: agency.zones.orders, level: 'write' }] }
    expectBroken(await owner.put(`/v1/users/${agency.ids.member}/zone-access`, levels), id)
    const events = (await owner.get('/v1/audit-events?limit=1')).body.items
    expect(events[0].action).toBe('grant.created')
  })

  test('[X-6] a wider grant changed from a smaller one', async () => {
    await state({ who: member(), permission: 'records.write', at: at.clinic })
    const grant = await give('member', 'zones.read_only', { kind: 'zone', id: agency.zones.clinic })
    const wider = await owner.patch(`/v1/grants/${grant.body.id}`, { role_id: 'zones.read_write' })
    expect(wider.status, wider.text).toBe(409)
    expect(wider.body.path).toEqual(['Mia Member', 'Read & write', 'zone clinic.example'])
    expect((await owner.get(`/v1/grants?subject_id=${agency.ids.member}`)).body.items).toMatchObject([
      {},
      { role_id: 'zones.read_only' },
    ])
  })

  test('[X-6] an assertion about some records lets the others be granted', async () => {
    const id = await state({
      who: { kind: 'anyone' },
      permission: 'records.write',
      at: at.bakeryZone,
      record: { name: '**.pay.bakery.example' },
      except: [agency.ids.owner, agency.ids.admin, agency.ids.bakeryAdmin, agency.ids.bakeryDeveloper],
    })
    const only = (name: string) => ({ patterns: [{ names: [name] }] })
    expectBroken(await give('member', 'zones.read_write', at.bakeryZone, only('**.bakery.example')), id)
    expectBroken(await give('member', 'zones.read_write', at.bakeryZone, only('www.pay.bakery.example')), id)
    expect((await give('member', 'zones.read_write', at.bakeryZone, only('www.bakery.example'))).status).toBe(201)
    expect((await give('member', 'zones.read_write', { kind: 'zone', id: agency.zones.clinic })).status).toBe(201)
  })

  test('[X-6] a role that is edited, and one that an assertion is about is not deleted', async () => {
    const made = await owner.post('/v1/roles', {
      based_on: 'zones.read_only',
      name: 'Readers',
      description: '',
      permissions: ['zones.view', 'records.view'],
    })
    expect(made.status, made.text).toBe(201)
    expect((await give('member', made.body.id, at.orders)).status).toBe(201)
    const id = await state({ who: member(), permission: 'records.write', at: at.bakery })
    const change = { permissions: ['zones.view', 'records.view', 'records.write'] }
    expectBroken(await owner.patch(`/v1/roles/${made.body.id}`, change), id, [
      'Mia Member',
      'Readers',
      'zone orders.bakery.example',
    ])
    const named = await owner.post('/v1/roles', {
      based_on: 'zones.read_only',
      name: 'Named',
      description: '',
      permissions: ['zones.view'],
    })
    const about = await state({
      who: { kind: 'role', role_id: named.body.id, scope: at.orders },
      permission: 'zones.delete',
      at: at.organization,
      except: [agency.ids.owner],
    })
    expectBroken(await owner.delete(`/v1/roles/${named.body.id}`), about)
    expectBroken(await give('admin', named.body.id, at.orders), about, [
      'Adam Admin',
      'Admin',
      'organization Harbour & Pine',
    ])
  })

  test('[X-6] a ceiling that is raised', async () => {
    await agency.grant('bakeryViewer', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
    const id = await state({ who: clients, permission: 'zones.create', at: at.organization })
    const path = `/v1/customers/${agency.customers.bakery}/ceiling`
    const ceiling = (await owner.get(path)).body
    const raised = { ...ceiling, permissions: [...ceiling.permissions, 'zones.create'] }
    const { permissions, role_ids, seats } = raised
    const answer = await owner.put(path, { permissions, role_ids, seats })
    expectBroken(answer, id, ['Vera Viewer', 'Customer Admin', 'customer The bakery'])
    expect((await owner.get(path)).body.permissions).not.toContain('zones.create')
  })

  test('[X-6] a zone that is made below a provider and a customer, or moved there', async () => {
    const rule = {
      who: { kind: 'subject', subject_id: agency.ids.monitoringClient },
      permission: 'records.view',
      at: at.bakery,
    }
    const early = await owner.post('/v1/assertions', rule)
    expect(early.status, 'a zone of the bakery hangs below its provider').toBe(409)
    const moved = await owner.patch(`/v1/zones/${agency.zones.orders}`, { provider_id: agency.providers.own })
    expect(moved.status, moved.text).toBe(200)
    const now = await state(rule)
    const made = await owner.post('/v1/zones', {
      name: 'new.bakery.example',
      provider_id: agency.providers.lab,
      customer_id: agency.customers.bakery,
    })
    expectBroken(made, now, ['Peter Provider', 'Client', 'provider Servers lab', 'zone new.bakery.example'])
    const back = await owner.patch(`/v1/zones/${agency.zones.orders}`, { provider_id: agency.providers.lab })
    expectBroken(back, now, ['Peter Provider', 'Client', 'provider Servers lab', 'zone orders.bakery.example'])
    const given = await owner.patch(`/v1/zones/${agency.zones.clinic}`, { customer_id: agency.customers.bakery })
    expectBroken(given, now)
    expect((await owner.get('/v1/zones?q=new.bakery')).body.items).toEqual([])
  })

  test('[X-6] a zone that a client account makes, which staff would reach; it learns nothing of them', async () => {
    await owner.patch(`/v1/zones/${agency.zones.orders}`, { provider_id: agency.providers.own })
    expect((await give('member', 'monitoring.client', at.lab)).status).toBe(201)
    const customer = { kind: 'customer', id: agency.customers.bakery } as const
    await agency.grant('bakeryAdmin', 'hosting.customer_admin', customer)
    await agency.grant('bakeryAdmin', 'monitoring.client', { kind: 'provider', id: agency.providers.lab })
    const path = `/v1/customers/${customer.id}/ceiling`
    const { permissions, role_ids } = (await owner.get(path)).body
    await owner.put(path, { permissions: [...permissions, 'zones.create'], role_ids, seats: null })
    const make = (name: string) => {
      const body = { name, provider_id: agency.providers.lab, customer_id: customer.id }
      return agency.as.bakeryAdmin.post('/v1/zones', body)
    }
    const first = await make('first.bakery.example')
    expect(first.status, first.text).toBe(201)
    expect((await owner.delete(`/v1/zones/${first.body.id}`)).status).toBe(204)
    const id = await state({ who: member(), permission: 'records.view', at: at.bakery })
    const answer = await make('new.bakery.example')
    expectBroken(answer, id)
    expect(answer.text).not.toContain('Mia')
    expect((await owner.get('/v1/zones?q=new.bakery')).body.items).toEqual([])
  })

  test('[X-6] of two changes at the same time that together would break one, one is saved', async () => {
    const team = (await owner.post('/v1/teams', { name: 'Night desk' })).body.id
    const id = await state({ who: member(), permission: 'zones.delete', at: at.organization })
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        owner.put(`/v1/teams/${team}/members/${agency.ids.member}`),
        owner.post('/v1/grants', { subject_id: team, role_id: 'domains.developer', scope: at.organization }),
        owner.post('/v1/grants', { subject_id: team, role_id: 'monitoring.member', scope: at.organization }),
      ])
      const refused = answers.filter(({ status }) => status === 409)
      for (const answer of refused) expectBroken(answer, id)
      const wholly = await owner.post('/v1/assertions/checks', {})
      expect(wholly.body.items[0], JSON.stringify(answers.map(({ text }) => text))).toMatchObject({ holds: true })
      expect(refused.length).toBeGreaterThanOrEqual(1)
      await owner.delete(`/v1/teams/${team}/members/${agency.ids.member}`)
      const grants = (await owner.get(`/v1/grants?subject_id=${team}`)).body.items
      for (const grant of grants) await owner.delete(`/v1/grants/${grant.id}`)
    }
  })

  test('an invitation whose access an assertion forbids by now is not accepted', async () => {
    const invited = await owner.post('/v1/invitations', {
      realm: 'staff',
      email: 'new@harbourpine.example',
      grants: [{ role_id: 'msp.admin' }],
    })
    expect(invited.status, invited.text).toBe(201)
    await state({
      who: { kind: 'anyone' },
      permission: 'zones.delete',
      at: at.organization,
      except: [agency.ids.owner, agency.ids.admin],
    })
    const token = /#(.*)$/.exec(invited.body.link)?.[1]
    const { answer } = await product.entering('/v1/acceptances', {
      token,
      name: 'Nora',
      password: 'nine green boats at dawn',
    })
    expect(answer.status, answer.text).toBe(409)
    expect(answer.body.assertion).toBeUndefined()
    expect((await owner.get('/v1/members?q=Nora')).body.items).toEqual([])
  })

  test('[X-6] a client account learns that there is a rule, and nothing of staff or of the rule', async () => {
    const id = await state({
      who: { kind: 'subject', subject_id: agency.ids.bakeryViewer },
      permission: 'records.write',
      at: at.bakery,
      sentence: 'Olga said that Vera never writes.',
    })
    const answer = await agency.as.bakeryAdmin.post('/v1/grants', {
      subject_id: agency.ids.bakeryViewer,
      role_id: 'msp.developer',
      scope: at.bakery,
    })
    expectBroken(answer, id)
    expect(answer.text).not.toContain('Olga')
    expect(answer.body.path).toBeUndefined()
    expect(answer.body.detail).toContain('your provider')
  })
})

describe('what only takes away, or is about something else, is not refused', () => {
  test('[X-6] grants elsewhere and of other permissions are given, and everything is revoked', async () => {
    await state({ who: member(), permission: 'records.write', at: at.bakery })
    expect((await give('member', 'zones.read_write', { kind: 'zone', id: agency.zones.agency })).status).toBe(201)
    const grant = await give('member', 'zones.read_only', at.orders)
    expect(grant.status).toBe(201)
    expect((await owner.delete(`/v1/grants/${grant.body.id}`)).status).toBe(204)
    expect((await give('bakeryViewer', 'msp.developer', at.bakery)).status).toBe(201)
  })

  test('[X-6] an assertion goes with what it is about, and the event says so', async () => {
    const about = await state({ who: member(), permission: 'zones.delete', at: at.clinic })
    const kept = await state({ who: clients, permission: 'zones.delete', at: at.organization })
    expect((await owner.delete(`/v1/customers/${agency.customers.clinic}`)).status).toBe(204)
    const left = (await owner.get('/v1/assertions')).body.items.map((one: { id: string }) => one.id)
    expect(left).toEqual([kept])
    expect(left).not.toContain(about)
    const [event] = (await owner.get('/v1/audit-events?limit=1')).body.items
    expect(event.facts.assertions_ended).toEqual(['Mia Member can never do "zones.delete" on the customer The clinic.'])
  })
})
