import { operations } from '@zoneward/api'
import type { Permission } from '@zoneward/permissions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../test/product.ts'
import { must, namesOfZones } from '../agency.ts'
import {
  fresh,
  held,
  type Organization,
  type Person,
  type Row,
  readRow,
  type Scope,
  servedAfterAll,
  shows,
  startOrganization,
  untilUsed,
  withoutRequest,
} from './organization.ts'

// What only the agency does, and what its roles and those of its clients may, in an organization of the msp set.

let org: Organization
let staff: [owner: Person, admin: Person, member: Person]
let clients: [admin: Person, developer: Person, viewer: Person]
let customers: { bakery: string; clinic: string; garage: string }
let zones: { bakery: string; clinic: string; garage: string }
let hostings: { bakery: string; clinic: string }
let provider: string

const blocks = (customer: string, ...kinds: string[]) =>
  kinds.map((kind) => ({ role_id: `msp.block.${kind}`, scope: { kind: 'customer', id: customer } }))

beforeAll(async () => {
  org = await startOrganization('msp')
  const customer = (name: string) => org.make('/v1/customers', { name })
  customers = { bakery: await customer('Bakery'), clinic: await customer('Clinic'), garage: await customer('Garage') }
  provider = await org.make('/v1/providers', { name: 'Name servers' })
  zones = {
    bakery: await org.zone('bakery.example', provider, customers.bakery),
    clinic: await org.zone('clinic.example', provider, customers.clinic),
    garage: await org.zone('garage.example', provider, customers.garage),
  }
  const hosting = (customer_id: string) => org.make('/v1/hostings', { customer_id, name: 'Shop' })
  hostings = { bakery: await hosting(customers.bakery), clinic: await hosting(customers.clinic) }
  const everyKind = blocks(customers.bakery, 'dns_write', 'domains_write', 'websites_write', 'dmarc_write')
  staff = [
    org.founder,
    await org.join('Ada', { realm: 'staff', grants: [{ role_id: 'msp.admin' }] }),
    await org.join('Max', { realm: 'staff', grants: [{ role_id: 'msp.member' }, ...everyKind] }),
  ]
  const client = (name: string, role_id: string) =>
    org.join(name, { realm: 'client', customer_id: customers.bakery, grants: [{ role_id }] })
  clients = [
    await client('Cleo', 'msp.client_admin'),
    await client('Dev', 'msp.developer'),
    await client('Vera', 'msp.viewer'),
  ]
})
afterAll(() => org.product.stop())

const at = (kind: 'customer' | 'zone' | 'hosting', id: () => string) => (): Scope => ({ kind, id: id() })
const bakery = at('customer', () => customers.bakery)
const bakeryZone = at('zone', () => zones.bakery)
const clinic = at('customer', () => customers.clinic)
const clinicZone = at('zone', () => zones.clinic)
const shop = at('hosting', () => hostings.bakery)
const record = (name = fresh()) => ({ name, type: 'TXT', data: '"x"' })
const newMember = async () => (await org.join(fresh(), { realm: 'staff', grants: [{ role_id: 'msp.member' }] })).id
const grantOf = async (subject: string): Promise<string> =>
  must(await org.founder.caller.get(`/v1/grants?subject_id=${subject}`), 200).items[0].id
const spareZone = untilUsed(() => org.zone(`${fresh()}.example`, provider, customers.bakery))
const spareMember = untilUsed(newMember)
const spareGrant = untilUsed(async () => grantOf(await newMember()))

/** Owner, Admin, Member of every kind at the bakery; the bakery's Client Admin, Developer, Viewer. */
const onlyTheProvider: Row[] = [
  {
    row: 'Transfer or delete domains',
    is: 'yes yes no no no no',
    shown: [
      { needs: 'domains.transfer', at: bakery },
      shows('zones.delete', (by) => spareZone((id) => by.delete(`/v1/zones/${id}`)), bakeryZone),
    ],
  },
  { row: 'Change or reset billing information', is: 'yes no no no no no', shown: [{ needs: 'subscription.manage' }] },
  {
    row: 'View any other client’s data or resources',
    is: 'yes yes no no no no',
    shown: [
      shows('zones.view', (by) => by.get(`/v1/zones/${zones.clinic}`), clinicZone),
      shows('records.view', (by) => by.get(`/v1/zones/${zones.clinic}/records`), clinicZone),
      shows('customers.view', (by) => by.get(`/v1/customers/${customers.clinic}`), clinic),
      shows('hostings.view', (by) => by.get(`/v1/hostings?customer_id=${customers.clinic}`), clinic),
      shows('client_users.manage', (by) => by.post('/v1/invitations', clinicsViewer()), clinic),
    ],
  },
  { row: 'Access MSP-level monitoring alerts', is: 'yes yes no no no no', shown: [{ needs: 'alerts.view' }] },
  {
    row: 'Modify DNS templates used by the MSP team',
    is: 'yes yes no no no no',
    shown: [{ needs: 'templates.manage' }],
  },
  {
    row: 'Remove MSP team members or change their access',
    is: 'yes yes no no no no',
    shown: [
      shows('members.manage', (by) => spareMember((id) => by.delete(`/v1/members/${id}`))),
      shows('grants.manage', (by) => spareGrant((id) => by.delete(`/v1/grants/${id}`))),
    ],
  },
]

function clinicsViewer() {
  const grants = [{ role_id: 'msp.viewer' }]
  return { realm: 'client', email: `${fresh()}@people.example`, customer_id: customers.clinic, grants }
}
const bakerysViewer = () => ({ ...clinicsViewer(), customer_id: customers.bakery })

/** Client Admin, Developer, Viewer, at their own client. */
const clientRoles: Row[] = [
  {
    row: 'Dashboard',
    is: 'yes yes yes',
    shown: [shows('dashboard.view', (by) => by.get('/v1/dashboard'), bakery)],
  },
  {
    row: 'Domain list',
    is: 'yes yes yes',
    shown: [{ needs: 'domains.view', at: bakery }, shows('zones.view', (by) => by.get('/v1/zones'), bakery)],
  },
  {
    row: 'DNS records, read',
    is: 'yes yes yes',
    shown: [shows('records.view', (by) => by.get(`/v1/zones/${zones.bakery}/records`), bakeryZone)],
  },
  {
    row: 'DNS records, add',
    is: 'yes yes no',
    shown: [shows('records.write', (by) => by.post(`/v1/zones/${zones.bakery}/records`, record()), bakeryZone)],
  },
  {
    row: 'DNS records, edit and delete',
    is: 'yes yes no',
    shown: [
      shows('records.write', async (by) => by.patch(await newRecord(), { ttl: 60 }), bakeryZone),
      shows('records.write', async (by) => by.delete(await newRecord()), bakeryZone),
    ],
  },
  {
    row: 'DMARC policies',
    is: 'yes no no',
    shown: [{ needs: 'records.dmarc.write', at: bakeryZone, asked: writeDmarc, orNames: ['records.write'] }],
  },
  { row: 'DMARC reports', is: 'yes no no', shown: [{ needs: 'dmarc.reports.view', at: bakery }] },
  { row: 'DMARC pass/fail summary', is: 'yes yes yes', shown: [{ needs: 'dmarc.summary.view', at: bakery }] },
  { row: 'See websites', is: 'yes yes yes', shown: [{ needs: 'websites.view', at: bakery }] },
  { row: 'Manage websites', is: 'yes no no', shown: [{ needs: 'websites.manage', at: bakery }] },
  {
    row: 'Modify hosting configuration',
    is: 'no no no',
    shown: [shows('hostings.manage', (by) => by.patch(`/v1/hostings/${hostings.bakery}`, { place: 'x' }), shop)],
  },
  {
    row: 'Invite other client users',
    is: 'yes no no',
    shown: [shows('client_users.manage', (by) => by.post('/v1/invitations', bakerysViewer()), bakery)],
  },
]

function writeDmarc({ caller }: Person): Promise<Answer> {
  return caller.post(`/v1/zones/${zones.bakery}/records`, record(`_dmarc.${fresh()}`))
}

const newRecord = async () => {
  const { id } = must(await org.founder.caller.post(`/v1/zones/${zones.bakery}/records`, record()), 201)
  return `/v1/zones/${zones.bakery}/records/${id}`
}

/** Judged by the permission alone, since there is no page and no request of it yet. It can only become shorter. */
const notServedYet = [
  'Transfer or delete domains: domains.transfer',
  'Change or reset billing information: subscription.manage',
  'Access MSP-level monitoring alerts: alerts.view',
  'Modify DNS templates used by the MSP team: templates.manage',
  'Domain list: domains.view',
  'DMARC reports: dmarc.reports.view',
  'DMARC pass/fail summary: dmarc.summary.view',
  'See websites: websites.view',
  'Manage websites: websites.manage',
]

test.each(onlyTheProvider)('$row: $is', async (row) => {
  expect(await readRow(org, [...staff, ...clients], row)).toBe(row.is)
})

test.each(clientRoles)('$row: $is', async (row) => {
  expect(await readRow(org, clients, row)).toBe(row.is)
})

test('what is judged by the permission alone is this list, and nothing of it is served', () => {
  const tables = [...onlyTheProvider, ...clientRoles]
  expect(withoutRequest(tables)).toEqual(notServedYet)
  expect(servedAfterAll(tables)).toEqual([])
})

describe('of the agency', () => {
  const all = async (): Promise<Permission[]> =>
    must(await org.founder.caller.get('/v1/permissions'), 200).items.map(({ id }: { id: Permission }) => id)
  const billing: Permission[] = ['subscription.view', 'subscription.manage']

  test('[S1-20] an Owner does everything, and alone deletes the organization', async () => {
    const [owner, ...others] = staff
    expect(await held(owner, await all(), org.scope)).toEqual(await all())
    for (const row of onlyTheProvider) expect(await readRow(org, [owner], row), row.row).toBe('yes')
    const named = '/v1/organization?name=Harbour%20%26%20Pine'
    for (const person of [...others, ...clients]) {
      expect(await held(person, ['organization.delete'], org.scope), person.name).toEqual([])
      for (const caller of [person.caller, person.key]) {
        const refused = await caller?.delete(named)
        if (refused) expect([refused.status, refused.body.permission]).toEqual([403, 'organization.delete'])
      }
    }
    const short = await startOrganization('msp')
    try {
      const admin = await short.join('Ann', { realm: 'staff', grants: [{ role_id: 'msp.admin' }] })
      const unnamed = await short.founder.caller.delete('/v1/organization?name=Harbour')
      expect([unnamed.status, unnamed.body.fields[0].path]).toEqual([422, 'name'])
      must(await admin.caller.get('/v1/organization'), 200)
      const deleted = await short.founder.caller.delete(named, { 'idempotency-key': 'once' })
      expect(deleted.status, deleted.text).toBe(204)
      for (const { caller, key } of [short.founder, admin]) {
        expect(must(await caller.get('/v1/me'), 200).organization).toBe(null)
        expect((await key?.get('/v1/me'))?.status).toBe(401)
      }
      expect(await short.product.database.asSuperuser('select count(*)::int as left from organization')).toEqual([
        { left: 0 },
      ])
    } finally {
      await short.product.stop()
    }
  })

  test('[S1-21] an Admin does all but billing: every other right, at the agency and at each client', async () => {
    const [, admin] = staff
    const but = [...billing, 'organization.delete']
    const rest = (await all()).filter((id) => !but.includes(id))
    for (const scope of [org.scope, bakery(), clinicZone()]) {
      expect(await held(admin, billing, scope)).toEqual([])
      expect(await held(admin, rest, scope)).toEqual(rest)
    }
    const menus = Object.keys(must(await admin.caller.get('/v1/me'), 200).permissions)
    expect(menus.filter((permission) => but.includes(permission as Permission))).toEqual([])
    const asking = Object.values(operations).filter(({ permission }) => billing.includes(permission as Permission))
    expect(asking, 'an operation of billing: ask it as the Admin').toEqual([])
    for (const row of [...onlyTheProvider, ...clientRoles]) {
      if (row.row.includes('billing')) continue
      expect(await readRow(org, [admin], row), row.row).toBe('yes')
    }
    must(await admin.caller.patch('/v1/organization', { name: 'Harbour & Pine' }), 200)
    must(await admin.caller.post('/v1/roles', { name: fresh(), based_on: 'msp.viewer' }), 201)
    const owners = await admin.caller.delete(`/v1/members/${staff[0].id}`)
    expect([owners.status, owners.body.code]).toEqual([403, 'forbidden'])
  })
})

describe('a Member', () => {
  type Level = 'none' | 'read' | 'write'
  type Kind = 'dns' | 'domains' | 'websites' | 'dmarc'
  const zoneRead: Permission[] = ['zones.view', 'records.view', 'checks.view', 'certificates.view']
  const zoneWrite: Permission[] = ['records.write', 'records.dmarc.write', 'changes.propose', 'zones.settings.manage']
  const dmarcRead: Permission[] = ['dmarc.summary.view', 'dmarc.reports.view']
  const gives: Record<Kind, Record<Level, Permission[]>> = {
    dns: { none: [], read: zoneRead, write: [...zoneRead, ...zoneWrite] },
    domains: { none: [], read: ['domains.view'], write: ['domains.view', 'domains.manage'] },
    websites: {
      none: [],
      read: ['websites.view', 'hostings.view'],
      write: ['websites.view', 'hostings.view', 'websites.manage'],
    },
    dmarc: { none: [], read: dmarcRead, write: [...dmarcRead, 'dmarc.manage', 'records.dmarc.write'] },
  }
  const matrix: Record<'bakery' | 'clinic' | 'garage', Record<Kind, Level>> = {
    bakery: { dns: 'write', domains: 'read', websites: 'none', dmarc: 'read' },
    clinic: { dns: 'read', domains: 'write', websites: 'write', dmarc: 'none' },
    garage: { dns: 'none', domains: 'none', websites: 'read', dmarc: 'write' },
  }

  test('[S1-22] is limited to chosen clients, none, read or write for each kind of resource', async () => {
    const grants = Object.entries(matrix).flatMap(([name, levels]) => {
      const kinds = Object.entries(levels).flatMap(([kind, level]) => (level === 'none' ? [] : [`${kind}_${level}`]))
      return blocks(customers[name as 'bakery'], ...kinds)
    })
    const member = await org.join('Mira', { realm: 'staff', grants: [{ role_id: 'msp.member' }, ...grants] })
    const asked = [...new Set(Object.values(gives).flatMap(({ write }) => write))]
    for (const [name, levels] of Object.entries(matrix)) {
      const given = Object.entries(levels).flatMap(([kind, level]) => gives[kind as Kind][level])
      const there: Scope = { kind: 'customer', id: customers[name as 'bakery'] }
      expect((await held(member, asked, there)).sort(), name).toEqual([...new Set(given)].sort())
    }
    const other: Scope = { kind: 'customer', id: await org.make('/v1/customers', { name: fresh() }) }
    for (const scope of [other, org.scope]) expect(await held(member, asked, scope)).toEqual([])
    expect(await namesOfZones(member.caller)).toEqual(expect.arrayContaining(['bakery.example', 'clinic.example']))
    expect(await namesOfZones(member.caller)).not.toContain('garage.example')
    for (const by of [member.caller, member.key ?? org.product.nobody]) {
      const write = (zone: string, name = fresh()) => by.post(`/v1/zones/${zone}/records`, record(name))
      expect((await write(zones.bakery)).status).toBe(201)
      expect((await write(zones.clinic)).body.permission).toBe('records.write')
      expect((await write(zones.garage)).status).toBe(404)
      expect((await write(zones.clinic, `_dmarc.${fresh()}`)).status).toBe(403)
      const seen = must(await by.get('/v1/hostings'), 200).items.map(({ id }: { id: string }) => id)
      expect(seen).toEqual([hostings.clinic])
      expect((await by.get(`/v1/hostings/${hostings.bakery}`)).status).toBe(404)
    }
    const [bakeryGrant] = must(await org.founder.caller.get(`/v1/grants?${ofBakery(member)}`), 200).items
    expect((await org.founder.caller.delete(`/v1/grants/${bakeryGrant.id}`)).status).toBe(204)
  })
  const ofBakery = ({ id }: Person) => `subject_id=${id}&scope_kind=customer&scope_id=${customers.bakery}`
})
