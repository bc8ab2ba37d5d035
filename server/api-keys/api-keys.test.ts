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

const zoneNames = async (caller: Caller) =>
  (await caller.get('/v1/zones')).body.items.map((zone: { name: string }) => zone.name).sort()
const records = (zone: string) => `/v1/zones/${cast.zones[zone]}/records`
const note = (zone: string, name: string) => ({ name: `${name}.${zone}`, type: 'TXT', data: '"hello"' })

async function keyOf(caller: Caller, body: object): Promise<Caller> {
  const made = await caller.post('/v1/api-keys', { name: 'a key', ...body })
  if (made.status !== 201) throw new Error(made.text)
  return product.withKey(made.body.token)
}

describe('whose rights a key has', () => {
  test('[S3-11] its user’s, live: a grant that is added counts at once, one that is taken away no longer does', async () => {
    const key = cast.key('zone-user')
    expect(await zoneNames(key)).toEqual(['harbourpine.example', 'studio.example'])
    const granted = await owner.post('/v1/grants', {
      subject_id: cast.personas['zone-user'].id,
      role_id: 'zones.read_only',
      scope: { kind: 'zone', id: cast.zones['2.0.192.in-addr.arpa'] },
    })
    expect(granted.status, granted.text).toBe(201)
    expect(await zoneNames(key)).toEqual(['2.0.192.in-addr.arpa', 'harbourpine.example', 'studio.example'])
    expect((await owner.delete(`/v1/grants/${granted.body.id}`)).status).toBe(204)
    expect(await zoneNames(key)).toEqual(['harbourpine.example', 'studio.example'])
  })

  test('[S3-21] a user makes keys of its own, which write where it writes and read where it reads', async () => {
    const key = await keyOf(cast.as['zone-user'], {})
    expect((await key.post(records('studio.example'), note('studio.example', 'from-key'))).status).toBe(201)
    const refused = await key.post(records('harbourpine.example'), note('harbourpine.example', 'from-key'))
    expect(refused.status).toBe(403)
    expect(refused.body.permission).toBe('records.write')
    expect((await key.get(records('bakery.example'))).status).toBe(404)
  })

  test('[S3-21] an administrator’s key has full access', async () => {
    const key = await keyOf(owner, {})
    const [mine, its] = [(await owner.get('/v1/me')).body, (await key.get('/v1/me')).body]
    expect(its.permissions).toEqual(mine.permissions)
    expect(its.session.kind).toBe('api_key')
    expect((await key.get('/v1/members')).status).toBe(200)
    expect((await key.post('/v1/providers', { name: 'Made by key' })).status).toBe(201)
  })

  test('[S0-12] a monitoring Client makes no key', async () => {
    const client = cast.as['provider-client']
    expect((await client.get('/v1/zones')).body.items.length).toBeGreaterThan(0)
    const answer = await client.post('/v1/api-keys', { name: 'mine' })
    expect(answer.status).toBe(403)
    expect(answer.body.permission).toBe('api_keys.create')
  })

  test('a key that was made before a demotion has only what is left', async () => {
    const developer = cast.personas['bakery-developer']
    const key = cast.key('bakery-developer')
    const write = () => key.post(records('bakery.example'), note('bakery.example', `at-${Date.now()}`))
    expect((await write()).status).toBe(201)
    const [grant] = (await owner.get(`/v1/grants?subject_id=${developer.id}`)).body.items
    expect((await owner.patch(`/v1/grants/${grant.id}`, { role_id: 'msp.viewer' })).status).toBe(200)
    const after = await write()
    expect(after.status).toBe(403)
    expect(after.body.permission).toBe('api.use')
  })
})

describe('a ceiling', () => {
  test('only takes away: permissions, zones, records, networks', async () => {
    const studio = { kind: 'zone', id: cast.zones['studio.example'] }
    const acme = await keyOf(owner, {
      ceiling: {
        permissions: ['zones.view', 'records.view', 'records.write', 'api.use'],
        scopes: [studio],
        patterns: [{ names: ['_acme-challenge.**'], types: ['TXT'] }],
      },
    })
    expect(await zoneNames(acme)).toEqual(['studio.example'])
    expect((await acme.post(records('studio.example'), note('studio.example', '_acme-challenge'))).status).toBe(201)
    expect((await acme.post(records('studio.example'), note('studio.example', 'www2'))).status).toBe(403)
    expect((await acme.get(records('bakery.example'))).status).toBe(404)
    const away = await keyOf(owner, { ceiling: { networks: ['192.0.2.0/24'] } })
    expect((await away.get('/v1/zones')).body.detail).toMatch(/from this address/)
    const here = await keyOf(owner, { ceiling: { networks: ['127.0.0.0/8'] } })
    expect((await zoneNames(here)).length).toBe(6)
  })

  test('is checked, and every wrong field is named', async () => {
    const answer = await owner.post('/v1/api-keys', {
      name: 'wrong',
      expires_at: '2020-01-01T00:00:00Z',
      ceiling: {
        permissions: ['zones.view', 'zones.fly'],
        scopes: [{ kind: 'zone', id: '01a20077-0000-7000-8000-000000000000' }],
        patterns: [{ names: ['a..b'] }],
        networks: ['192.0.2.0/33'],
      },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.fields.map((field: { path: string }) => field.path)).toEqual([
      'ceiling.permissions.1',
      'ceiling.scopes.0',
      'ceiling.patterns.0.names.0',
      'ceiling.networks.0',
      'expires_at',
    ])
  })

  test('a zone that the owner cannot see is no scope of its key, and answers as one that never was', async () => {
    const make = (id: string | undefined) =>
      cast.as['zone-user'].post('/v1/api-keys', { name: 'x', ceiling: { scopes: [{ kind: 'zone', id }] } })
    const foreign = await make(cast.zones['bakery.example'])
    expect(foreign.status).toBe(422)
    expect(foreign.text).toBe((await make('01a20077-0000-7000-8000-000000000000')).text)
  })

  test('a narrowed key makes no keys and ends no others; one that ends makes none that lives longer', async () => {
    const narrow = await keyOf(owner, { ceiling: { permissions: ['api.use', 'zones.view'] } })
    expect((await narrow.post('/v1/api-keys', { name: 'wider' })).status).toBe(403)
    const other = (await owner.post('/v1/api-keys', { name: 'other' })).body
    expect((await narrow.delete(`/v1/api-keys/${other.id}`)).status).toBe(403)
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const short = await keyOf(owner, { expires_at: soon })
    expect((await short.post('/v1/api-keys', { name: 'for ever' })).status).toBe(403)
    expect((await short.post('/v1/api-keys', { name: 'as long', expires_at: soon })).status).toBe(201)
  })

  test('a key that has ended is no key', async () => {
    const made = await owner.post('/v1/api-keys', {
      name: 'short',
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    })
    const key = product.withKey(made.body.token)
    expect((await key.get('/v1/me')).status).toBe(200)
    await product.database.asSuperuser("update api_key set expires_at = now() - interval '1 ms' where id = $1", [
      made.body.id,
    ])
    expect((await key.get('/v1/me')).status).toBe(401)
  })
})

describe('the list of keys', () => {
  test('shows the token in the answer that made it only, and when and from where it was last used', async () => {
    const made = await owner.post('/v1/api-keys', { name: 'watched' })
    expect(made.body.token).toMatch(/^zw_key_[0-9A-Za-z]{49}$/)
    await product.withKey(made.body.token).get('/v1/me')
    const list = await owner.get('/v1/api-keys')
    expect(list.text).not.toContain(made.body.token)
    const shown = list.body.items.find((item: { id: string }) => item.id === made.body.id)
    expect(shown).toMatchObject({ name: 'watched', last_used_from: '127.0.0.1', owner: { name: 'Olive Harbour' } })
    expect(Date.parse(shown.last_used_at)).toBeGreaterThan(Date.now() - 60_000)
  })

  test('everyone’s needs api_keys.manage', async () => {
    const all = await owner.get('/v1/api-keys?owner=everyone&limit=1000')
    const owners = new Set(all.body.items.map((item: { owner: { name: string } }) => item.owner.name))
    expect(owners.has('Zoe Fjell') && owners.has('Mara Quay')).toBe(true)
    expect((await cast.as['agency-member'].get('/v1/api-keys?owner=everyone')).status).toBe(403)
  })

  test('one’s own key is ended by oneself, another’s with api_keys.revoke, and is else as none', async () => {
    const made = (await cast.as['bakery-admin'].post('/v1/api-keys', { name: 'bread' })).body
    const zoe = cast.as['zone-user']
    const foreign = await zoe.delete(`/v1/api-keys/${made.id}`)
    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe((await zoe.delete('/v1/api-keys/01a20077-0000-7000-8000-000000000000')).text)
    expect((await owner.delete(`/v1/api-keys/${made.id}`)).status).toBe(204)
    expect((await product.withKey(made.token).get('/v1/me')).status).toBe(401)
    const own = (await zoe.post('/v1/api-keys', { name: 'mine' })).body
    expect((await zoe.delete(`/v1/api-keys/${own.id}`)).status).toBe(204)
    expect((await product.withKey(own.token).get('/v1/me')).status).toBe(401)
  })

  test('a key has no session and no password', async () => {
    const key = cast.key('agency-owner')
    expect((await key.delete('/v1/sessions/current')).status).toBe(409)
    const { password } = cast.personas['agency-owner']
    const change = await key.put('/v1/me/password', { current: password, password: 'nine green boats at dawn' })
    expect(change.status).toBe(403)
  })
})
