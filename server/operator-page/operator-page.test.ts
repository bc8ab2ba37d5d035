import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'

let product: Product
let agency: Agency
let operator: Caller

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  // The outsider runs the instance: the agency is nothing to them.
  await product.database.asSuperuser(
    'update account set is_operator = true where id = (select account_id from member where id = $1)',
    [agency.ids.outsider],
  )
  operator = agency.as.outsider
})
afterAll(() => product.stop())

const found = (name: string, owner_email: string) =>
  operator.post('/v1/operator/organizations', { name, owner_email, role_set: 'zones' })
const tokenOf = (link: string) => link.slice(link.indexOf('#') + 1)

describe('the operator’s page', () => {
  test('tells how the instance is set up, and how much is in it', async () => {
    const { status, body } = await operator.get('/v1/operator')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ public_url: product.url, dns_port: product.dnsPort, trusted_proxies: [] },
      database: { version: expect.stringMatching(/^\d+\.\d+$/) },
      mail: { sends: false },
    })
    expect(body.counts).toMatchObject({ organizations: 2, zones: 4, client_users: 7 })
  })

  test('is there for nobody else, and never for a key or within a view', async () => {
    const paths = ['/v1/operator', '/v1/operator/organizations']
    const key = await agency.keyOf('outsider')
    for (const caller of [agency.as.owner, agency.as.bakeryAdmin, key]) {
      for (const path of paths) expect((await caller.get(path)).status, path).toBe(404)
      expect((await caller.post('/v1/operator/organizations', { name: 'X', owner_email: 'x@y.example' })).status).toBe(
        404,
      )
      expect((await caller.delete(`/v1/operator/organizations/${agency.org}?name=Harbour%20%26%20Pine`)).status).toBe(
        404,
      )
    }
    expect((await product.nobody.get('/v1/operator')).status).toBe(401)
  })

  test('to run the instance gives nothing within an organization', async () => {
    expect((await operator.get(`/v1/zones/${agency.zones.bakery}`)).status).toBe(404)
    expect((await operator.get(`/v1/customers/${agency.customers.bakery}`)).status).toBe(404)
    const { text } = await operator.get('/v1/operator/organizations')
    expect(text).toContain('Harbour & Pine')
    expect(text).not.toMatch(/bakery|clinic/)
  })
})

describe('organizations of the instance', () => {
  test('one is made with the invitation of its first top role, and its log says by whom', async () => {
    const made = await found('Quay Street', 'quinn@quay.example')
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({ name: 'Quay Street', slug: 'quay-street', role_set: 'zones', members: 0 })
    const { answer, caller: quinn } = await product.entering('/v1/acceptances', {
      ...{ token: tokenOf(made.body.invitation.link), name: 'Quinn Quay', password: 'a password that is long' },
    })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body.grants).toMatchObject([{ role_id: 'zones.admin', scope: { id: made.body.id } }])
    const { items } = (await quinn.get('/v1/audit-events')).body
    expect(items.at(-1)).toMatchObject({
      ...{ action: 'organization.created', actor: { name: 'Otto Outsider (operator)', realm: 'system', id: null } },
      sentence: 'Otto Outsider (operator) made the organization Quay Street.',
    })
    expect((await operator.get('/v1/operator/organizations')).body.items).toContainEqual(
      expect.objectContaining({ name: 'Quay Street', members: 1 }),
    )
  })

  test('an account that is there already accepts with its password, keeps both, and goes to and fro', async () => {
    const first = await found('One', 'ria@both.example')
    const password = 'a password that is long'
    const { caller } = await product.entering('/v1/acceptances', {
      ...{ token: tokenOf(first.body.invitation.link), name: 'Ria Both', password },
    })
    const second = await found('Two', 'ria@both.example')
    const { answer, caller: other } = await product.entering('/v1/acceptances', {
      ...{ token: tokenOf(second.body.invitation.link), password },
    })
    expect(answer.body.organizations).toMatchObject([{ name: 'One' }, { name: 'Two' }])
    expect(answer.body.organization.name).toBe('Two')
    const go = (to: string, headers = {}) =>
      other.put('/v1/sessions/current/organization', { organization_id: to }, headers)
    const gone = await go(first.body.id)
    expect([gone.status, gone.body.organization.name], gone.text).toEqual([200, 'One'])
    // Every page of this session is there from its next request on; another session stays where it was.
    expect((await other.get('/v1/me')).body.organization.name).toBe('One')
    expect((await go(second.body.id)).body.organization.name).toBe('Two')
    expect((await caller.get('/v1/me')).body.organization.name).toBe('One')
    const [foreign, missing] = [await go(agency.org), await go(newId())]
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
    expect(
      (await agency.as.bakeryAdmin.put('/v1/sessions/current/organization', { organization_id: agency.org })).status,
    ).toBe(403)
    const key = await agency.keyOf('owner')
    expect((await key.put('/v1/sessions/current/organization', { organization_id: agency.org })).status).toBe(403)
  })

  test('whoever is in no organization goes to one of theirs, and runs the instance if they do', async () => {
    const made = await found('Away', 'amy@away.example')
    const { caller: amy } = await product.entering('/v1/acceptances', {
      ...{ token: tokenOf(made.body.invitation.link), name: 'Amy Away', password: 'a password that is long' },
    })
    await product.database.asSuperuser(
      `update staff_session set current_organization = null where account_id = (select id from account where email_key = 'amy@away.example')`,
    )
    const me = (await amy.get('/v1/me')).body
    expect([me.organization, me.organizations]).toEqual([null, [{ id: made.body.id, name: 'Away' }]])
    expect((await amy.get('/v1/operator')).status).toBe(404)
    expect((await amy.get('/v1/zones')).status).toBe(403)
    expect((await amy.put('/v1/sessions/current/organization', { organization_id: agency.org })).status).toBe(404)
    await product.database.asSuperuser(`update account set is_operator = true where email_key = 'amy@away.example'`)
    expect((await amy.get('/v1/operator')).body.counts.organizations).toBeGreaterThan(2)
    expect((await amy.get('/v1/operator/organizations?limit=1')).body.items).toHaveLength(1)
    const back = await amy.put('/v1/sessions/current/organization', { organization_id: made.body.id })
    expect([back.status, back.body.organization.name]).toEqual([200, 'Away'])
  })

  test('its founding invitation is of no use once somebody is in', async () => {
    const made = await found('Once', 'olive@once.example')
    const accepting = { token: tokenOf(made.body.invitation.link), name: 'Olive', password: 'a password that is long' }
    expect((await product.nobody.post('/v1/acceptances', accepting)).status).toBe(201)
    const sql = product.database.asSuperuser
    await sql(
      `update invitation set accepted_at = null, email = 'eve@x.example', email_key = 'eve@x.example' where org_id = $1`,
      [made.body.id],
    )
    expect((await product.nobody.post('/v1/acceptances', { ...accepting, name: 'Eve' })).status).toBe(409)
  })

  test('one is deleted with everything in it, by its name', async () => {
    const other = await startProductAgency()
    const path = `/v1/operator/organizations/${other.org}`
    const wrong = await operator.delete(`${path}?name=Harbour`)
    expect([wrong.status, wrong.body.fields[0].path]).toEqual([422, 'name'])
    expect((await operator.delete(`${path}?name=Harbour%20%26%20Pine`)).status).toBe(204)
    expect((await operator.delete(`${path}?name=Harbour%20%26%20Pine`)).status).toBe(404)
    expect((await other.as.owner.get('/v1/me')).body.organization).toBe(null)
    expect((await other.as.bakeryAdmin.get('/v1/me')).status).toBe(401)
    const [left] = await product.database.asSuperuser(
      'select (select count(*) from zone where org_id = $1) + (select count(*) from audit_event where org_id = $1) as rows',
      [other.org],
    )
    expect(Number(left?.['rows'])).toBe(0)
    expect((await agency.as.owner.get('/v1/me')).body.organization.name).toBe('Harbour & Pine')
  })
})

/** A second agency of the same name, with an event in its log. */
async function startProductAgency(): Promise<Agency> {
  const other = await layDownAgency(product)
  expect((await other.as.owner.post('/v1/customers', { name: 'Third' })).status).toBe(201)
  return other
}
