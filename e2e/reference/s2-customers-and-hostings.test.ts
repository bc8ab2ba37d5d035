import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../test/product.ts'
import { must } from '../agency.ts'
import {
  fresh,
  type Organization,
  type Person,
  type Row,
  readRow,
  type Scope,
  servedAfterAll,
  shows,
  startOrganization,
  withoutRequest,
} from './organization.ts'

// The roles of customer and hosting, each held by one person, in an organization of the hosting set.

let org: Organization
let customer: string
let provider: string
let zone: string
let shop: string
let people: Person[]
let guest: Person

const columns = [
  ['Carl', 'hosting.customer_admin'],
  ['Mona', 'hosting.manager'],
  ['Dora', 'hosting.domain'],
  ['Hanna', 'hosting.hosting_admin'],
  ['Wim', 'hosting.web'],
  ['Meg', 'hosting.mail'],
  ['Stan', 'hosting.stats'],
] as const
type RoleId = (typeof columns)[number][1]
const atHosting = (role: RoleId) => !['hosting.customer_admin', 'hosting.manager', 'hosting.domain'].includes(role)

beforeAll(async () => {
  org = await startOrganization('hosting')
  customer = await org.make('/v1/customers', { name: 'Mill Lane' })
  provider = await org.make('/v1/providers', { name: 'Name servers' })
  zone = await org.zone('bakery.example', provider, customer)
  shop = await org.make('/v1/hostings', { customer_id: customer, name: 'Shop' })
  const join = (name: string, grants: object[]) => org.join(name, { realm: 'client', customer_id: customer, grants })
  people = []
  for (const [name, role_id] of columns) people.push(await join(name, [{ role_id, scope: scopeOf(role_id)() }]))
  guest = await join('Gus', [])
})
afterAll(() => org.product.stop())

const onCustomer = (): Scope => ({ kind: 'customer', id: customer })
const onHosting = (): Scope => ({ kind: 'hosting', id: shop })
const onZone = (): Scope => ({ kind: 'zone', id: zone })
const scopeOf = (role: RoleId) => (atHosting(role) ? onHosting : onCustomer)

/** Gives the guest a role, and takes it back where it was given. */
async function passOn({ caller }: Person, role: RoleId, scope = scopeOf(role)()): Promise<Answer> {
  const answer = await caller.post('/v1/grants', { subject_id: guest.id, role_id: role, scope })
  if (answer.status === 201) {
    expect((await org.founder.caller.delete(`/v1/grants/${answer.body.id}`)).status).toBe(204)
  }
  return answer
}

const record = () => ({ name: fresh(), type: 'A', data: '192.0.2.7' })
const newHosting = (customer_id: string) => ({ customer_id, name: fresh() })

/** Customer: Admin, Manager, Domain; hosting: Admin, Web, Mail, Stats. */
const table: Row[] = [
  {
    row: 'See the customer',
    is: 'yes yes no no no no no',
    shown: [shows('customers.view', (by) => by.get(`/v1/customers/${customer}`), onCustomer)],
  },
  {
    row: 'Manage the address',
    is: 'yes yes no no no no no',
    shown: [{ needs: 'customers.address.manage', at: onCustomer }],
  },
  {
    row: 'Create or cancel a subscription',
    is: 'yes yes no no no no no',
    shown: [{ needs: 'customers.subscriptions.manage', at: onCustomer }],
  },
  { row: 'Check the bills', is: 'yes yes no no no no no', shown: [{ needs: 'customers.bills.view', at: onCustomer }] },
  {
    row: 'Register a new domain',
    is: 'yes no yes no no no no',
    shown: [{ needs: 'domains.register', at: onCustomer }],
  },
  { row: 'Manage the domains', is: 'yes no yes no no no no', shown: [{ needs: 'domains.manage', at: onCustomer }] },
  {
    row: 'Manage the DNS resource records of an existing domain',
    is: 'yes no yes no no no no',
    shown: [
      shows('zones.view', (by) => by.get('/v1/zones'), onCustomer),
      shows('records.view', (by) => by.get(`/v1/zones/${zone}/records`), onZone),
      shows('records.write', (by) => by.post(`/v1/zones/${zone}/records`, record()), onZone),
    ],
  },
  {
    row: 'Make a hosting',
    is: 'yes no no no no no no',
    shown: [shows('hostings.manage', (by) => by.post('/v1/hostings', newHosting(customer)), onCustomer)],
  },
  {
    row: 'Pass roles of the customer on',
    is: 'yes no no no no no no',
    shown: [{ needs: 'grants.manage', at: onCustomer, asked: (person) => passOn(person, 'hosting.manager') }],
  },
  {
    row: 'Reach the hosting',
    is: 'yes no no yes yes yes yes',
    shown: [
      shows('hostings.view', (by) => by.get(`/v1/hostings/${shop}`), onHosting),
      shows('hostings.view', (by) => by.get('/v1/hostings'), onHosting),
    ],
  },
  {
    row: 'Change the hosting',
    is: 'yes no no yes no no no',
    shown: [shows('hostings.manage', (by) => by.patch(`/v1/hostings/${shop}`, { place: fresh() }), onHosting)],
  },
  {
    row: 'Manage everything of the web',
    is: 'yes no no yes yes no no',
    shown: [
      { needs: 'hosting.web.manage', at: onHosting },
      { needs: 'websites.manage', at: onHosting },
    ],
  },
  {
    row: 'Manage mail accounts and forwardings',
    is: 'yes no no yes no yes no',
    shown: [{ needs: 'hosting.mail.manage', at: onHosting }],
  },
  {
    row: 'See traffic and access statistics',
    is: 'yes no no yes yes no yes',
    shown: [{ needs: 'hosting.stats.view', at: onHosting }],
  },
  {
    row: 'Pass roles of the hosting on',
    is: 'yes no no yes no no no',
    shown: [{ needs: 'grants.manage', at: onHosting, asked: (person) => passOn(person, 'hosting.stats') }],
  },
]

/** Judged by the permission alone, since there is no page and no request of it yet. It can only become shorter. */
const notServedYet = [
  'Manage the address: customers.address.manage',
  'Create or cancel a subscription: customers.subscriptions.manage',
  'Check the bills: customers.bills.view',
  'Register a new domain: domains.register',
  'Manage the domains: domains.manage',
  'Manage everything of the web: hosting.web.manage',
  'Manage everything of the web: websites.manage',
  'Manage mail accounts and forwardings: hosting.mail.manage',
  'See traffic and access statistics: hosting.stats.view',
]

test.each(table)('$row: $is', async (row) => {
  expect(await readRow(org, people, row)).toBe(row.is)
})

test('what is judged by the permission alone is this list, and nothing of it is served', () => {
  expect(withoutRequest(table)).toEqual(notServedYet)
  expect(servedAfterAll(table)).toEqual([])
})

const named = (role: RoleId): Person => {
  const found = people[columns.findIndex(([, id]) => id === role)]
  if (!found) throw new Error(`nobody holds ${role}`)
  return found
}

describe('passing on', () => {
  test('[S2-5] a Customer Admin passes on every role below, a Hosting Admin those of its hosting, others none', async () => {
    const given: Record<string, string[]> = {}
    for (const [, own] of columns) {
      const passed: string[] = []
      for (const [, role] of columns) if ((await passOn(named(own), role)).status === 201) passed.push(role)
      given[own] = passed
    }
    const ofHosting = columns.map(([, role]) => role).filter(atHosting)
    expect(given).toEqual({
      'hosting.customer_admin': columns.map(([, role]) => role),
      'hosting.manager': [],
      'hosting.domain': [],
      'hosting.hosting_admin': ofHosting,
      'hosting.web': [],
      'hosting.mail': [],
      'hosting.stats': [],
    })
  })

  test('[S2-5] to a team as to a person', async () => {
    const team = await org.make('/v1/teams', { name: 'Web agency', realm: 'client', customer_id: customer })
    const scope = onHosting()
    const admin = named('hosting.hosting_admin').caller
    const toTeam = await admin.post('/v1/grants', { subject_id: team, role_id: 'hosting.web', scope })
    expect(toTeam.status, toTeam.text).toBe(201)
    must(await org.founder.caller.put(`/v1/teams/${team}/members/${guest.id}`), 204)
    expect((await guest.caller.get(`/v1/hostings/${shop}`)).status).toBe(200)
    must(await admin.delete(`/v1/grants/${toTeam.body.id}`), 204)
    expect((await guest.caller.get(`/v1/hostings/${shop}`)).status).toBe(404)
  })
})

describe('access', () => {
  test('[S2-14] is implicit for a Customer Admin at every hosting of the customer, and for nobody else of the customer', async () => {
    const later = await org.make('/v1/hostings', { customer_id: customer, name: 'Later' })
    const statuses: Record<string, number> = {}
    for (const [, role] of columns) {
      statuses[role] = (await named(role).caller.get(`/v1/hostings/${later}`)).status
    }
    expect(statuses).toEqual({
      'hosting.customer_admin': 200,
      'hosting.manager': 404,
      'hosting.domain': 404,
      'hosting.hosting_admin': 404,
      'hosting.web': 404,
      'hosting.mail': 404,
      'hosting.stats': 404,
    })
    expect(must(await org.founder.caller.get(`/v1/grants?scope_kind=hosting&scope_id=${later}`), 200).items).toEqual([])
  })

  test('[S2-15] explicit, at a hosting, it gives nothing on the customer or its domains', async () => {
    for (const [, role] of columns.filter(([, id]) => atHosting(id))) {
      const { caller } = named(role)
      for (const path of [`/v1/customers/${customer}`, `/v1/zones/${zone}`, `/v1/zones/${zone}/records`]) {
        expect((await caller.get(path)).status, `${role} ${path}`).toBe(404)
      }
      for (const path of ['/v1/customers', '/v1/zones']) expect(must(await caller.get(path), 200).items).toEqual([])
    }
  })

  test('[S2-16] of everybody stands in the list of the hosting and of the customer, the implicit marked', async () => {
    const { caller } = named('hosting.customer_admin')
    const holders = async (permission: string, { kind, id }: Scope) => {
      const path = `/v1/access/holders?permission=${permission}&resource_kind=${kind}&resource_id=${id}`
      type Row = { subject: { name: string }; role: string; implicit: boolean }
      return must(await caller.get(path), 200)
        .items.filter(({ subject }: Row) => columns.some(([name]) => name === subject.name))
        .map(({ subject, role, implicit }: Row) => `${subject.name}: ${role}${implicit ? ', implicit' : ''}`)
        .sort()
    }
    expect(await holders('hostings.view', onHosting())).toEqual([
      'Carl: Customer Admin, implicit',
      'Hanna: Hosting Admin',
      'Meg: Mail',
      'Stan: Stats',
      'Wim: Web',
    ])
    expect(await holders('dashboard.view', onCustomer())).toEqual([
      'Carl: Customer Admin',
      'Dora: Domain',
      'Mona: Manager',
    ])
  })
})

test('[S2-13] no two roles of one level are held by one person: the second is refused, and admin proposed', async () => {
  const admins = { customer: 'Customer Admin', hosting: 'Hosting Admin' }
  for (const [, own] of columns) {
    for (const [, second] of columns) {
      if (own === second || atHosting(own) !== atHosting(second) || /admin$/.test(own) || /admin$/.test(second))
        continue
      const scope = scopeOf(second)()
      const body = { subject_id: named(own).id, role_id: second, scope }
      const refused = await org.founder.caller.post('/v1/grants', body)
      expect(refused.status, `${own} and ${second}`).toBe(409)
      expect(refused.body.detail).toContain(`change it to ${admins[scope.kind as 'customer']}`)
    }
  }
})

describe('teams', () => {
  const me = async ({ caller }: Person) => must(await caller.get('/v1/me'), 200)

  test('[S2-1, S2-2] everybody begins with a personal team alone, nobody else ever in it, and without team features', async () => {
    for (const person of [org.founder, ...people]) {
      const { team_features, teams, current_team_id } = await me(person)
      expect([team_features, current_team_id], person.name).toEqual([false, null])
      expect(teams).toEqual([{ id: person.id, name: person.name, personal: true }])
      expect((await org.founder.caller.put(`/v1/teams/${person.id}/members/${guest.id}`)).status).toBe(409)
    }
  })

  test('[S2-4] a new customer goes to the current team with Customer Admin: one’s own, or the one switched to', async () => {
    const { caller, id } = org.founder
    const holders = async (name: string) => {
      const made = await org.make('/v1/customers', { name })
      const { items } = must(await caller.get(`/v1/grants?scope_kind=customer&scope_id=${made}`), 200)
      type Grant = { subject: { id: string }; role_id: string }
      return items.map(({ subject, role_id }: Grant) => [subject.id, role_id])
    }
    expect(await holders('Of the person')).toEqual([[id, 'hosting.customer_admin']])
    const team = await org.make('/v1/teams', { name: 'Onboarding' })
    must(await caller.put(`/v1/teams/${team}/members/${id}`), 204)
    must(await caller.patch('/v1/me', { team_features: true }), 200)
    must(await caller.patch('/v1/me', { current_team_id: team }), 200)
    expect(await holders('Of the team')).toEqual([[team, 'hosting.customer_admin']])
    must(await caller.patch('/v1/me', { team_features: false }), 200)
    expect(await holders('Of the person again')).toEqual([[id, 'hosting.customer_admin']])
  })
})
