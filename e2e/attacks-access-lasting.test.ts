import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agency, layDownAgency, type Persona } from '../server/access/testing/agency.ts'
import { newId } from '../server/ids.ts'
import { type Answer, type Product, startProduct } from '../test/product.ts'

// What somebody tries who holds much, but not for long, not at once, or not everywhere.

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
})
afterAll(() => product.stop())

const hour = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
const organization = () => ({ kind: 'organization', id: agency.org })
const fresh = (what: string) => `${what} ${newId()}`

function must(answer: Answer, status = 201): Answer['body'] {
  expect(answer.status, answer.text).toBe(status)
  return answer.body
}

async function give(subject_id: string, role_id: string, more: object = {}): Promise<string> {
  const body = { subject_id, role_id, scope: organization(), ...more }
  return must(await agency.as.owner.post('/v1/grants', body)).id
}

async function onlyHolds(who: Persona, grants: [role: string, more?: object][]): Promise<void> {
  const { items } = (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids[who]}`)).body
  for (const [role, more] of grants) await give(agency.ids[who], role, more)
  for (const { id } of items) must(await agency.as.owner.delete(`/v1/grants/${id}`), 204)
}

async function role(based_on: string, permissions: string[]): Promise<string> {
  const body = { based_on, name: fresh('Role'), description: '', permissions }
  return must(await agency.as.owner.post('/v1/roles', body)).id
}

async function serviceAccount(): Promise<string> {
  const body = { name: fresh('Machine'), description: '' }
  return must(await agency.as.owner.post('/v1/service-accounts', body)).id
}

const keyOf = (who: Persona, account: string, more: object = {}) =>
  agency.as[who].post(`/v1/service-accounts/${account}/keys`, { name: fresh('Key'), ...more })

describe('who holds something until tomorrow makes no key that holds it for longer', () => {
  test('of a service account that holds it without end', async () => {
    const account = await serviceAccount()
    await give(account, 'msp.admin')
    await onlyHolds('member', [['msp.admin', { ends_at: inHours(1) }]])
    const lasting = await keyOf('member', account)
    expect([lasting.status, lasting.body.code], lasting.text).toEqual([403, 'forbidden'])
    expect((await keyOf('member', account, { expires_at: inHours(2) })).status).toBe(403)
    must(await keyOf('member', account, { expires_at: inHours(0.5) }))
    // Who holds it for good makes one for good.
    must(await keyOf('admin', account))
  })

  test('nor of one that is given more before the key ends', async () => {
    const account = await serviceAccount()
    await give(account, 'msp.owner', { starts_at: inHours(1) })
    expect((await keyOf('admin', account)).status).toBe(403)
    must(await keyOf('admin', account, { expires_at: inHours(0.5) }))
    must(await keyOf('owner', account))
  })

  test('and a key that stops when it is idle makes none that does not', async () => {
    const ceiling = { idle_days: 2 }
    const { token } = must(await agency.as.owner.post('/v1/api-keys', { name: 'Idle', ceiling }))
    const key = product.withKey(token)
    expect((await key.post('/v1/api-keys', { name: 'Lasting' })).status).toBe(403)
    expect((await key.post('/v1/api-keys', { name: 'Longer', ceiling: { idle_days: 3 } })).status).toBe(403)
    must(await key.post('/v1/api-keys', { name: 'As long', ceiling }))
  })
})

describe('nobody approves what they proposed', () => {
  test('not by a key that a key of a service account has made', async () => {
    const account = await serviceAccount()
    await give(account, 'msp.admin')
    const first = product.withKey(must(await keyOf('admin', account)).token)
    const second = must(await first.post('/v1/api-keys', { name: 'Key of a key' }))
    expect(second.made_by.id).toBe(agency.ids.admin)
    const operations = [{ op: 'create', name: 'x.clinic.example', type: 'A', data: '192.0.2.1' }]
    const proposed = await agency.as.admin.post(`/v1/zones/${agency.zones.clinic}/proposals`, { operations })
    const { proposal } = must(proposed)
    for (const key of [first, product.withKey(second.token)]) {
      expect((await key.post(`/v1/proposals/${proposal.id}/approval`, {})).status).toBe(403)
    }
    must(await agency.as.owner.post(`/v1/proposals/${proposal.id}/approval`, {}), 200)
  })
})

describe('[X-9] who sees some records looks as nobody who sees all', () => {
  test('also where both hold it at the whole organization', async () => {
    const seeing = await role('domains.user', ['dashboard.view', 'zones.view', 'records.view'])
    const looking = await role('msp.admin', ['dashboard.view', 'view_as.use'])
    await onlyHolds('admin', [[seeing]])
    const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
    await onlyHolds('member', [[looking], [seeing, { patterns }]])
    const begun = await agency.as.member.post('/v1/view-as', { subject_id: agency.ids.admin, reason: '' })
    expect([begun.status, begun.body.permission], begun.text).toEqual([403, 'zones.view'])
    await give(agency.ids.member, seeing)
    must(await agency.as.member.post('/v1/view-as', { subject_id: agency.ids.admin, reason: '' }))
  })
})

describe('a client account gets nothing of another customer by a team of none', () => {
  const zones = async (who: Persona) =>
    (await agency.as[who].get('/v1/zones')).body.items.map(({ name }: { name: string }) => name)
  const mixed = async (...people: Persona[]) => {
    const team = must(await agency.as.owner.post('/v1/teams', { name: fresh('Mixed'), realm: 'client' })).id
    for (const who of people) must(await agency.as.owner.put(`/v1/teams/${team}/members/${agency.ids[who]}`), 204)
    return team as string
  }
  const grantAt = (team: string, kind: string, id: string, role_id: string) =>
    agency.as.owner.post('/v1/grants', { subject_id: team, role_id, scope: { kind, id } })

  test('neither by a grant to the team, nor by coming into it', async () => {
    const both = await mixed('bakeryViewer', 'clinicViewer')
    expect((await grantAt(both, 'customer', agency.customers.bakery, 'msp.viewer')).status).toBe(422)
    expect((await grantAt(both, 'zone', agency.zones.bakery, 'zones.read_only')).status).toBe(422)
    const one = await mixed('bakeryViewer')
    must(await grantAt(one, 'customer', agency.customers.bakery, 'msp.viewer'))
    const joined = await agency.as.owner.put(`/v1/teams/${one}/members/${agency.ids.clinicViewer}`)
    expect([joined.status, joined.body.fields[0].path]).toEqual([422, 'user_id'])
    expect(await zones('clinicViewer')).toEqual(['clinic.example'])
  })

  test('nor by a zone that goes to a customer', async () => {
    const both = await mixed('bakeryViewer', 'clinicViewer')
    must(await grantAt(both, 'zone', agency.zones.agency, 'zones.read_only'))
    expect(await zones('clinicViewer')).toContain('harbourpine.example')
    const to = { customer_id: agency.customers.bakery }
    must(await agency.as.owner.patch(`/v1/zones/${agency.zones.agency}`, to), 200)
    expect(await zones('clinicViewer')).toEqual(['clinic.example'])
  })
})

describe('nobody lets client accounts hold what they do not hold themselves', () => {
  test('by another role set of the organization', async () => {
    const settings = await role('msp.admin', ['dashboard.view', 'organization.settings.manage'])
    await onlyHolds('member', [[settings]])
    await agency.grant('bakeryViewer', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
    const { status, body } = await agency.as.member.patch('/v1/organization', { role_set: 'hosting' })
    expect([status, body.permission]).toEqual([403, 'customers.address.manage'])
    const resource = { kind: 'zone', id: agency.zones.bakery }
    const checks = [{ permission: 'zones.settings.manage', resource }]
    const { answers } = (await agency.as.bakeryViewer.post('/v1/access/checks', { checks })).body
    expect(answers[0].allowed).toBe(false)
    must(await agency.as.member.patch('/v1/organization', { name: 'Harbour & Pine & Oak' }), 200)
    for (const role_set of ['hosting', 'msp']) {
      must(await agency.as.owner.patch('/v1/organization', { role_set }), 200)
    }
  })
})
