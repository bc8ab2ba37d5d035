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

async function keyOf(caller: Caller, body: object): Promise<Caller & { id: string }> {
  const made = await caller.post('/v1/api-keys', { name: 'a key', ...body })
  if (made.status !== 201) throw new Error(made.text)
  return { ...product.withKey(made.body.token), id: made.body.id }
}
const records = (zone: string) => `/v1/zones/${cast.zones[zone]}/records`
const text = (name: string) => ({ name, type: 'TXT', data: '"x"' })
const lastUsed = (id: string, ago: string) =>
  product.database.asSuperuser(`update api_key set last_used_at = now() - $2::interval where id = $1`, [id, ago])
const access = (caller: Caller, id: string, query = '') => caller.get(`/v1/api-keys/${id}/access${query}`)

describe('a key', () => {
  test('[S3-14] ends by itself, and is limited to permissions and to chosen record names', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const ceiling = {
      permissions: ['api.use', 'zones.view', 'records.view', 'records.write'],
      patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
    }
    const key = await keyOf(cast.as['zone-user'], { ceiling, expires_at: soon })
    expect((await key.post(records('studio.example'), text('_acme-challenge'))).status).toBe(201)
    const other = await key.post(records('studio.example'), text('www'))
    expect([other.status, other.body.permission]).toEqual([403, 'records.write'])
    expect(other.body.nearest).toContain('The API key was made for other records.')
    const seen = (await key.get(records('studio.example'))).body.items
    expect(seen.every((item: { owner: string }) => item.owner.startsWith('_acme-challenge'))).toBe(true)
    const reader = await keyOf(cast.as['zone-user'], { ceiling: { permissions: ['zones.view', 'records.view'] } })
    expect((await reader.get(records('studio.example'))).status).toBe(200)
    const refused = await reader.post(records('studio.example'), text('_acme-challenge.w'))
    expect(refused.body.nearest).toContain('The API key was made without this permission.')
    await product.database.asSuperuser('update api_key set expires_at = now() where id = $1', [key.id])
    const ended = await key.get(records('studio.example'))
    expect([ended.status, ended.body.detail]).toEqual([401, 'This API key was revoked, has ended, or never was.'])
  })

  test('[S0-13] of somebody who was made a Client opens nothing any more, from the next request on', async () => {
    const mara = cast.personas['agency-member']
    const key = cast.key('agency-member')
    expect((await key.get('/v1/me')).status).toBe(200)
    const grants = (await owner.get(`/v1/grants?subject_id=${mara.id}`)).body.items
    for (const { id } of grants) expect((await owner.delete(`/v1/grants/${id}`)).status).toBe(204)
    const scope = { kind: 'provider', id: cast.providers['Harbour DNS'] }
    const given = await owner.post('/v1/grants', { subject_id: mara.id, role_id: 'monitoring.client', scope })
    expect(given.status, given.text).toBe(201)
    expect((await cast.as['agency-member'].get(records('bakery.example'))).status).toBe(200)
    for (const path of ['/v1/me', '/v1/zones', records('bakery.example'), '/v1/api-keys']) {
      const answer = await key.get(path)
      expect([path, answer.status, answer.body.permission]).toEqual([path, 403, 'api.use'])
    }
  })

  test('that was not used for its days has stopped, by the database’s clock, and says so', async () => {
    const key = await keyOf(owner, { ceiling: { idle_days: 30 } })
    expect((await key.get('/v1/me')).status).toBe(200)
    await lastUsed(key.id, '29 days 23 hours')
    expect((await key.get('/v1/me')).status, 'used again in time').toBe(200)
    await lastUsed(key.id, '30 days')
    const stopped = await key.get('/v1/me')
    expect(stopped.status).toBe(401)
    expect(stopped.body.detail).toBe('This API key was not used for 30 days and has stopped: make a new one.')
    expect((await key.get('/v1/me')).status, 'asking does not wake it').toBe(401)
    const never = await keyOf(owner, { ceiling: { idle_days: 1 } })
    await product.database.asSuperuser("update api_key set created_at = now() - interval '1 day' where id = $1", [
      never.id,
    ])
    expect((await never.get('/v1/me')).status, 'never used').toBe(401)
    for (const idle_days of [0, 366, 1.5]) {
      const wrong = await owner.post('/v1/api-keys', { name: 'x', ceiling: { idle_days } })
      expect([wrong.status, wrong.body.fields[0].path]).toEqual([422, 'ceiling.idle_days'])
    }
  })

  test('names a pattern that lies in none of its zones', async () => {
    const scopes = ['studio.example', 'clinic.example'].map((zone) => ({ kind: 'zone', id: cast.zones[zone] }))
    const patterns = [{ names: ['_acme-challenge.**', 'www.clinic.example', 'www.bakery.example'] }]
    const wrong = await owner.post('/v1/api-keys', { name: 'x', ceiling: { scopes, patterns } })
    expect([wrong.status, wrong.body.fields]).toEqual([
      422,
      [
        {
          path: 'ceiling.patterns.0.names.2',
          message:
            '"www.bakery.example" lies in none of the zones that the key is for: studio.example, clinic.example.',
        },
      ],
    ])
  })

  test('is bound to a hosting as to any other scope', async () => {
    const hosting = await owner.post('/v1/hostings', {
      customer_id: cast.customers['Bakery'],
      name: 'Shop',
      place: 'a',
    })
    const scopes = [{ kind: 'hosting', id: hosting.body.id }]
    const key = await keyOf(owner, { ceiling: { scopes } })
    expect((await key.get(records('bakery.example'))).status).toBe(404)
    expect((await key.get(`/v1/hostings/${hosting.body.id}`)).status).toBe(200)
    expect((await access(owner, key.id)).body.items.map((item: { scope: object }) => item.scope)).toEqual([
      { kind: 'hosting', id: hosting.body.id, name: 'Shop' },
    ])
    const foreign = await cast.as['clinic-viewer'].post('/v1/api-keys', { name: 'x', ceiling: { scopes } })
    expect(foreign.status).not.toBe(201)
  })
})

describe('what a key can do now', () => {
  test('is its owner’s rights within its ceiling, place by place, with records and end', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString()
    const ceiling = { permissions: ['zones.view', 'records.view', 'records.write'], networks: ['127.0.0.0/8'] }
    const key = await keyOf(cast.as['zone-user'], { ceiling: { ...ceiling, idle_days: 3 }, expires_at: until })
    const answer = await access(cast.as['zone-user'], key.id)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ usable: true, ends_at: until, networks: ['127.0.0.0/8'], next: null })
    expect(Date.parse(answer.body.idle_until)).toBeGreaterThan(Date.now() + 2.9 * 86_400_000)
    const byZone = new Map<string, string[]>(
      answer.body.items.map((item: { scope: { name: string }; holdings: { permissions: string[] }[] }) => [
        item.scope.name,
        item.holdings.flatMap((held) => held.permissions).sort(),
      ]),
    )
    expect(byZone.get('studio.example')).toEqual(['records.view', 'records.write', 'zones.view'])
    expect(byZone.get('harbourpine.example')).toEqual(['records.view', 'zones.view'])
    expect(answer.body.items[0].holdings[0]).toMatchObject({ patterns: null, until, review_required: false })
  })

  test('follows the grants of its owner, with their patterns, ends and review, and agrees with what it may do', async () => {
    const user = cast.personas['zone-user']
    const key = await keyOf(cast.as['zone-user'], {})
    const ends_at = new Date(Date.now() + 60_000).toISOString()
    const granted = await owner.post('/v1/grants', {
      ...{
        subject_id: user.id,
        role_id: 'zones.read_write',
        scope: { kind: 'zone', id: cast.zones['bakery.example'] },
      },
      ...{ patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }], ends_at, review_required: true },
    })
    const at = async () =>
      (await access(owner, key.id)).body.items.find(
        (item: { scope: { name: string } }) => item.scope.name === 'bakery.example',
      )
    const limits = { patterns: ['_acme-challenge.** TXT'], until: ends_at }
    const writes = ['records.write', 'records.dmarc.write', 'changes.propose']
    const { holdings } = await at()
    expect(holdings).toContainEqual({ permissions: ['zones.view', 'records.view'], ...limits, review_required: false })
    expect(holdings).toContainEqual({ permissions: writes, ...limits, review_required: true })
    expect((await key.post(records('bakery.example'), text('_acme-challenge.shop'))).status).toBe(202)
    expect((await owner.delete(`/v1/grants/${granted.body.id}`)).status).toBe(204)
    expect(await at()).toBeUndefined()
  })

  test('comes in pages', async () => {
    const key = await keyOf(cast.as['zone-user'], {})
    const whole = (await access(owner, key.id)).body.items
    expect(whole.length).toBeGreaterThan(1)
    const paged = []
    for (let cursor = ''; ; ) {
      const { items, next } = (await access(owner, key.id, `?limit=1${cursor}`)).body
      paged.push(...items)
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    expect(paged).toEqual(whole)
  })

  test('is nothing where it has stopped, or its owner may not use the API, and says why', async () => {
    const key = await keyOf(owner, { ceiling: { idle_days: 1 } })
    await lastUsed(key.id, '2 days')
    expect((await access(owner, key.id)).body).toMatchObject({
      usable: false,
      sentence: 'It was not used for too long and has stopped: no request by it is answered.',
      items: [],
    })
  })

  test('is for its owner, and for whoever has api_keys.manage', async () => {
    const key = await keyOf(owner, {})
    const other = await access(cast.as['bakery-admin'], key.id)
    expect(other.status).toBe(404)
    expect(other.text).toBe((await access(cast.as['bakery-admin'], '01a20077-0000-7000-8000-000000000000')).text)
    const theirs = await keyOf(cast.as['bakery-admin'], {})
    expect((await access(cast.as['bakery-admin'], theirs.id)).status).toBe(200)
    expect((await access(owner, theirs.id)).status).toBe(200)
  })
})
