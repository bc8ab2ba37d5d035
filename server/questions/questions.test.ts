import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'

let product: Product
let agency: Agency
let team: string

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  team = newId()
  const sql = product.database.asSuperuser
  await sql(`insert into subject (org_id, id, kind, realm) values ($1, $2, 'team', 'staff')`, [agency.org, team])
  await sql(`insert into team (org_id, id, name, realm) values ($1, $2, 'Night shift', 'staff')`, [agency.org, team])
  await sql('insert into team_member (org_id, team_id, user_id) values ($1, $2, $3)', [
    agency.org,
    team,
    agency.ids.member,
  ])
  const grant = {
    subject_id: team,
    role_id: 'msp.block.dns_write',
    scope: { kind: 'customer', id: agency.customers.clinic },
  }
  const made = await agency.as.owner.post('/v1/grants', grant)
  expect(made.status, made.text).toBe(201)
})
afterAll(() => product.stop())

const zone = (name: keyof Agency['zones']) => ({ kind: 'zone', id: agency.zones[name] })
const check = (who: Persona, checks: object[]) => agency.as[who].post('/v1/access/checks', { checks })
const explain = (who: Persona, question: object) => agency.as[who].post('/v1/access/explanations', question)
const holders = (who: Persona, query: string) => agency.as[who].get(`/v1/access/holders?${query}`)

describe('check', () => {
  test('a batch is answered in order, and what is not there is answered like what may not be seen', async () => {
    const { body } = await check('bakeryDeveloper', [
      { permission: 'records.write', resource: zone('bakery') },
      { permission: 'records.write', resource: zone('clinic') },
      { permission: 'records.write', resource: { kind: 'zone', id: newId() } },
      { permission: 'zones.delete', resource: zone('bakery') },
      { permission: 'records.write', resource: zone('orders') },
    ])
    expect(body.answers.map(({ allowed }: { allowed: boolean }) => allowed)).toEqual([true, false, false, false, true])
  })

  test('to write a DMARC policy or the SOA is not what `records.write` allows', async () => {
    const record = (name: string, type: string) => ({
      ...{ permission: 'records.write', resource: zone('bakery'), record: { name, type } },
    })
    const asked = [
      record('www.bakery.example', 'A'),
      record('_DMARC.bakery.example', 'TXT'),
      record('bakery.example', 'SOA'),
    ]
    const answers = async (who: Persona) =>
      (await check(who, asked)).body.answers.map(({ allowed }: { allowed: boolean }) => allowed)
    expect(await answers('bakeryDeveloper')).toEqual([true, false, false])
    expect(await answers('bakeryAdmin')).toEqual([true, true, false])
    expect(await answers('owner')).toEqual([true, true, true])
  })

  test('asking about another needs `grants.view` there', async () => {
    const about = { permission: 'records.write', resource: zone('bakery'), subject_id: agency.ids.bakeryViewer }
    expect((await check('bakeryAdmin', [about])).body.answers[0].allowed).toBe(false)
    expect((await check('bakeryDeveloper', [about])).status).toBe(403)
    expect((await check('clinicAdmin', [about])).status).toBe(404)
    const foreign = { ...about, subject_id: agency.ids.clinicViewer }
    expect((await check('bakeryAdmin', [foreign])).status).toBe(404)
    const staff = { ...about, subject_id: agency.ids.owner }
    expect((await check('bakeryAdmin', [staff])).status).toBe(404)
  })

  test('an unknown permission is refused, naming the field', async () => {
    const answer = await check('owner', [{ permission: 'records.dance', resource: zone('bakery') }])
    expect([answer.status, answer.body.fields[0].path]).toEqual([422, 'checks.0.permission'])
  })

  test('2,000 questions are answered in one request', async () => {
    const one = { permission: 'records.write', resource: zone('bakery') }
    const { body } = await check(
      'bakeryAdmin',
      Array.from({ length: 2000 }, () => one),
    )
    expect(body.answers).toHaveLength(2000)
    expect(new Set(body.answers.map(({ allowed }: { allowed: boolean }) => allowed))).toEqual(new Set([true]))
  })
})

describe('explain', () => {
  test('an allowance names the chain through team and scope', async () => {
    const { body } = await explain('owner', {
      ...{ permission: 'records.write', resource: zone('clinic'), subject_id: agency.ids.member },
    })
    expect(body).toMatchObject({ allowed: true, subject: 'Mia Member', resource: { name: 'clinic.example' } })
    expect(body.reasons[0]).toMatchObject({
      role: 'DNS, read and write',
      via_team: 'Night shift',
      sentence:
        'DNS, read and write on the customer The clinic, held by the team Night shift; the zone clinic.example belongs to it.',
    })
    expect(body.reasons[0].path).toEqual([
      ...[
        'Mia Member',
        'team Night shift',
        'DNS, read and write',
        'the customer The clinic',
        'the zone clinic.example',
      ],
    ])
  })

  test('a refusal names the nearest miss, the smallest grant, and who can give it, without the names of staff', async () => {
    const { body } = await explain('bakeryViewer', { permission: 'records.write', resource: zone('bakery') })
    expect(body.allowed).toBe(false)
    expect(body.nearest[0].sentence).toContain('Viewer')
    expect(body.smallest_grant.sentence).toMatch(/would allow it\.$/)
    expect(body.who_can_give).toEqual(['Bella Baker', 'your provider'])
    expect(JSON.stringify(body)).not.toMatch(/Olga|Adam|Mia/)
  })

  test('the smallest grant, once given, allows it', async () => {
    const question = {
      permission: 'records.write',
      resource: zone('agency'),
      record: { name: 'a.harbourpine.example', type: 'TXT' },
    }
    const about = { ...question, subject_id: agency.ids.clinicViewer }
    const { body } = await explain('owner', about)
    const { role_id, scope } = body.smallest_grant
    expect(body.smallest_grant.sentence).toContain('for a.harbourpine.example TXT only')
    const patterns = [{ names: ['a.harbourpine.example'], types: ['TXT'] }]
    const given = { subject_id: agency.ids.clinicViewer, role_id, scope: { kind: scope.kind, id: scope.id }, patterns }
    const made = await agency.as.owner.post('/v1/grants', given)
    expect(made.status, made.text).toBe(201)
    expect((await explain('owner', about)).body.allowed).toBe(true)
  })

  test('what one may not see is not explained: as if it never was', async () => {
    const foreign = await explain('bakeryViewer', { permission: 'records.view', resource: zone('clinic') })
    const missing = await explain('bakeryViewer', {
      permission: 'records.view',
      resource: { kind: 'zone', id: newId() },
    })
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  })
})

test('[S3-8] a User sees no billing: the permission is missing, and the answer says so', async () => {
  const billing = { resource: { kind: 'organization', id: agency.org } }
  for (const permission of ['subscription.view', 'subscription.manage']) {
    const own = await explain('zoneUser', { permission, ...billing })
    expect(own.body).toMatchObject({ allowed: false, permission, who_can_give: ['your provider'] })
    expect((await explain('owner', { permission, ...billing })).body.allowed).toBe(true)
  }
  const key = await agency.keyOf('zoneUser')
  for (const caller of [agency.as.zoneUser, key]) {
    const { body } = await caller.get('/v1/me')
    expect(Object.keys(body.permissions).filter((id) => id.startsWith('subscription.'))).toEqual([])
  }
})

describe('who', () => {
  test('everyone who may do it there, the implicit marked', async () => {
    const { body } = await holders(
      'owner',
      `permission=records.write&resource_kind=zone&resource_id=${agency.zones.clinic}`,
    )
    const shown = body.items.map((row: { subject: { name: string }; implicit: boolean; via_team: string | null }) => [
      ...[row.subject.name, row.implicit, row.via_team],
    ])
    expect(shown).toEqual([
      ['Adam Admin', true, null],
      ['Carl Clinic', true, null],
      ['Mia Member', true, 'Night shift'],
      ['Olga Owner', true, null],
    ])
  })

  test('a record narrows the answer, and holders of it alone come in', async () => {
    const at = `permission=records.write&resource_kind=zone&resource_id=${agency.zones.bakery}`
    const give = { role_id: 'zones.read_write', scope: zone('bakery'), subject_id: agency.ids.zoneUser }
    await agency.as.owner.post('/v1/grants', { ...give, patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }] })
    const names = async (query: string) =>
      (await holders('owner', query)).body.items.map((row: { subject: { name: string } }) => row.subject.name)
    expect(await names(`${at}&record_name=_acme-challenge.bakery.example&record_type=TXT`)).toContain('Zoe Zone')
    expect(await names(`${at}&record_name=www.bakery.example&record_type=TXT`)).not.toContain('Zoe Zone')
    expect(await names(`${at}&record_name=_dmarc.bakery.example&record_type=TXT`)).not.toContain('Dora Developer')
    const some = (await holders('owner', at)).body.items.find(
      (row: { subject: { name: string } }) => row.subject.name === 'Zoe Zone',
    )
    expect(some.patterns).toEqual([{ names: ['_acme-challenge.**'], types: ['TXT'] }])
    expect((await holders('owner', `${at}&record_name=www.bakery.example`)).status).toBe(422)
    for (const [name, words] of [
      ['a..b', /empty label/],
      ['www.clinic.example', /does not lie in the zone bakery.example: write it in full/],
    ] as const) {
      const refused = await holders('owner', `${at}&record_name=${name}&record_type=TXT`)
      expect(refused.status, refused.text).toBe(422)
      expect(refused.body.fields).toEqual([{ path: 'record_name', message: expect.stringMatching(words) }])
    }
  })

  test('a client is shown accounts of its own portal only', async () => {
    const at = `permission=records.view&resource_kind=zone&resource_id=${agency.zones.orders}`
    const { body } = await holders('bakeryAdmin', at)
    const names = body.items.map((row: { subject: { name: string } }) => row.subject.name)
    expect(names).toEqual(['Bella Baker', 'Dora Developer', 'Vera Viewer'])
    expect((await holders('bakeryViewer', at)).status).toBe(403)
    expect((await holders('clinicAdmin', at)).status).toBe(404)
  })

  test('pages put together are the whole answer', async () => {
    const at = `permission=records.view&resource_kind=zone&resource_id=${agency.zones.orders}`
    const whole = (await holders('owner', at)).body.items
    const found: unknown[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await holders('owner', `${at}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      found.push(...body.items)
      cursor = body.next
    }
    expect(found).toEqual(whole)
    expect(found.length).toBeGreaterThan(5)
  })
})
