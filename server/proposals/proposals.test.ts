import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let zone: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  zone = cast.zones['bakery.example'] ?? ''
  // An own role for the portal: sees the zone, and may propose; and one that approves.
  await role('Proposer', ['dashboard.view', 'zones.view', 'records.view', 'changes.propose'], 'bakery-viewer')
  await role('Approver', ['dashboard.view', 'zones.view', 'records.view', 'changes.approve'], 'bakery-developer')
})
afterAll(() => product.stop())

/** Gives somebody an edited copy of the Client Admin's role at the bakery, instead of what it has. */
async function role(name: string, permissions: string[], persona: 'bakery-viewer' | 'bakery-developer') {
  const ceiling = { permissions: everything, role_ids: [], seats: null }
  await done(owner.put(`/v1/customers/${cast.customers['Bakery']}/ceiling`, ceiling))
  const body = { based_on: 'msp.client_admin', name, description: '', permissions }
  const { id } = await done(owner.post('/v1/roles', body))
  const [grant] = (await owner.get(`/v1/grants?subject_id=${cast.personas[persona].id}`)).body.items
  await done(owner.patch(`/v1/grants/${grant.id}`, { role_id: id }))
}

async function done(asked: Promise<Answer>): Promise<{ id: string }> {
  const { status, body, text } = await asked
  if (status >= 300) throw new Error(text)
  return body
}
const everything = [
  ...['dashboard.view', 'zones.view', 'records.view', 'records.write', 'records.dmarc.write', 'changes.propose'],
  ...['changes.approve', 'client_users.manage', 'grants.view', 'grants.manage', 'audit.view', 'api.use'],
  ...['api_keys.create', 'domains.view', 'checks.view', 'certificates.view', 'websites.view', 'websites.manage'],
]

let made = 0
const fresh = () => `p${++made}`
const create = (name: string, data = '192.0.2.7', type = 'A') => ({ op: 'create', name, type, data })
const propose = (caller: Caller, operations: object[], rest: object = {}): Promise<Answer> =>
  caller.post(`/v1/zones/${zone}/proposals`, { operations, ...rest })
async function proposed(caller: Caller, operations: object[]): Promise<string> {
  const answer = await propose(caller, operations, { comment: 'please' })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.proposal.id
}
const at = (id: string, what = '') => `/v1/proposals/${id}${what}`
const approve = (caller: Caller, id: string) => caller.post(at(id, '/approval'), { comment: 'fine' })
const recordsAt = async (name: string) =>
  (await owner.get(`/v1/zones/${zone}/records?name=${name}`)).body.items as { id: string; data: string }[]
const author = () => cast.as['bakery-viewer']
const approver = () => cast.as['bakery-developer']

describe('a proposal', () => {
  test('takes no right to write, changes nothing, and is published by somebody else in its author’s name', async () => {
    const name = fresh()
    expect((await author().post(`/v1/zones/${zone}/records`, create(name))).status).toBe(403)
    const answer = await propose(author(), [create(name)], { comment: 'a new shop' })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body.difference).toMatchObject({ added: 1, removed: 0 })
    const { id, can, state } = answer.body.proposal
    expect([state, can]).toEqual(['open', { approve: false, reject: false, withdraw: true }])
    expect(await recordsAt(name)).toEqual([])
    const detail = (await owner.get(at(id))).body
    expect(detail).toMatchObject({ applies: true, conflicts: [], obstacles: [], comment: 'a new shop' })
    expect(detail.difference.lines[0]).toMatchObject({ sign: '+', data: '192.0.2.7' })
    const approved = await approve(owner, id)
    expect(approved.status, approved.text).toBe(200)
    expect(approved.body).toMatchObject({ state: 'approved', decided_by: { name: 'Olive Harbour' }, decision: 'fine' })
    expect((await recordsAt(name)).length).toBe(1)
    const change = (await owner.get(`/v1/zones/${zone}/changes/${approved.body.change_id}`)).body
    expect(change.author).toEqual({ id: cast.personas['bakery-viewer'].id, name: detail.author.name })
    expect(change).toMatchObject({ source: 'portal', comment: 'a new shop' })
    const [event] = (await owner.get(`/v1/audit-events?zone_id=${zone}&action=proposal.approved`)).body.items
    expect(event.sentence).toMatch(
      /^Olive Harbour approved what .+ proposed and changed records \(1 added, 0 removed\)/,
    )
  })

  test('approved again is what it was: published once', async () => {
    const id = await proposed(author(), [create(fresh())])
    const first = await approve(owner, id)
    const second = await approve(owner, id)
    expect(second.status).toBe(200)
    expect(second.body.change_id).toBe(first.body.change_id)
  })

  test('[S0-22] is never approved by its author, nor through a key, but by another member', async () => {
    const id = await proposed(owner, [create(fresh())])
    const refused = await approve(owner, id)
    expect(refused.status).toBe(403)
    expect(refused.body.detail).toMatch(/Nobody approves what they proposed themselves/)
    expect((await approve(cast.key('agency-owner'), id)).status).toBe(403)
    const robot = (await owner.post('/v1/service-accounts', { name: 'Robot' })).body.id
    const scope = { kind: 'organization', id: cast.organization }
    await owner.post('/v1/grants', { subject_id: robot, role_id: 'msp.owner', scope })
    const key = product.withKey((await owner.post(`/v1/service-accounts/${robot}/keys`, { name: 'k' })).body.token)
    expect((await approve(key, id)).status, 'by a key that the author made').toBe(403)
    const byRobot = await proposed(key, [create(fresh())])
    expect((await approve(owner, byRobot)).status, 'proposed with a key that the approver made').toBe(403)
    expect((await approve(cast.as['agency-admin'], byRobot)).status).toBe(200)
  })

  test('does not exist for whoever neither made it nor may approve it', async () => {
    const id = await proposed(owner, [create(fresh())])
    const never = '/v1/proposals/01a20077-0000-7000-8000-000000000000'
    for (const name of ['bakery-admin', 'bakery-viewer', 'clinic-viewer', 'outsider-owner'] as const) {
      const answer = await cast.as[name].get(at(id))
      expect(answer.status, name).toBe(404)
      expect(answer.text).toBe((await cast.as[name].get(never)).text)
      expect((await approve(cast.as[name], id)).status, name).toBe(404)
      const listed = (await cast.as[name].get('/v1/proposals?limit=1000')).body.items
      expect(
        listed.map((item: { id: string }) => item.id),
        name,
      ).not.toContain(id)
    }
  })

  test('names nobody of staff in the portal, also when the portal approves it', async () => {
    const name = fresh()
    const id = await proposed(owner, [create(name)])
    const seen = await approver().get(at(id))
    expect(seen.status, seen.text).toBe(200)
    expect(seen.body.author).toEqual({ id: null, name: 'your provider' })
    const answer = await approve(approver(), id)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.text).not.toMatch(/Olive/)
    const change = (await owner.get(`/v1/zones/${zone}/changes/${answer.body.change_id}`)).body
    expect(change.author).toEqual({ id: cast.personas['agency-owner'].id, name: 'Olive Harbour' })
    const own = await proposed(author(), [create(fresh())])
    await owner.post(at(own, '/rejection'), { reason: 'not now' })
    const told = await author().get(at(own))
    expect(told.body).toMatchObject({ state: 'rejected', decision: 'not now', decided_by: { name: 'your provider' } })
    expect((await author().get('/v1/proposals')).text).not.toMatch(/Olive/)
  })

  test('is refused where one does not see the records, where it changes nothing, and where it cannot stand', async () => {
    expect((await propose(cast.as['clinic-viewer'], [create(fresh())])).status).toBe(404)
    const [record] = await recordsAt('www')
    const same = [{ op: 'update', record_id: record?.id, data: record?.data }]
    expect((await propose(author(), same)).status).toBe(409)
    const besides = await propose(author(), [create('www', 'elsewhere.example.', 'CNAME')])
    expect(besides.status).toBe(409)
    const dry = await propose(author(), [create(fresh())], { dry_run: true })
    expect(dry.body).toMatchObject({ proposal: null, difference: { added: 1 } })
    const key = await cast.as['bakery-admin'].post('/v1/api-keys', {
      name: 'n',
      ceiling: {
        patterns: [{ names: ['narrow.bakery.example'] }],
        permissions: ['zones.view', 'records.view', 'changes.propose'],
      },
    })
    const narrow = product.withKey(key.body.token)
    expect((await propose(narrow, [create(fresh())])).status).toBe(403)
    expect((await propose(narrow, [create('narrow', '192.0.2.99')])).status).toBe(201)
  })
})

describe('when the zone has moved', () => {
  async function changed() {
    const name = fresh()
    await owner.post(`/v1/zones/${zone}/records`, { name, type: 'A', data: '192.0.2.1', ttl: 300 })
    const [record] = await recordsAt(name)
    const id = await proposed(author(), [{ op: 'update', record_id: record?.id, data: '192.0.2.2' }])
    return { name, id, path: `/v1/zones/${zone}/records/${record?.id}` }
  }

  test('under the proposal, approving is a conflict that names the set, and nothing is written', async () => {
    const { name, id, path } = await changed()
    await owner.patch(path, { data: '192.0.2.3' })
    const detail = (await owner.get(at(id))).body
    expect(detail.applies).toBe(false)
    expect(detail.conflicts).toEqual([
      {
        name: `${name}.bakery.example`,
        type: 'A',
        before: [{ ttl: 300, data: '192.0.2.1' }],
        now: [{ ttl: 300, data: '192.0.2.3' }],
      },
    ])
    const refused = await approve(owner, id)
    expect(refused.status).toBe(409)
    expect(refused.body.fields[0].path).toBe(`${name}.bakery.example A`)
    expect((await recordsAt(name)).map((record) => record.data)).toEqual(['192.0.2.3'])
    expect((await owner.get(at(id))).body.state).toBe('open')
  })

  test('and the record is gone, it is a conflict as well', async () => {
    const { id, path } = await changed()
    await owner.delete(path)
    expect((await approve(owner, id)).status).toBe(409)
  })

  test('beside it, or so that the same difference still holds, it is published', async () => {
    const { name, id } = await changed()
    await owner.post(`/v1/zones/${zone}/records`, { name, type: 'A', data: '192.0.2.9' })
    await owner.post(`/v1/zones/${zone}/records`, create(fresh()))
    const answer = await approve(owner, id)
    expect(answer.status, answer.text).toBe(200)
    expect((await recordsAt(name)).map((record) => record.data).sort()).toEqual(['192.0.2.2', '192.0.2.9'])
  })
})

describe('deciding', () => {
  test('needs changes.approve, and of protected and DMARC records the right to write them', async () => {
    const soon = async (op: object) => proposed(author(), [op])
    const plain = await soon(create(fresh()))
    const dmarc = await soon(create('_dmarc.sub', '"v=DMARC1; p=none"', 'TXT'))
    expect((await approver().get(at(plain))).body.can.approve).toBe(true)
    expect((await approver().get(at(dmarc))).body.obstacles[0]).toMatch(/records.dmarc.write/)
    const refused = await approve(approver(), dmarc)
    expect(refused.status).toBe(403)
    expect(refused.body.permission).toBe('records.dmarc.write')
    expect((await approve(approver(), plain)).status).toBe(200)
    expect((await approve(owner, dmarc)).status).toBe(200)
  })

  test('is judged with what the author may propose then', async () => {
    const id = await proposed(cast.as['bakery-admin'], [create(fresh())])
    const [grant] = (await owner.get(`/v1/grants?subject_id=${cast.personas['bakery-admin'].id}`)).body.items
    expect((await owner.delete(`/v1/grants/${grant.id}`)).status).toBe(204)
    const refused = await approve(owner, id)
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toMatch(/may not propose it any more/)
    const { subject, role_id, scope } = grant
    const back = { subject_id: subject.id, role_id, scope: { kind: scope.kind, id: scope.id } }
    expect((await owner.post('/v1/grants', back)).status).toBe(201)
    expect((await approve(owner, id)).status).toBe(200)
  })

  test('ends a proposal: it is rejected with the reason, or taken back by its author, and then stays so', async () => {
    const rejected = await proposed(author(), [create(fresh())])
    expect((await owner.post(at(rejected, '/rejection'), {})).status).toBe(422)
    expect((await author().post(at(rejected, '/rejection'), { reason: 'no' })).status).toBe(403)
    expect((await owner.post(at(rejected, '/rejection'), { reason: 'no' })).body.state).toBe('rejected')
    expect((await owner.post(at(rejected, '/rejection'), { reason: 'no' })).status).toBe(200)
    expect((await approve(owner, rejected)).status).toBe(409)
    const taken = await proposed(author(), [create(fresh())])
    expect((await owner.delete(at(taken))).status).toBe(403)
    expect((await author().delete(at(taken))).body.state).toBe('withdrawn')
    expect((await author().delete(at(taken))).status).toBe(200)
    expect((await owner.post(at(taken, '/rejection'), { reason: 'no' })).status).toBe(409)
    const open = (await author().get('/v1/proposals?state=open&limit=1000')).body.items
    expect(open.every((item: { state: string }) => item.state === 'open')).toBe(true)
  })

  test('of one proposal at the same time happens once', async () => {
    const id = await proposed(author(), [create(fresh())])
    const admin = cast.as['agency-admin']
    const answers = await Promise.all([
      approve(owner, id),
      approve(admin, id),
      owner.post(at(id, '/rejection'), { reason: 'no' }),
    ])
    const { state, change_id } = (await owner.get(at(id))).body
    expect(state === 'approved').toBe(change_id !== null)
    const done = answers.filter(({ status }) => status === 200)
    expect(done.length).toBeGreaterThan(0)
    for (const { body } of done) expect(body).toMatchObject({ state, change_id })
  })
})
