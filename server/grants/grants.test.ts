import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.stop())
beforeEach(async () => {
  agency = await layDownAgency(product)
})

const organization = () => ({ kind: 'organization' as const, id: agency.org })
const customer = (name: 'bakery' | 'clinic') => ({ kind: 'customer' as const, id: agency.customers[name] })
const zone = (name: keyof Agency['zones']) => ({ kind: 'zone' as const, id: agency.zones[name] })
const give = (by: Persona, to: Persona, role_id: string, scope: object, more: object = {}) =>
  agency.as[by].post('/v1/grants', { subject_id: agency.ids[to], role_id, scope, ...more })
const grantsOf = async (who: Persona) =>
  (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids[who]}`)).body.items
const allowed = async (who: Persona, permission: string, resource: object) => {
  const { body } = await agency.as[who].post('/v1/access/checks', { checks: [{ permission, resource }] })
  return body.answers[0].allowed
}

describe('giving', () => {
  test('a grant is made, in force with the next request, and told in the audit log', async () => {
    expect(await allowed('zoneUser', 'records.write', zone('agency'))).toBe(false)
    const made = await give('owner', 'zoneUser', 'zones.read_write', zone('agency'), { reason: 'for the summer' })
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({
      subject: { name: 'Zoe Zone', kind: 'client_user' },
      role: 'Read & write',
      scope: { kind: 'zone', name: 'harbourpine.example' },
      granted_by: 'Olga Owner',
      revocable: true,
    })
    expect(await allowed('zoneUser', 'records.write', zone('agency'))).toBe(true)
    const { body } = await agency.as.owner.get('/v1/audit-events?action=grant.created')
    expect(body.items[0].sentence).toBe(
      'Olga Owner gave Zoe Zone the role Read & write on the zone harbourpine.example.',
    )
  })

  test('the same grant again is the one that is there already', async () => {
    const first = await give('owner', 'zoneUser', 'zones.read_only', zone('agency'))
    const second = await give('owner', 'zoneUser', 'zones.read_only', zone('agency'))
    expect(second.body.id).toBe(first.body.id)
    expect(await grantsOf('zoneUser')).toHaveLength(2)
  })

  test('[X-10] no one grants what they do not hold, nor to oneself', async () => {
    const cases: [Persona, Persona, string, object, number][] = [
      ['admin', 'member', 'msp.owner', organization(), 403],
      ['bakeryAdmin', 'bakeryViewer', 'hosting.customer_admin', customer('bakery'), 403],
      ['bakeryAdmin', 'bakeryViewer', 'msp.viewer', customer('clinic'), 404],
      ['bakeryDeveloper', 'bakeryViewer', 'msp.viewer', customer('bakery'), 403],
      ['member', 'bakeryViewer', 'msp.viewer', customer('bakery'), 404],
      ['admin', 'admin', 'zones.read_only', zone('agency'), 422],
    ]
    for (const [by, to, role, scope, status] of cases) {
      const answer = await give(by, to, role, scope)
      expect(answer.status, `${by} gives ${to} ${role}: ${answer.text}`).toBe(status)
    }
    expect((await give('bakeryAdmin', 'bakeryViewer', 'msp.developer', customer('bakery'))).status).toBe(201)
  })

  test.each<[string, Persona, string, () => object, object, string]>([
    ['an unknown role', 'member', 'msp.king', organization, {}, 'role_id'],
    ['a role of another kind of scope', 'member', 'msp.admin', () => customer('bakery'), {}, 'scope'],
    ['a staff role for a client account', 'zoneUser', 'msp.block.dns_read', () => customer('bakery'), {}, 'subject_id'],
    [
      'a client account at the organization',
      'bakeryViewer',
      'zones.user',
      organization,
      { ends_at: '2020-01-01T00:00:00Z' },
      'ends_at',
    ],
    [
      'an end before the start',
      'zoneUser',
      'zones.read_only',
      () => zone('agency'),
      { starts_at: '2099-02-01T00:00:00Z', ends_at: '2099-01-01T00:00:00Z' },
      'ends_at',
    ],
    [
      'a pattern with ** in the middle',
      'zoneUser',
      'zones.read_write',
      () => zone('agency'),
      { patterns: [{ names: ['www.example', 'a.**.example'] }] },
      'patterns.0.names.1',
    ],
    [
      'a pattern of another zone',
      'zoneUser',
      'zones.read_write',
      () => zone('agency'),
      { patterns: [{ names: ['www.clinic.example'] }] },
      'patterns',
    ],
    ['a person of another organization', 'outsider', 'zones.read_only', () => zone('agency'), {}, 'subject_id'],
    ['a place of another customer', 'bakeryViewer', 'zones.read_only', () => zone('clinic'), {}, 'scope'],
  ])('%s is refused, naming the field, and nothing is saved', async (_, to, role, scope, more, field) => {
    const before = (await agency.as.owner.get('/v1/grants?limit=1000')).body.items.length
    const answer = await give('owner', to, role, scope(), more)
    expect(answer.status, answer.text).toBe(422)
    expect(answer.body.fields[0].path).toBe(field)
    expect((await agency.as.owner.get('/v1/grants?limit=1000')).body.items).toHaveLength(before)
  })

  test('a place of another organization is as one that never was', async () => {
    const foreign = await agency.as.outsider.post('/v1/grants', {
      ...{ subject_id: agency.ids.outsider, role_id: 'zones.read_only', scope: zone('agency') },
    })
    const missing = await agency.as.outsider.post('/v1/grants', {
      ...{ subject_id: agency.ids.outsider, role_id: 'zones.read_only', scope: { kind: 'zone', id: newId() } },
    })
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  })

  test('a grant with a pattern carries the records it covers and no others', async () => {
    const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
    await give('owner', 'zoneUser', 'zones.read_write', zone('agency'), { patterns })
    const record = (name: string, type: string) => ({
      ...{ permission: 'records.write', resource: zone('agency'), record: { name, type } },
    })
    const { body } = await agency.as.zoneUser.post('/v1/access/checks', {
      checks: [
        record('_acme-challenge.www.harbourpine.example', 'TXT'),
        record('_acme-challenge.www.harbourpine.example', 'CNAME'),
        record('www.harbourpine.example', 'TXT'),
      ],
    })
    expect(body.answers.map((answer: { allowed: boolean }) => answer.allowed)).toEqual([true, false, false])
  })

  test('[S2-13] roles of an exclusive set do not combine: a second one is refused, proposing admin', async () => {
    expect((await give('owner', 'bakeryViewer', 'hosting.manager', customer('bakery'))).status).toBe(201)
    const second = await give('owner', 'bakeryViewer', 'hosting.domain', customer('bakery'))
    expect(second.status).toBe(409)
    expect(second.body.detail).toContain('change it to Customer Admin')
  })
})

describe('changing and taking', () => {
  test('a revoked grant is gone with the next request, from sessions and from keys, and leaves a tombstone', async () => {
    const key = await agency.keyOf('zoneUser')
    const { body: made } = await give('owner', 'zoneUser', 'zones.read_only', zone('agency'))
    const check = { checks: [{ permission: 'records.view', resource: zone('agency') }] }
    expect((await key.post('/v1/access/checks', check)).body.answers[0].allowed).toBe(true)
    expect((await agency.as.owner.delete(`/v1/grants/${made.id}`)).status).toBe(204)
    expect((await key.post('/v1/access/checks', check)).body.answers[0].allowed).toBe(false)
    expect(await allowed('zoneUser', 'records.view', zone('agency'))).toBe(false)
    const kept = await product.database.asSuperuser('select kind from revocation where id = $1', [made.id])
    expect(kept).toEqual([{ kind: 'grant' }])
    expect((await agency.as.owner.delete(`/v1/grants/${made.id}`)).status).toBe(404)
  })

  test('a grant begins and ends by itself', async () => {
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    await give('owner', 'zoneUser', 'zones.read_only', zone('agency'), { ends_at: at(1_500) })
    await give('owner', 'zoneUser', 'zones.read_only', zone('clinic'), { starts_at: at(1_500) })
    const both = async () => [
      await allowed('zoneUser', 'records.view', zone('agency')),
      await allowed('zoneUser', 'records.view', zone('clinic')),
    ]
    expect(await both()).toEqual([true, false])
    await new Promise((resolve) => setTimeout(resolve, 1_600))
    expect(await both()).toEqual([false, true])
  })

  test('who is taken out of a team loses what the team holds, with the next request', async () => {
    const { body: team } = await agency.as.owner.post('/v1/teams', { name: `Desk ${agency.org}` })
    const scope = customer('clinic')
    const made = await agency.as.owner.post('/v1/grants', {
      subject_id: team.id,
      role_id: 'msp.block.dns_write',
      scope,
    })
    expect(made.status, made.text).toBe(201)
    const path = `/v1/teams/${team.id}/members/${agency.ids.member}`
    expect(await allowed('member', 'records.write', zone('clinic'))).toBe(false)
    expect((await agency.as.owner.put(path)).status).toBe(204)
    expect(await allowed('member', 'records.write', zone('clinic'))).toBe(true)
    expect((await agency.as.owner.delete(path)).status).toBe(204)
    expect(await allowed('member', 'records.write', zone('clinic'))).toBe(false)
  })

  test('a demoted administrator loses its power with the next request', async () => {
    const [own] = await grantsOf('admin')
    const answer = await agency.as.owner.patch(`/v1/grants/${own.id}`, { role_id: 'msp.member' })
    expect(answer.status, answer.text).toBe(200)
    expect((await agency.as.admin.get('/v1/grants')).status).toBe(403)
  })

  test('who demotes itself has no power left either', async () => {
    const [own] = await grantsOf('admin')
    const answer = await agency.as.admin.patch(`/v1/grants/${own.id}`, { role_id: 'msp.member' })
    expect(answer.status, answer.text).toBe(200)
    expect((await agency.as.admin.get('/v1/grants')).status).toBe(403)
  })

  test('[S1-15] a client removes no staff and changes no access of theirs', async () => {
    const member = `/v1/members/${agency.ids.member}`
    const [staffGrant] = await grantsOf('member')
    const outcomes = [
      await agency.as.bakeryAdmin.delete(member),
      await agency.as.bakeryAdmin.delete(`/v1/grants/${staffGrant.id}`),
      await agency.as.bakeryAdmin.patch(`/v1/grants/${staffGrant.id}`, { ends_at: '2099-01-01T00:00:00Z' }),
      await give('bakeryAdmin', 'member', 'msp.block.dns_read', customer('bakery')),
      await agency.as.bakeryAdmin.put(`/v1/users/${agency.ids.member}/zone-access`, {
        levels: [{ zone_id: agency.zones.bakery, level: 'none' }],
      }),
    ]
    expect(outcomes.map(({ status }) => status)).toEqual([403, 404, 404, 422, 404])
    expect(await grantsOf('member')).toEqual([staffGrant])
    expect(outcomes.map(({ text }) => text).join()).not.toContain('Mia')
  })

  test('nobody changes or takes the access of somebody above', async () => {
    const [ownersGrant] = await grantsOf('owner')
    for (const answer of [
      await agency.as.admin.delete(`/v1/grants/${ownersGrant.id}`),
      await agency.as.admin.patch(`/v1/grants/${ownersGrant.id}`, { role_id: 'msp.member' }),
    ]) {
      expect(answer.status).toBe(403)
      expect(answer.body.detail).toContain('and you do not')
    }
  })

  test('[S3-1] the last admin can be neither removed nor demoted', async () => {
    const [own] = await grantsOf('owner')
    for (const answer of [
      await agency.as.owner.delete(`/v1/grants/${own.id}`),
      await agency.as.owner.patch(`/v1/grants/${own.id}`, { role_id: 'msp.member' }),
      await agency.as.owner.patch(`/v1/grants/${own.id}`, { ends_at: '2099-01-01T00:00:00Z' }),
    ]) {
      expect(answer.status, answer.text).toBe(409)
      expect(answer.body.detail).toContain('Nobody would be left')
    }
    const removed = await agency.as.owner.delete(`/v1/members/${agency.ids.owner}`)
    expect(removed.status, removed.text).toBe(409)
    expect(await allowed('owner', 'organization.delete', organization())).toBe(true)
  })

  test('two administrators who demote each other at once: one stays', async () => {
    for (let round = 0; round < 8; round += 1) {
      const trial = await layDownAgency(product)
      await trial.grant('admin', 'msp.owner', { kind: 'organization', id: trial.org })
      const owners = (await trial.as.owner.get(`/v1/grants?scope_id=${trial.org}&limit=100`)).body.items.filter(
        (grant: { role_id: string }) => grant.role_id === 'msp.owner',
      )
      const of = (who: Persona) =>
        owners.find((grant: { subject: { id: string } }) => grant.subject.id === trial.ids[who]).id
      const demote = { role_id: 'msp.member' }
      await Promise.all([
        trial.as.owner.patch(`/v1/grants/${of('admin')}`, demote),
        trial.as.admin.patch(`/v1/grants/${of('owner')}`, demote),
      ])
      const left = await product.database.asSuperuser(
        `select subject_id from access_grant where org_id = $1 and role_id = 'msp.owner'`,
        [trial.org],
      )
      expect(left).toHaveLength(1)
    }
  })
})

describe('listing', () => {
  test('a Client Admin is shown the access of its own portal, and no staff', async () => {
    await agency.grant('member', 'msp.block.dns_write', customer('bakery'))
    const { body } = await agency.as.bakeryAdmin.get('/v1/grants')
    const names = body.items.map((grant: { subject: { name: string } }) => grant.subject.name).sort()
    expect(names).toEqual(['Bella Baker', 'Dora Developer', 'Vera Viewer'])
    expect(JSON.stringify(body)).not.toMatch(/Olga|Adam|Mia|Clara/)
  })

  test('pages put together are the whole list', async () => {
    const whole = (await agency.as.owner.get('/v1/grants?limit=1000')).body.items
    const found: unknown[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: unknown[]; next: string | null } = (
        await agency.as.owner.get(`/v1/grants?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).body
      found.push(...page.items)
      cursor = page.next
    }
    expect(found).toEqual(whole)
    expect(found.length).toBeGreaterThan(9)
  })

  test('who may see nobody’s access is told so', async () => {
    const answer = await agency.as.bakeryViewer.get('/v1/grants')
    expect([answer.status, answer.body.permission]).toEqual([403, 'grants.view'])
    expect(answer.body.who_can_give).toContain('your provider')
  })
})
