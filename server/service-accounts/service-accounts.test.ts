import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
})
afterAll(() => product.stop())

let made = 0
async function account(name = `ci-${++made}`): Promise<{ id: string; name: string }> {
  const answer = await owner.post('/v1/service-accounts', { name, description: 'deploys' })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}
const keys = (id: string) => `/v1/service-accounts/${id}/keys`
async function keyOf(id: string, body: object = {}): Promise<Caller> {
  const answer = await owner.post(keys(id), { name: 'deploy key', ...body })
  if (answer.status !== 201) throw new Error(answer.text)
  return product.withKey(answer.body.token)
}
const organization = () => ({ kind: 'organization', id: cast.organization })
const bakery = () => ({ kind: 'customer', id: cast.customers['Bakery'] })
async function give(subject_id: string, role_id: string, scope: object): Promise<string> {
  const answer = await owner.post('/v1/grants', { subject_id, role_id, scope })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id
}
const note = (name: string) => ({ name: `${name}.bakery.example`, type: 'TXT', data: '"x"' })
const records = () => `/v1/zones/${cast.zones['bakery.example']}/records`

describe('a service account', () => {
  test('is made, renamed and listed by whoever has api_keys.manage, and by nobody else', async () => {
    const one = await account('Deploy robot')
    const list = (await owner.get('/v1/service-accounts?q=robot')).body.items
    expect(list).toEqual([{ ...one, description: 'deploys', keys: 0, grants: 0 }])
    const renamed = await owner.patch(`/v1/service-accounts/${one.id}`, { name: 'Deploys' })
    expect(renamed.body).toMatchObject({ name: 'Deploys', description: 'deploys' })
    const again = await owner.post('/v1/service-accounts', { name: 'deploys' })
    expect(again.status).toBe(409)
    expect(again.body.fields[0].path).toBe('name')
    for (const name of ['agency-member', 'bakery-admin', 'zone-user'] as const) {
      const refused = await cast.as[name].post('/v1/service-accounts', { name: 'mine' })
      expect(refused.status, name).toBe(403)
      expect(refused.body.permission).toBe('api_keys.manage')
    }
  })

  test('does by its keys what is granted to it, live, and has no other way in', async () => {
    const { id } = await account()
    const key = await keyOf(id)
    expect((await key.get('/v1/zones')).status).toBe(403)
    const developer = await owner.post('/v1/grants', { subject_id: id, role_id: 'msp.developer', scope: bakery() })
    // A client's role does not count for staff.
    expect(developer.status).toBe(422)
    const grant = await give(id, 'msp.admin', organization())
    expect((await key.post(records(), note('robot'))).status).toBe(201)
    expect((await owner.delete(`/v1/grants/${grant}`)).status).toBe(204)
    expect((await key.post(records(), note('robot-2'))).status).not.toBe(201)
  })

  test('stands in the lists of access as what it is, also in a team', async () => {
    const { id, name } = await account('Certificates')
    await give(id, 'zones.read_write', { kind: 'zone', id: cast.zones['bakery.example'] })
    const [grant] = (await owner.get(`/v1/grants?subject_id=${id}`)).body.items
    expect(grant.subject).toEqual({ id, kind: 'service', realm: 'staff', name, detail: 'service account' })
    const query = `permission=records.write&resource_kind=zone&resource_id=${cast.zones['bakery.example']}`
    const holders = (await owner.get(`/v1/access/holders?${query}`)).body.items
    expect(holders.map((holder: { subject: { id: string } }) => holder.subject.id)).toContain(id)
    const team = (await owner.post('/v1/teams', { name: 'Robots' })).body.id
    expect((await owner.put(`/v1/teams/${team}/members/${id}`)).status).toBe(204)
    const asked = { permission: 'zones.delete', resource: organization(), subject_id: id }
    const may = async () => (await owner.post('/v1/access/checks', { checks: [asked] })).body.answers[0].allowed
    expect(await may()).toBe(false)
    await give(team, 'msp.admin', organization())
    expect(await may()).toBe(true)
  })

  test('is named in the audit log, with the key that it used', async () => {
    const { id } = await account('Audited robot')
    await give(id, 'msp.admin', organization())
    const key = await keyOf(id)
    expect((await key.post(records(), note('audited'))).status).toBe(201)
    const [event] = (await owner.get(`/v1/audit-events?actor_id=${id}`)).body.items
    expect(event.sentence).toMatch(/^Audited robot \(by the key deploy key\) changed records/)
    expect((await key.get('/v1/me')).body.user).toMatchObject({ id, name: 'Audited robot' })
    const [record] = (await owner.get(`${records()}?name=audited.bakery.example`)).body.items
    expect(record.changed_by).toEqual({ id, name: 'Audited robot' })
  })

  test('never counts as the last who stays, nor among those who can give', async () => {
    const { id } = await account('Lone robot')
    await give(id, 'msp.owner', organization())
    const [grant] = (await owner.get(`/v1/grants?subject_id=${cast.personas['agency-owner'].id}`)).body.items
    const piet = cast.personas['agency-admin'].id
    await give(piet, 'msp.owner', organization())
    const asPiet = cast.as['agency-admin']
    expect((await asPiet.delete(`/v1/grants/${grant.id}`)).status).toBe(204)
    const own = (await asPiet.get(`/v1/grants?subject_id=${piet}`)).body.items
    const ownership = own.find((one: { role_id: string }) => one.role_id === 'msp.owner')
    const last = await asPiet.delete(`/v1/grants/${ownership.id}`)
    expect(last.status).toBe(409)
    expect(last.body.detail).toMatch(/Nobody would be left/)
    const refused = await cast.as['agency-member'].post('/v1/providers', { name: 'No' })
    expect(refused.body.who_can_give).not.toContain('Lone robot')
    const back = { subject_id: cast.personas['agency-owner'].id, role_id: 'msp.owner', scope: organization() }
    expect((await asPiet.post('/v1/grants', back)).status).toBe(201)
    expect((await asPiet.delete(`/v1/grants/${ownership.id}`)).status).toBe(204)
  })
})

describe('its keys', () => {
  test('are made by nobody below it, nor does anybody below it take it away', async () => {
    const { id } = await account()
    await give(id, 'msp.owner', organization())
    const refused = await cast.as['agency-admin'].post(keys(id), { name: 'stronger' })
    expect(refused.status).toBe(403)
    expect(refused.body.detail).toMatch(/holds more than you do: "/)
    expect((await cast.as['agency-admin'].delete(`/v1/service-accounts/${id}`)).status).toBe(403)
    expect((await owner.post(keys(id), { name: 'as strong' })).status).toBe(201)
    const narrow = (
      await owner.post('/v1/api-keys', { name: 'n', ceiling: { permissions: ['api.use', 'api_keys.manage'] } })
    ).body.token
    expect((await product.withKey(narrow).post(keys(id), { name: 'wider' })).status).toBe(403)
  })

  test('are not made by somebody who may do the same with review only', async () => {
    const { id } = await account()
    await give(id, 'zones.read_write', { kind: 'zone', id: cast.zones['bakery.example'] })
    const mara = cast.personas['agency-member'].id
    const body = { based_on: 'msp.admin', name: 'Key keeper', description: '' }
    const keeper = (await owner.post('/v1/roles', { ...body, permissions: ['api_keys.manage'] })).body.id
    await give(mara, keeper, organization())
    const wish = { subject_id: mara, role_id: 'msp.block.dns_write', scope: bakery() }
    for (const grant of (await owner.get(`/v1/grants?subject_id=${mara}`)).body.items)
      if (grant.scope.kind === 'customer') expect((await owner.delete(`/v1/grants/${grant.id}`)).status).toBe(204)
    const reviewed = await owner.post('/v1/grants', { ...wish, review_required: true })
    expect(reviewed.status, reviewed.text).toBe(201)
    const refused = await cast.as['agency-member'].post(keys(id), { name: 'past the review' })
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringMatching(/holds more than you do/)])
    expect((await owner.delete(`/v1/grants/${reviewed.body.id}`)).status).toBe(204)
    expect((await owner.post('/v1/grants', wish)).status).toBe(201)
    expect((await cast.as['agency-member'].post(keys(id), { name: 'as strong' })).status).toBe(201)
  })

  test('end with it, at once', async () => {
    const { id } = await account()
    await give(id, 'msp.admin', organization())
    const key = await keyOf(id)
    expect((await key.get('/v1/zones')).status).toBe(200)
    expect((await owner.delete(`/v1/service-accounts/${id}`)).status).toBe(204)
    expect((await key.get('/v1/zones')).status).toBe(401)
    expect((await owner.delete(`/v1/service-accounts/${id}`)).status).toBe(404)
    expect((await owner.get(`/v1/grants?subject_id=${id}`)).body.items).toEqual([])
    const gone = await product.database.asSuperuser('select kind from revocation where id = $1', [id])
    expect(gone).toEqual([{ kind: 'service_account' }])
  })

  test('are listed by owner, and ended one by one', async () => {
    const { id } = await account()
    const key = (await owner.post(keys(id), { name: 'one' })).body
    const listed = (await owner.get(`/v1/api-keys?owner=everyone&owner_id=${id}`)).body.items
    expect(listed.map((one: { id: string }) => one.id)).toEqual([key.id])
    expect(listed[0].made_by).toEqual({ id: cast.personas['agency-owner'].id, name: 'Olive Harbour' })
    expect((await owner.get(`/v1/api-keys/${key.id}/access`)).body).toMatchObject({ usable: false, items: [] })
    await give(id, 'msp.admin', organization())
    const can = (await owner.get(`/v1/api-keys/${key.id}/access`)).body
    expect(can.items[0]).toMatchObject({ scope: { kind: 'organization' }, holdings: [{ patterns: null, until: null }] })
    expect((await owner.delete(`/v1/api-keys/${key.id}`)).status).toBe(204)
    expect((await product.withKey(key.token).get('/v1/me')).status).toBe(401)
  })
})
