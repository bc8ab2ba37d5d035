import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, type Product, startProduct } from '../../test/product.ts'
import { writeUses } from '../access/grant-use.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'
import { handlers } from '../handlers.ts'
import { serveApi } from '../http/serve-api.ts'

let product: Product
let agency: Agency
let owner: Agency['as']['owner']

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product?.stop())
beforeEach(async () => {
  agency = await layDownAgency(product)
  owner = agency.as.owner
})

type Step = { operation: string; params?: Record<string, string>; body?: unknown }

async function preview(who: keyof Agency['as'], ...steps: Step[]): Promise<Answer['body']> {
  const answer = await agency.as[who].post('/v1/access/previews', { steps })
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

const sentencesOf = (body: Answer['body']): string[] =>
  body.differences.map((one: { sentence: string }) => one.sentence)

const writer = (who: keyof Agency['ids'], more: object = {}): Step => ({
  operation: 'grants.create',
  body: {
    subject_id: agency.ids[who],
    role_id: 'zones.read_write',
    scope: { kind: 'zone', id: agency.zones.clinic },
    ...more,
  },
})

/** Everything that is kept of the organization, and what waits in the queue. */
async function everything(): Promise<unknown> {
  await writeUses(product.server.context.database, product.server.context.log)
  const tables = ['access_grant', 'team_member', 'custom_role', 'customer', 'zone', 'record', 'member', 'client_user']
  const more = ['subject', 'revocation', 'audit_event', 'audit_head', 'idempotent_answer', 'invitation', 'api_key']
  const kept: Record<string, unknown> = {}
  for (const table of [...tables, ...more, 'assertion', 'grant_use']) {
    const sql = `select to_jsonb(t) as row from ${table} t where org_id = $1 order by 1`
    kept[table] = await product.database.asSuperuser(sql, [agency.org])
  }
  const itself = await product.database.asSuperuser('select * from organization where id = $1', [agency.org])
  const queue = await product.database.asSuperuser('select id from graphile_worker._private_jobs order by id')
  return { ...kept, itself, queue }
}

describe('what is told', () => {
  test('[X-5] who gains what where, for which records and until when', async () => {
    const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
    const body = await preview('owner', writer('member', { patterns, ends_at: '2031-12-12T00:00:00Z' }))
    expect(sentencesOf(body)).toEqual([
      'Mia Member gains zones.view, records.view, records.write, records.dmarc.write and changes.propose on the zone clinic.example for _acme-challenge.** TXT until 12 Dec 2031.',
    ])
    expect(body).toMatchObject({ touched: 1, complete: true, refusals: [] })
    expect(body.differences[0].gained[2]).toEqual({
      permission: 'records.write',
      records: ['_acme-challenge.** TXT'],
      from: null,
      until: '2031-12-12T00:00:00.000Z',
      review_required: false,
    })
  })

  test('[X-5] everybody in a team, and nobody who held it all before', async () => {
    const team = (await owner.post('/v1/teams', { name: 'Desk' })).body.id
    for (const who of ['member', 'admin'] as const) await owner.put(`/v1/teams/${team}/members/${agency.ids[who]}`)
    const body = await preview('owner', writer('member', { subject_id: team }))
    expect(sentencesOf(body)).toEqual([expect.stringMatching(/^Mia Member gains zones\.view/)])
    expect(body.touched).toBe(2)
  })

  test('[X-5] a role edited, a ceiling lowered, a zone moved, a customer deleted', async () => {
    const made = await owner.post('/v1/roles', {
      ...{ based_on: 'zones.read_only', name: 'Readers', description: '', permissions: ['zones.view'] },
    })
    const role_id = made.body.id
    await owner.call('grants.create', {}, writer('member', { role_id }).body)
    const edited = {
      operation: 'roles.update',
      params: { role_id },
      body: { permissions: ['zones.view', 'records.view'] },
    }
    expect(sentencesOf(await preview('owner', edited))).toEqual([
      'Mia Member gains records.view on the zone clinic.example.',
    ])
    const customer_id = agency.customers.bakery
    const ceiling = (await owner.get(`/v1/customers/${customer_id}/ceiling`)).body
    const permissions = ceiling.permissions.filter((id: string) => id !== 'audit.view')
    const lowered = {
      operation: 'customer_ceilings.replace',
      params: { customer_id },
      body: { permissions, role_ids: ceiling.role_ids, seats: null },
    }
    expect(sentencesOf(await preview('owner', lowered))).toEqual([
      'Bella Baker loses audit.view on the customer The bakery.',
    ])
    const moved = {
      operation: 'zones.update',
      params: { zone_id: agency.zones.bakery },
      body: { customer_id: agency.customers.clinic },
    }
    const [first, ...others] = sentencesOf(await preview('owner', moved)).map((text) =>
      text.replace(/ (gains|loses) .*/, ' $1'),
    )
    expect([first, ...others].sort()).toEqual([
      'Bella Baker loses',
      'Carl Clinic gains',
      'Clara Clinic gains',
      'Dora Developer loses',
      'Vera Viewer loses',
    ])
    const deleted = await preview('owner', { operation: 'customers.delete', params: { customer_id } })
    expect(sentencesOf(deleted)).toContainEqual(
      expect.stringMatching(/^Bella Baker loses .* on the customer The bakery\.$/),
    )
    expect(sentencesOf(deleted)).toContainEqual(
      expect.stringMatching(/^Bella Baker loses .* on the zone bakery\.example\.$/),
    )
  })

  test('[X-5] steps follow each other, and a refused one is told with its reason while the others count', async () => {
    const { owner: last } = agency.ids
    const answer = await owner.delete(`/v1/members/${last}`)
    expect(answer.status).toBe(409)
    const body = await preview(
      'owner',
      { operation: 'members.delete', params: { member_id: last } },
      writer('member'),
      { operation: 'grants.create', body: { ...(writer('member').body as object), role_id: 'zones.read_only' } },
      { operation: 'members.delete', params: { member_id: agency.ids.member } },
      { operation: 'grants.create', body: writer('member').body },
    )
    expect(body.refusals).toMatchObject([
      { step: 0, operation: 'members.delete', problem: answer.body },
      { step: 4, operation: 'grants.create', problem: { status: 422 } },
    ])
    // Who got something and is then removed has gained nothing.
    const lost = expect.stringMatching(/^Mia Member loses dashboard\.view/)
    expect(sentencesOf(body)).toEqual([lost, lost])
  })

  test('[X-5] [X-6] a step that would break an assertion is a refusal, with the assertion and the way', async () => {
    const who = { kind: 'subject', subject_id: agency.ids.member }
    const at = { kind: 'customer', id: agency.customers.clinic }
    const stated = await owner.post('/v1/assertions', { who, permission: 'records.write', at })
    const body = await preview('owner', writer('member'), {
      operation: 'customers.delete',
      params: { customer_id: at.id },
    })
    expect(body.refusals).toMatchObject([
      {
        step: 0,
        problem: {
          status: 409,
          assertion: { id: stated.body.id },
          path: ['Mia Member', 'Read & write', 'zone clinic.example'],
        },
      },
    ])
    expect(body.assertions_ended).toEqual([{ id: stated.body.id, sentence: stated.body.sentence }])
  })

  test('[X-5] of more than 5,000 people the first are compared, all are counted, and that is said', async () => {
    const team = (await owner.post('/v1/teams', { name: 'Fleet' })).body.id
    await product.database.asSuperuser(
      `with made as (
        insert into subject (org_id, id, kind, realm)
        select $1::uuid, gen_random_uuid(), 'service', 'staff' from generate_series(1, 5100) returning org_id, id),
      named as (insert into service_account (org_id, id, name) select org_id, id, id::text from made)
      insert into team_member (org_id, team_id, user_id) select org_id, $2::uuid, id from made`,
      [agency.org, team],
    )
    const body = await preview('owner', writer('member', { subject_id: team }))
    expect(body).toMatchObject({ touched: 5100, complete: false, refusals: [] })
    expect(body.differences).toHaveLength(5000)
  })

  test('what is no change of access, or not well formed, is refused with the field', async () => {
    const answer = await owner.post('/v1/access/previews', {
      steps: [
        { operation: 'zones.list' },
        { operation: 'grants.create', body: { subject_id: 3 } },
        { operation: 'grants.delete' },
      ],
    })
    expect(answer.status).toBe(422)
    const fields = answer.body.fields.map((field: { path: string }) => field.path)
    expect(fields).toEqual([
      'steps.0.operation',
      'steps.1.body.subject_id',
      'steps.1.body.role_id',
      'steps.1.body.scope',
      'steps.2.params.grant_id',
    ])
    expect(answer.body.fields[0].message).toContain('grants.create, grants.update')
  })
})

describe('what is kept from whom', () => {
  test('[X-5] a client account is told of the accounts of its own portal only, and its counts are of them', async () => {
    const developer = {
      operation: 'grants.create',
      body: {
        subject_id: agency.ids.bakeryViewer,
        role_id: 'msp.developer',
        scope: { kind: 'customer', id: agency.customers.bakery },
      },
    }
    const body = await preview('bakeryAdmin', developer, writer('clinicViewer'))
    expect(body).toMatchObject({ touched: 1, refusals: [{ step: 1, problem: { status: 404 } }] })
    expect(sentencesOf(body)).toEqual([expect.stringMatching(/^Vera Viewer gains/)])
    await agency.grant('bakeryAdmin', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
    const path = `/v1/customers/${agency.customers.bakery}/ceiling`
    const { permissions, role_ids } = (await owner.get(path)).body
    await owner.put(path, { permissions: [...permissions, 'zones.create'], role_ids, seats: null })
    await agency.grant('bakeryAdmin', 'monitoring.client', { kind: 'provider', id: agency.providers.lab })
    const made = await preview('bakeryAdmin', {
      operation: 'zones.create',
      body: { name: 'new.bakery.example', provider_id: agency.providers.lab, customer_id: agency.customers.bakery },
    })
    const people = made.differences.map((one: { subject: { name: string } }) => one.subject.name).sort()
    expect(people).toEqual(['Bella Baker', 'Dora Developer', 'Vera Viewer'])
    expect(made.touched).toBe(3)
    expect(JSON.stringify(made)).not.toMatch(/Olga|Adam|Mia|Peter|Carl/)
  })

  test('[X-5] who may not make a change is told so, and nothing of what it would do', async () => {
    const body = await preview('member', writer('admin'), {
      operation: 'customers.delete',
      params: { customer_id: agency.customers.bakery },
    })
    expect(body).toMatchObject({ differences: [], touched: 0 })
    expect(body.refusals.map((one: { problem: { status: number } }) => one.problem.status)).toEqual([404, 404])
    const changed = await agency.as.member.delete(`/v1/customers/${agency.customers.bakery}`)
    expect(body.refusals[1].problem).toEqual(changed.body)
  })
})

describe('what is left behind', () => {
  test('[X-5] nothing: no row, no event, no mail, no answer kept, no note that a grant was used', async () => {
    const before = await everything()
    const body = await preview(
      'owner',
      writer('member'),
      { operation: 'invitations.create', body: { realm: 'staff', email: 'n@n.example', grants: [] } },
      {
        operation: 'zones.create',
        body: { name: 'new.example', provider_id: agency.providers.lab, customer_id: null },
      },
      { operation: 'api_keys.create', body: { name: 'k' } },
      { operation: 'customers.delete', params: { customer_id: agency.customers.bakery } },
      { operation: 'organization.update', body: { role_set: 'hosting' } },
    )
    expect(body.refusals).toEqual([])
    expect(body.differences.length).toBeGreaterThan(5)
    expect(await everything()).toEqual(before)
    expect(before).toMatchObject({ grant_use: [] })
    expect((await owner.get('/v1/zones?q=new')).body.items).toEqual([])
    expect((await owner.get(`/v1/customers/${agency.customers.bakery}`)).status).toBe(200)
    expect(await everything(), 'a real request does leave its use').not.toEqual(before)
  })

  test('[X-5] a decision that was true within a preview only is never one of the server', async () => {
    const zone = { kind: 'zone', id: agency.zones.clinic }
    const mine = { checks: [{ permission: 'records.write', resource: zone }] }
    const ask = async () => (await agency.as.member.post('/v1/access/checks', mine)).body.answers[0].allowed
    const others = { checks: [{ ...mine.checks[0], subject_id: agency.ids.member }] }
    for (let round = 0; round < 5; round += 1) {
      await preview('owner', writer('member'))
      expect(await ask()).toBe(false)
      expect((await owner.post('/v1/access/checks', others)).body.answers[0].allowed).toBe(false)
    }
    await owner.call('grants.create', {}, writer('member').body)
    await preview('owner', { operation: 'members.delete', params: { member_id: agency.ids.member } })
    expect(await ask()).toBe(true)
  })

  test('[X-5] previews and real changes at the same time all come through', async () => {
    const names = Array.from({ length: 12 }, (_, place) => `Team ${place}`)
    const answers = await Promise.all(
      names.flatMap((name) => [
        owner.post('/v1/teams', { name }),
        owner.post('/v1/access/previews', {
          steps: [writer('member'), { operation: 'teams.create', body: { name: `${name} too` } }],
        }),
      ]),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...names.map(() => 200), ...names.map(() => 201)])
    expect((await owner.get('/v1/teams?limit=100')).body.items).toHaveLength(names.length)
  })
})

test('a handler that changes access although the table does not say so is an error, not a way around', async () => {
  const sneaking = {
    ...handlers,
    'teams.list': async (request: Parameters<(typeof handlers)['teams.list']>[0]) => {
      await request.changeAccess(async (_, note) => note.nothing())
      return { items: [], next: null }
    },
  }
  const app = serveApi(product.server.context, sneaking)
  const request = new Request(`${product.url}/v1/teams`, { headers: { cookie: owner.cookie ?? '' } })
  const answer = await app.fetch(request, { incoming: { socket: { remoteAddress: '127.0.0.1' } } })
  expect(answer.status).toBe(500)
})
