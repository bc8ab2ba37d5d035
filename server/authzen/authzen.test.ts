import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'

// After the certification scenario of the working group: alice reads and writes, bob reads. Whatever rests on properties
// of its own policy (archived records, the role of admin) is not part of this product's words.

let product: Product
let agency: Agency
let pep: Caller

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  pep = await agency.keyOf('owner')
})
afterAll(() => product.stop())

const user = (who: Persona) => ({ type: 'user', id: agency.ids[who] })
const zone = (name: keyof Agency['zones']) => ({ type: 'zone', id: agency.zones[name] })
const [read, write] = [{ name: 'records.view' }, { name: 'records.write' }]
const alice = () => user('bakeryDeveloper')
const bob = () => user('bakeryViewer')
const one = () => zone('bakery')
const two = () => zone('clinic')

const evaluate = (body: unknown, caller = pep) => caller.post('/access/v1/evaluation', body)
const evaluations = (body: unknown, caller = pep) => caller.post('/access/v1/evaluations', body)
const search = (what: 'subject' | 'resource' | 'action', body: unknown, caller = pep) =>
  caller.post(`/access/v1/search/${what}`, body)
const decisions = ({ body }: Answer) => body.evaluations.map(({ decision }: { decision: boolean }) => decision)

describe('[X-19] access evaluation', () => {
  test.each([
    ['a permit', () => ({ subject: alice(), action: write, resource: one() }), true],
    ['a denial', () => ({ subject: bob(), action: write, resource: one() }), false],
    ['with a context', () => ({ subject: bob(), action: read, resource: one(), context: { ip: '192.0.2.1' } }), true],
    [
      'with properties of everything',
      () => ({
        subject: { ...alice(), properties: { department: 'Sales' } },
        action: { ...read, properties: { method: 'GET' } },
        resource: { ...one(), properties: { a: { b: 1 } } },
      }),
      true,
    ],
    [
      'with fields that nobody knows',
      () => ({ subject: { ...alice(), x: 1 }, action: read, resource: one(), custom: { y: 2 } }),
      true,
    ],
    ['of an unknown subject', () => ({ subject: { type: 'user', id: 'alice' }, action: read, resource: one() }), false],
    [
      'of an unknown type',
      () => ({ subject: { type: 'spaceship', id: newId() }, action: read, resource: one() }),
      false,
    ],
    ['of an unknown resource', () => ({ subject: alice(), action: read, resource: { type: 'book', id: '1' } }), false],
    ['of an unknown action', () => ({ subject: alice(), action: { name: 'can_read' }, resource: one() }), false],
    ['of a member', () => ({ subject: { ...user('member'), type: 'member' }, action: read, resource: one() }), false],
    [
      'of a client as a member',
      () => ({ subject: { ...bob(), type: 'member' }, action: read, resource: one() }),
      false,
    ],
    ['of oneself', () => ({ subject: user('owner'), action: { name: 'zones.delete' }, resource: one() }), true],
    [
      'of a record',
      () => ({
        subject: alice(),
        action: write,
        resource: { type: 'record', id: `${agency.zones.bakery}/www.bakery.example/A` },
      }),
      true,
    ],
    [
      'of a record by its properties',
      () => ({
        subject: alice(),
        action: write,
        resource: {
          type: 'record',
          id: 'dmarc',
          properties: { zone_id: agency.zones.bakery, name: '_dmarc.bakery.example', type: 'TXT' },
        },
      }),
      false,
    ],
    [
      'of a record whose name is none',
      () => ({ subject: alice(), action: read, resource: { type: 'record', id: `${agency.zones.bakery}/a..b/A` } }),
      false,
    ],
  ])('%s', async (_, body, decision) => {
    const answer = await evaluate(body())
    expect([answer.status, answer.body.decision], answer.text).toEqual([200, decision])
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    // Asked again, answered alike.
    expect((await evaluate(body())).text).toBe(answer.text)
  })

  test('an answer says why', async () => {
    const permit = await evaluate({ subject: alice(), action: write, resource: one() })
    expect(permit.body.context).toMatchObject({
      permission: 'records.write',
      reasons: [{ role: 'Developer', scope: { type: 'customer', id: agency.customers.bakery } }],
    })
    const denial = await evaluate({ subject: bob(), action: write, resource: one() })
    expect(denial.body.context).toMatchObject({ code: 'permission_missing', permission: 'records.write' })
    expect(denial.body.context.reason).toMatch(/^"records\.write" is missing/)
    expect((await evaluate({ subject: bob(), action: { name: 'x' }, resource: one() })).body.context.code).toBe(
      'unknown_action',
    )
  })

  test('it agrees with the check of this product’s own API', async () => {
    const all = (await agency.as.owner.get('/v1/permissions')).body.items.map(({ id }: { id: string }) => id)
    for (const who of ['bakeryAdmin', 'bakeryViewer', 'zoneUser', 'monitoringClient'] as const) {
      const checks = all.map((permission: string) => ({
        ...{ permission, subject_id: agency.ids[who], resource: { kind: 'zone', id: agency.zones.orders } },
      }))
      const own = (await agency.as.owner.post('/v1/access/checks', { checks })).body.answers
      const items = all.map((name: string) => ({ action: { name } }))
      const answer = await evaluations({ subject: user(who), resource: zone('orders'), evaluations: items })
      expect(decisions(answer), who).toEqual(own.map(({ allowed }: { allowed: boolean }) => allowed))
    }
  })
})

describe('[X-19] errors are of the request, never of the decision', () => {
  const whole = () => ({ subject: alice(), action: read, resource: one() })
  test.each([
    ['without a subject', () => ({ ...whole(), subject: undefined })],
    ['without an action', () => ({ ...whole(), action: undefined })],
    ['without a resource', () => ({ ...whole(), resource: undefined })],
    ['a subject without a type', () => ({ ...whole(), subject: { id: 'x' } })],
    ['a subject without an id', () => ({ ...whole(), subject: { type: 'user' } })],
    ['an action without a name', () => ({ ...whole(), action: {} })],
    ['a resource without a type', () => ({ ...whole(), resource: { id: 'x' } })],
    ['a resource without an id', () => ({ ...whole(), resource: { type: 'zone' } })],
    ['a subject that is a text', () => ({ ...whole(), subject: 'alice' })],
    ['an action whose name is a number', () => ({ ...whole(), action: { name: 123 } })],
    ['a list', () => [whole()]],
  ])('%s is a 400, in plain text', async (_, body) => {
    for (const ask of [evaluate, evaluations]) {
      const answer = await ask(body())
      expect(answer.status, answer.text).toBe(400)
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(answer.text).not.toBe('')
    }
  })

  function raw(body: string, headers: Record<string, string>) {
    const cookie = agency.as.owner.cookie ?? ''
    return fetch(`${product.url}/access/v1/evaluation`, { method: 'POST', headers: { cookie, ...headers }, body })
  }

  test('no JSON, nothing at all, and another content type are 400', async () => {
    const json = { 'content-type': 'application/json' }
    expect((await raw('{"subject":', json)).status).toBe(400)
    expect((await raw('', json)).status).toBe(400)
    expect((await raw(JSON.stringify(whole()), { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await raw(JSON.stringify(whole()), { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200)
  })

  test('who does not say who asks is 401; who may not ask about another is 403', async () => {
    expect((await evaluate(whole(), product.nobody)).status).toBe(401)
    const answer = await evaluate({ ...whole(), subject: bob() }, agency.as.bakeryDeveloper)
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('"grants.view" is missing')])
  })

  test('the id of a request comes back with its answer, of an error too', async () => {
    const id = 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716'
    const headers = { 'x-request-id': id }
    expect((await pep.post('/access/v1/evaluation', whole(), headers)).headers.get('x-request-id')).toBe(id)
    expect((await pep.post('/access/v1/evaluation', {}, headers)).headers.get('x-request-id')).toBe(id)
    expect((await evaluate(whole())).headers.get('x-request-id')).toMatch(/.{20}/)
  })
})

describe('[X-19] access evaluations', () => {
  test('defaults count for each that does not say otherwise', async () => {
    const body = {
      ...{ subject: bob(), resource: one(), context: { time: '2025-06-27T18:03-07:00' } },
      evaluations: [{ action: read }, { action: write }, { action: write, subject: alice(), context: {} }],
    }
    expect(decisions(await evaluations(body))).toEqual([true, false, true])
    const resources = { subject: alice(), action: read, evaluations: [{ resource: one() }, { resource: two() }] }
    expect(decisions(await evaluations(resources))).toEqual([true, false])
    const full = {
      evaluations: [
        { subject: alice(), action: read, resource: one() },
        { subject: bob(), action: write, resource: one() },
      ],
    }
    expect(decisions(await evaluations(full))).toEqual([true, false])
  })

  test('the three semantics', async () => {
    const items = [{ resource: one() }, { resource: two() }, { resource: zone('orders') }]
    const ask = (evaluations_semantic?: string) =>
      evaluations({
        ...{ subject: alice(), action: read, evaluations: items },
        options: { evaluations_semantic, another_option: 'value' },
      })
    expect(decisions(await ask())).toEqual([true, false, true])
    expect(decisions(await ask('execute_all'))).toEqual([true, false, true])
    expect(decisions(await ask('deny_on_first_deny'))).toEqual([true, false])
    expect(decisions(await ask('permit_on_first_permit'))).toEqual([true])
    expect((await ask('guess')).status).toBe(400)
  })

  test('what is wrong with one is told in its place', async () => {
    const items = [{ resource: one() }, {}, { resource: 'x' }, 7, { resource: two() }]
    const { body } = await evaluations({ subject: alice(), action: read, evaluations: items })
    expect(decisions({ body } as Answer)).toEqual([true, false, false, false, false])
    for (const place of [1, 2, 3]) expect(body.evaluations[place].context.error.status).toBe(400)
    const other = {
      subject: bob(),
      action: read,
      evaluations: [{ resource: one() }, { subject: alice(), resource: one() }],
    }
    const mixed = await evaluations(other, agency.as.bakeryDeveloper)
    expect(decisions(mixed)).toEqual([false, true])
    expect(mixed.body.evaluations[0].context.error).toMatchObject({ status: 403 })
  })

  test('without a list, or with an empty one, it is a single evaluation', async () => {
    const single = { subject: alice(), action: read, resource: one() }
    expect((await evaluations(single)).body.decision).toBe(true)
    expect((await evaluations({ ...single, evaluations: [] })).body.decision).toBe(true)
  })
})

describe('[X-19] search', () => {
  type Result = { id: string; name?: string }
  const ids = ({ body }: Answer) => body.results.map(({ id }: Result) => id)

  test('of subjects, through customers, teams and the organization', async () => {
    const body = { subject: { type: 'user' }, action: write, resource: one() }
    const answer = await search('subject', body)
    expect(ids(answer)).toEqual([
      ...[agency.ids.admin, agency.ids.bakeryAdmin, agency.ids.bakeryDeveloper, agency.ids.owner],
    ])
    expect(answer.body.page).toEqual({ next_token: '', count: 4 })
    const withId = { ...body, subject: { type: 'user', id: bob().id }, context: { time: 'now' } }
    expect((await search('subject', withId)).text).toBe(answer.text)
    const clients = await search('subject', { ...body, subject: { type: 'client_user' } })
    expect(ids(clients)).toEqual([agency.ids.bakeryAdmin, agency.ids.bakeryDeveloper])
    const team = (await agency.as.owner.post('/v1/teams', { name: 'Night' })).body.id
    const scope = { kind: 'customer', id: agency.customers.bakery }
    await agency.as.owner.post('/v1/grants', { subject_id: team, role_id: 'msp.block.dns_write', scope })
    await agency.as.owner.put(`/v1/teams/${team}/members/${agency.ids.member}`)
    expect(ids(await search('subject', { ...body, subject: { type: 'team' } }))).toEqual([team])
    expect(ids(await search('subject', body))).toContain(agency.ids.member)
  })

  test('of resources, of every type', async () => {
    const ask = async (type: string, subject: object, action: object) =>
      ids(await search('resource', { subject, action, resource: { type, id: 'ignored' } }))
    expect(await ask('zone', alice(), write)).toEqual([agency.zones.bakery, agency.zones.orders])
    expect(await ask('zone', user('clinicViewer'), write)).toEqual([])
    expect(await ask('customer', user('bakeryAdmin'), { name: 'grants.manage' })).toEqual([agency.customers.bakery])
    expect(await ask('organization', user('admin'), { name: 'audit.view' })).toEqual([agency.org])
    expect(await ask('provider', user('monitoringClient'), { name: 'providers.view' })).toEqual([agency.providers.lab])
    expect(await ask('spaceship', alice(), write)).toEqual([])
    const records = { subject: alice(), action: read, resource: { type: 'record', properties: { zone_id: one().id } } }
    expect(ids(await search('resource', records))).toEqual([`${agency.zones.bakery}/bakery.example/SOA`])
    expect(ids(await search('resource', { ...records, action: write }))).toEqual([])
  })

  test('of actions', async () => {
    const names = async (subject: object, resource: object) =>
      (await search('action', { subject, resource })).body.results.map(({ name }: Result) => name)
    expect(await names(bob(), one())).toEqual(
      expect.arrayContaining(['zones.view', 'records.view', 'domains.view', 'dashboard.view']),
    )
    expect(await names(bob(), one())).not.toContain('records.write')
    expect(await names(bob(), two())).toEqual([])
    expect(await names({ type: 'user', id: 'nobody' }, one())).toEqual([])
    expect(await names(bob(), { type: 'book', id: '1' })).toEqual([])
  })

  test('what is found is permitted, and pages put together are the whole', async () => {
    const searches = [
      ['subject', { subject: { type: 'user' }, action: read, resource: one() }],
      ['resource', { subject: user('owner'), action: read, resource: { type: 'zone' } }],
      ['action', { subject: alice(), resource: one() }],
    ] as const
    for (const [what, body] of searches) {
      const whole = (await search(what, body)).body.results
      const found: unknown[] = []
      for (let page: object = { limit: 2 }; ; ) {
        const { status, body: part, text } = await search(what, { ...body, page })
        expect(status, text).toBe(200)
        expect(part.page.count).toBe(part.results.length)
        found.push(...part.results)
        if (part.page.next_token === '') break
        page = { token: part.page.next_token }
      }
      expect(found).toEqual(whole)
      expect(found.length).toBeGreaterThan(2)
      const items = whole.map((result: Result) => ({ [what]: result }))
      expect(new Set(decisions(await evaluations({ ...body, [what]: undefined, evaluations: items })))).toEqual(
        new Set([true]),
      )
    }
  })

  test('a token is good for its own search only', async () => {
    const body = { subject: { type: 'user' }, action: read, resource: one() }
    const token = (await search('subject', { ...body, page: { limit: 1 } })).body.page.next_token
    const reordered = { resource: one(), action: read, subject: { type: 'user' }, page: { token, limit: 1 } }
    expect((await search('subject', reordered)).status).toBe(200)
    expect((await search('subject', { ...body, action: write, page: { token } })).status).toBe(400)
    expect((await search('subject', { ...body, page: { token, limit: 2 } })).status).toBe(400)
    expect((await search('subject', { ...body, page: { token: 'alsehrq3495u8' } })).status).toBe(400)
  })

  test('nothing is found that the asker may not know', async () => {
    const { bakeryAdmin, bakeryViewer, clinicAdmin } = agency.as
    const who = { subject: { type: 'user' }, action: read, resource: one() }
    expect(ids(await search('subject', who, bakeryAdmin))).toEqual([
      ...[agency.ids.bakeryAdmin, agency.ids.bakeryDeveloper, agency.ids.bakeryViewer],
    ])
    expect(ids(await search('subject', who, bakeryViewer))).toEqual([agency.ids.bakeryViewer])
    expect(ids(await search('subject', who, clinicAdmin))).toEqual([])
    const what = { subject: alice(), action: read, resource: { type: 'zone' } }
    expect(ids(await search('resource', what, bakeryAdmin))).toHaveLength(2)
    expect(ids(await search('resource', what, bakeryViewer))).toEqual([])
    expect(ids(await search('resource', what, clinicAdmin))).toEqual([])
    const unseen = { subject: user('owner'), action: read, resource: two() }
    const never = { ...unseen, resource: { type: 'zone', id: newId() } }
    expect((await evaluate(unseen, bakeryAdmin)).text).toBe((await evaluate(never, bakeryAdmin)).text)
  })

  test('what is missing is a 400, for each search its own', async () => {
    const [who, what] = [{ type: 'user' }, { type: 'zone' }]
    expect((await search('subject', { subject: who, resource: one() })).status).toBe(400)
    expect((await search('subject', { subject: who, action: read, resource: what })).status).toBe(400)
    expect((await search('resource', { action: read, resource: what })).status).toBe(400)
    expect((await search('resource', { subject: who, action: read, resource: what })).status).toBe(400)
    expect((await search('action', { subject: alice() })).status).toBe(400)
    expect((await search('action', { subject: who, resource: one() })).status).toBe(400)
  })
})

test('[X-19] discovery names every endpoint, to anybody', async () => {
  const answer = await product.nobody.get('/.well-known/authzen-configuration')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  const { policy_decision_point: base, ...endpoints } = answer.body
  expect(base).toBe(product.url)
  const body = { subject: alice(), action: read, resource: one() }
  expect(Object.keys(endpoints)).toHaveLength(5)
  for (const url of Object.values(endpoints)) {
    expect((await pep.post(String(url).slice(base.length), body)).status, String(url)).toBe(200)
  }
})
