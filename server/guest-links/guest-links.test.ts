import { type OperationId, operations, paths } from '@zoneward/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let zone: string

const acme = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  zone = cast.zones['bakery.example'] ?? ''
  for (const name of ['_acme-challenge.shop', '_acme-challenge.www']) await write(name, 'TXT', '"first"')
  await write('secret', 'A', '192.0.2.66')
})
afterAll(() => product.stop())

const records = (id = zone) => `/v1/zones/${id}/records`
const write = (name: string, type: string, data: string) => owner.post(records(), { name, type, data })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const make = (caller: Caller, rest: object = {}): Promise<Answer> =>
  caller.post('/v1/guest-links', { zone_id: zone, patterns: acme, ends_at: inDays(7), ...rest })
async function guestOf(caller: Caller, rest: object = {}): Promise<Caller & { id: string }> {
  const answer = await make(caller, rest)
  if (answer.status !== 201) throw new Error(answer.text)
  return { ...product.withKey(answer.body.token), id: answer.body.id }
}
const proposal = (name = `_acme-challenge.g${Date.now()}`, type = 'TXT', data = '"guest"') => ({
  operations: [{ op: 'create', name, type, data }],
  comment: 'for the certificate',
})

describe('a guest link', () => {
  test('shows, without an account, the records it was made for, and what it is for', async () => {
    const answer = await make(owner, { note: 'certificates', may_propose: true })
    expect(answer.body.token).toMatch(/^zw_guest_[0-9A-Za-z]{49}$/)
    expect(answer.body.link).toBe(`${product.server.url}/guest#${answer.body.token}`)
    const guest = product.withKey(answer.body.token)
    expect((await guest.get('/v1/guest')).body).toEqual({
      zone: { id: zone, name: 'bakery.example' },
      patterns: acme,
      may_propose: true,
      ends_at: answer.body.ends_at,
      provider: 'Harbour & Pine',
    })
    const items = (await guest.get(records())).body.items
    expect(items.map((item: { owner: string }) => item.owner)).toEqual(['_acme-challenge.shop', '_acme-challenge.www'])
    expect((await guest.get(`${records()}/${items[0].id}`)).body.data).toBe('"first"')
  })

  test('names nobody: not in records, refusals or proposals', async () => {
    const guest = await guestOf(owner, { may_propose: true })
    const answers = [
      await guest.get('/v1/guest'),
      await guest.get(records()),
      await guest.post(`/v1/zones/${zone}/proposals`, proposal()),
      await guest.post(`/v1/zones/${zone}/proposals`, proposal('secret')),
      await guest.get(records(cast.zones['clinic.example'])),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 403, 404])
    for (const { text } of answers) expect(text).not.toMatch(/Olive|Piet|Mara|Owner/)
    expect(answers[2]?.body.proposal).toMatchObject({ author: { id: null, name: 'a guest' }, can: { withdraw: false } })
    expect(answers[1]?.body.items[0].changed_by).toEqual({ id: null, name: 'your provider' })
  })

  test('opens no other operation', async () => {
    const guest = await guestOf(owner, { may_propose: true })
    const open = new Set<OperationId>(['guest.read', 'records.list', 'records.read', 'proposals.create'])
    const filled = (path: string) => path.replace('{zone_id}', zone).replaceAll(/\{\w+\}/g, cast.organization)
    for (const id of Object.keys(paths) as OperationId[]) {
      if (open.has(id) || operations[id].permission === null) continue
      const [method, path] = paths[id]
      const answer = await guest.request(method, filled(path), method === 'GET' ? undefined : {})
      expect(answer.status, `${id} ${answer.text}`).toBe(403)
      expect(answer.text, id).toMatch(/A guest link shows the records it was made for, and does nothing else/)
    }
  })

  test('reaches no other zone and no other record', async () => {
    const guest = await guestOf(owner)
    const [secret] = (await owner.get(`${records()}?name=secret`)).body.items
    expect((await guest.get(`${records()}/${secret.id}`)).status).toBe(404)
    expect((await guest.get(records(cast.zones['studio.example']))).status).toBe(404)
    expect((await guest.get(`${records()}?name=secret`)).body.items).toEqual([])
    const refused = await guest.post(`/v1/zones/${zone}/proposals`, proposal())
    expect(refused.status, 'it was not made for proposing').toBe(403)
  })

  test('proposes what somebody of the provider, but not its maker, approves', async () => {
    const guest = await guestOf(owner, { may_propose: true })
    const made = (await guest.post(`/v1/zones/${zone}/proposals`, proposal())).body
    expect(made.difference).toMatchObject({ added: 1 })
    const [listed] = (await owner.get(`/v1/proposals?zone_id=${zone}&state=open`)).body.items
    expect(listed).toMatchObject({ source: 'guest', author: { name: 'a guest of Olive Harbour' } })
    expect((await owner.post(`/v1/proposals/${listed.id}/approval`, {})).status).toBe(403)
    const approved = await cast.as['agency-admin'].post(`/v1/proposals/${listed.id}/approval`, {})
    expect(approved.status, approved.text).toBe(200)
    const change = (await owner.get(`/v1/zones/${zone}/changes/${approved.body.change_id}`)).body
    expect(change.author.name).toBe('a guest of Olive Harbour')
    const [event] = (await owner.get('/v1/audit-events?action=proposal.created&limit=1')).body.items
    expect(event.sentence).toMatch(/^Olive Harbour \(by the guest link\) proposed a change/)
  })

  test('piles up no more than twenty open proposals', async () => {
    const guest = await guestOf(cast.as['agency-admin'], { may_propose: true })
    const statuses = []
    for (let n = 0; n < 21; n++) {
      const answer = await guest.post(`/v1/zones/${zone}/proposals`, proposal(`_acme-challenge.pile${n}`))
      statuses.push(answer.status)
    }
    expect(statuses.slice(0, 20).every((status) => status === 201)).toBe(true)
    expect(statuses[20]).toBe(409)
  })
})

describe('it ends at once', () => {
  test('when it is revoked, by its maker or with api_keys.revoke', async () => {
    for (const by of [cast.as['bakery-admin'], owner]) {
      const guest = await guestOf(cast.as['bakery-admin'])
      expect((await guest.get('/v1/guest')).status).toBe(200)
      expect((await cast.as['zone-user'].delete(`/v1/guest-links/${guest.id}`)).status).toBe(404)
      expect((await by.delete(`/v1/guest-links/${guest.id}`)).status).toBe(204)
      const gone = await guest.get('/v1/guest')
      expect(gone.status).toBe(401)
      expect(gone.body.detail).toBe('This link was ended, or never was: ask whoever gave it to you for another.')
    }
  })

  test('when its end comes', async () => {
    const guest = await guestOf(owner)
    await product.database.asSuperuser("update api_key set expires_at = now() - interval '1 ms' where id = $1", [
      guest.id,
    ])
    expect((await guest.get(records())).status).toBe(401)
  })

  test('when its maker loses the records, or goes', async () => {
    const maker = cast.as['bakery-developer']
    const guest = await guestOf(maker)
    expect((await guest.get(records())).status).toBe(200)
    const id = cast.personas['bakery-developer'].id
    const [grant] = (await owner.get(`/v1/grants?subject_id=${id}`)).body.items
    expect((await owner.patch(`/v1/grants/${grant.id}`, { role_id: 'msp.viewer' })).status).toBe(200)
    expect((await guest.get(records())).body.permission).toBe('api.use')
    expect((await owner.patch(`/v1/grants/${grant.id}`, { role_id: 'msp.developer' })).status).toBe(200)
    expect((await guest.get(records())).status).toBe(200)
    expect((await owner.delete(`/v1/grants/${grant.id}`)).status).toBe(204)
    expect((await guest.get(records())).status).toBe(403)
    expect((await guest.get('/v1/guest')).status).toBe(403)
    expect((await owner.delete(`/v1/client-users/${id}`)).status).toBe(204)
    expect((await guest.get(records())).status).toBe(401)
  })
})

describe('making one', () => {
  test('takes the right to make keys, to use the API, and what it passes on', async () => {
    const viewer = await make(cast.as['bakery-viewer'])
    expect([viewer.status, viewer.body.permission]).toEqual([403, 'api_keys.create'])
    const foreign = await make(cast.as['bakery-admin'], { zone_id: cast.zones['clinic.example'] })
    expect(foreign.status).toBe(404)
    const reader = await make(cast.as['zone-user'], { zone_id: cast.zones['harbourpine.example'], may_propose: true })
    expect([reader.status, reader.body.permission]).toEqual([403, 'changes.propose'])
    const key = (await owner.post('/v1/api-keys', { name: 'n', ceiling: { scopes: [{ kind: 'zone', id: zone }] } }))
      .body
    expect((await make(product.withKey(key.token))).status).toBe(403)
  })

  test('names the field that is wrong', async () => {
    const wrong: [object, string][] = [
      [{ ends_at: '2020-01-01T00:00:00Z' }, 'ends_at'],
      [{ ends_at: inDays(91) }, 'ends_at'],
      [{ ends_at: undefined }, 'ends_at'],
      [{ patterns: [] }, 'patterns'],
      [{ patterns: [{ names: ['a..b'] }] }, 'patterns.0.names.0'],
      [{ patterns: [{ names: ['www.bakery.example', 'www.clinic.example'] }] }, 'patterns.0.names.1'],
    ]
    for (const [rest, path] of wrong) {
      const answer = await make(owner, rest)
      expect([answer.status, answer.body.fields?.[0].path], JSON.stringify(rest)).toEqual([422, path])
    }
  })

  test('is listed to its maker without its token, to others with api_keys.manage, and among no keys', async () => {
    const made = (await make(cast.as['bakery-admin'], { note: 'for Ben' })).body
    const own = await cast.as['bakery-admin'].get('/v1/guest-links')
    expect(own.body.items[0]).toMatchObject({ id: made.id, note: 'for Ben', zone: { name: 'bakery.example' } })
    expect(own.text).not.toContain(made.token)
    const all = (await owner.get(`/v1/guest-links?owner=everyone&zone_id=${zone}`)).body.items
    expect(all.map((item: { id: string }) => item.id)).toContain(made.id)
    expect((await cast.as['agency-member'].get('/v1/guest-links?owner=everyone')).status).toBe(403)
    expect((await cast.as['agency-member'].get('/v1/guest-links')).body.items).toEqual([])
    expect((await cast.as['bakery-admin'].get('/v1/api-keys')).text).not.toContain(made.id)
    expect((await cast.as['bakery-admin'].delete(`/v1/api-keys/${made.id}`)).status).toBe(404)
  })
})
