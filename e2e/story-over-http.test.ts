import { verifyAuditFile } from '@zoneward/api/audit-file'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../test/debian.ts'
import { type Caller, type Product, startProduct } from '../test/product.ts'
import { type Agency, inviteAndAccept, makeAgency, must, namesOfZones, password } from './agency.ts'
import { digUntil } from './dig.ts'

// The main story, over HTTP and DNS: an agency shows each client its own zones, and nothing else. The tests build on
// each other in the order they stand.

type Person = { caller: Caller; id: string; link: string }

let product: Product
let agency: Agency
const cast: Record<'admin' | 'developer' | 'viewer' | 'provider' | 'user', Person> = {} as never

beforeAll(async () => {
  product = await startProduct()
  agency = await makeAgency(product)
  const { owner, customers, providers, zones } = agency
  const client = (email: string, name: string, customer_id: string | null, grants: unknown[]) =>
    inviteAndAccept(product, owner, { realm: 'client', email, name, customer_id, grants })
  const atBakery = (role_id: string) => [{ role_id, scope: { kind: 'customer', id: customers.bakery } }]
  cast.admin = await client('anna@bakery.example', 'Anna Admin', customers.bakery, atBakery('msp.client_admin'))
  cast.developer = await client('dev@bakery.example', 'Dana Developer', customers.bakery, atBakery('msp.developer'))
  cast.viewer = await client('vic@bakery.example', 'Vic Viewer', customers.bakery, atBakery('msp.viewer'))
  cast.provider = await client('pat@watching.example', 'Pat Provider', null, [
    { role_id: 'monitoring.client', scope: { kind: 'provider', id: providers.archive } },
  ])
  cast.user = await client('uma@partner.example', 'Uma User', null, [
    { role_id: 'zones.user', scope: { kind: 'organization', id: agency.organizationId } },
    { role_id: 'zones.read_only', scope: { kind: 'zone', id: zones.clinic } },
    { role_id: 'zones.read_write', scope: { kind: 'zone', id: zones.studio } },
  ])
})

afterAll(() => product?.stop())

describe('each sees its own and nothing else', () => {
  test('[S0-1, S0-2] a monitoring Client sees the provider it was given, with all its zones, and no other', async () => {
    const { items } = must(await cast.provider.caller.get('/v1/providers'), 200)
    expect(items.map((provider: { name: string }) => provider.name)).toEqual(['Older customers'])
    expect(await namesOfZones(cast.provider.caller)).toEqual(['harbourpine.example', 'studio.example'])
    expect((await cast.provider.caller.get(`/v1/providers/${agency.providers.main}`)).status).toBe(404)
  })

  test('[S0-3] … and their records', async () => {
    const records = must(await cast.provider.caller.get(`/v1/zones/${agency.zones.studio}/records?limit=1000`), 200)
    expect(records.items.map((record: { type: string }) => record.type)).toContain('SOA')
  })

  test('client users of a customer see its zones', async () => {
    for (const person of [cast.admin, cast.developer, cast.viewer]) {
      expect(await namesOfZones(person.caller)).toEqual(['bakery.example'])
    }
  })

  test('[S3-20] a User sees the zones assigned to it, and its dashboard counts these', async () => {
    expect(await namesOfZones(cast.user.caller)).toEqual(['clinic.example', 'studio.example'])
    expect(must(await cast.user.caller.get('/v1/dashboard'), 200).zones).toBe(2)
  })

  test('[S1-2] ids of another client answer 404, byte for byte like ids that never were', async () => {
    const never = '0190a000-0000-7000-8000-000000000000'
    const { viewer, admin } = cast
    for (const path of ['/v1/zones/ID', '/v1/zones/ID/records', '/v1/zones/ID/changes', '/v1/zones/ID/file']) {
      const foreign = await viewer.caller.get(path.replace('ID', agency.zones.clinic))
      const missing = await viewer.caller.get(path.replace('ID', never))
      expect([foreign.status, foreign.text]).toEqual([404, missing.text])
      const noId = await viewer.caller.get(path.replace('ID', 'nonsense'))
      expect([noId.status, noId.text]).toEqual([404, missing.text])
    }
    const wish = { name: 'x', type: 'A', data: '192.0.2.1' }
    const foreign = await admin.caller.post(`/v1/zones/${agency.zones.clinic}/records`, wish)
    const missing = await admin.caller.post(`/v1/zones/${never}/records`, wish)
    expect([foreign.status, foreign.text]).toEqual([404, missing.text])
  })

  test('[S1-3] client users never see names or addresses of staff', async () => {
    const paths = [
      '/v1/me',
      '/v1/dashboard',
      '/v1/client-users',
      '/v1/invitations',
      '/v1/grants',
      '/v1/activity',
      '/v1/audit-events',
      '/v1/zones',
      `/v1/zones/${agency.zones.bakery}/records`,
      `/v1/zones/${agency.zones.bakery}/changes`,
    ]
    for (const path of paths) {
      const { text } = await cast.admin.caller.get(path)
      expect(`${path} ${text}`).not.toMatch(/Olive|olive@/)
    }
    const history = must(await cast.viewer.caller.get(`/v1/zones/${agency.zones.bakery}/changes`), 200)
    expect(history.items[0].author.name).toBe('your provider')
    expect((await cast.admin.caller.get('/v1/members')).status).toBe(403)
  })
})

describe('each changes what it may', () => {
  const record = (name: string, data: string) => ({ name, type: 'A', ttl: 300, data })

  needs('/usr/bin/dig')(
    '[S1-6] a Client Admin and a Developer add, edit and delete records, and the name server answers',
    async () => {
      for (const [n, person] of [cast.admin, cast.developer].entries()) {
        const path = `/v1/zones/${agency.zones.bakery}/records`
        const name = `made-by-${n}.bakery.example`
        const made = must(await person.caller.post(path, record(name, '192.0.2.77')), 201)
        expect(await digUntil(product.dnsPort, name, 'A', ['192.0.2.77'])).toEqual(['192.0.2.77'])
        must(await person.caller.patch(`${path}/${made.id}`, { data: '192.0.2.78' }), 200)
        expect(await digUntil(product.dnsPort, name, 'A', ['192.0.2.78'])).toEqual(['192.0.2.78'])
        must(await person.caller.delete(`${path}/${made.id}`), 204)
        expect(await digUntil(product.dnsPort, name, 'A', [])).toEqual([])
      }
    },
  )

  test('[S1-6] a Developer changes no DMARC policy, nor a record that would be one', async () => {
    const path = `/v1/zones/${agency.zones.bakery}/records`
    const wishes = [
      { name: '_dmarc.bakery.example', type: 'TXT', data: '"v=DMARC1; p=none"' },
      { name: '*.branch.bakery.example', type: 'TXT', data: '"v=DMARC1; p=none"' },
      { name: '_dmarc.news.bakery.example', type: 'CNAME', data: 'dmarc.example.net.' },
    ]
    for (const wish of wishes) {
      const answer = await cast.developer.caller.post(path, wish)
      expect([answer.status, answer.body.permission]).toEqual([403, 'records.dmarc.write'])
    }
  })

  test('[S0-6] a monitoring Client changes nothing at its provider', async () => {
    const { caller } = cast.provider
    const zone = agency.zones.studio
    const { items } = must(await caller.get(`/v1/zones/${zone}/records`), 200)
    const answers = [
      await caller.post(`/v1/zones/${zone}/records`, record('x.studio.example', '192.0.2.1')),
      await caller.delete(`/v1/zones/${zone}/records/${items.at(-1).id}`),
      await caller.delete(`/v1/zones/${zone}`),
      await caller.patch(`/v1/zones/${zone}`, { customer_id: null }),
      await caller.patch(`/v1/providers/${agency.providers.archive}`, { name: 'Mine' }),
      await caller.delete(`/v1/providers/${agency.providers.archive}`),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403, 403])
  })

  test('[S3-9] a write with read-only access is refused, and the refusal says what is missing and who can give it', async () => {
    const answer = await cast.user.caller.post(
      `/v1/zones/${agency.zones.clinic}/records`,
      record('x.clinic.example', '192.0.2.1'),
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ permission: 'records.write', who_can_give: ['your provider'] })
    const asOwner = await cast.viewer.caller.post(
      `/v1/zones/${agency.zones.bakery}/records`,
      record('x.bakery.example', '192.0.2.1'),
    )
    expect(asOwner.body.who_can_give).toContain('Anna Admin')
  })

  test('[S3-5, S3-6, S3-7] a User with read & write changes no SOA or apex NS, deletes no zone, invites nobody', async () => {
    const { caller } = cast.user
    const zone = agency.zones.studio
    const { items } = must(await caller.get(`/v1/zones/${zone}/records?limit=1000`), 200)
    const protectedRecords = items.filter((one: { protected: boolean }) => one.protected)
    expect(protectedRecords.map((one: { type: string }) => one.type)).toEqual(expect.arrayContaining(['SOA', 'NS']))
    for (const one of protectedRecords) {
      const answer = await caller.patch(`/v1/zones/${zone}/records/${one.id}`, { ttl: 60 })
      expect([answer.status, answer.body.permission]).toEqual([403, 'records.protected.write'])
    }
    expect((await caller.delete(`/v1/zones/${zone}`)).body.permission).toBe('zones.delete')
    const invitation = { realm: 'client', email: 'friend@partner.example', grants: [] }
    expect((await caller.post('/v1/invitations', invitation)).status).toBe(403)
  })

  test('[S3-5] an admin changes SOA and apex NS', async () => {
    const path = `/v1/zones/${agency.zones.studio}/records`
    const { items } = must(await agency.owner.get(`${path}?type=NS`), 200)
    must(await agency.owner.patch(`${path}/${items[0].id}`, { ttl: 7200 }), 200)
  })

  test('[S3-22, S3-16] a record shows who last changed it, and the change says what was before', async () => {
    const path = `/v1/zones/${agency.zones.bakery}`
    const made = must(
      await cast.developer.caller.post(`${path}/records`, record('shown.bakery.example', '192.0.2.90')),
      201,
    )
    must(await cast.admin.caller.patch(`${path}/records/${made.id}`, { data: '192.0.2.91' }), 200)
    const now = must(await agency.owner.get(`${path}/records/${made.id}`), 200)
    expect(now.changed_by.name).toBe('Anna Admin')
    const { items } = must(await agency.owner.get(`${path}/changes/${now.change_id}/entries`), 200)
    const lines = items
      .filter((entry: { type: string }) => entry.type === 'A')
      .map((entry: { sign: string; data: string }) => `${entry.sign}${entry.data}`)
    expect(lines.sort()).toEqual(['+192.0.2.91', '-192.0.2.90'])
  })
})

describe('keys are as narrow as their owner', () => {
  let userKey: Caller
  let keyId: string

  test('[S3-11, S3-15, S3-21] a User makes its own key, which reads and is refused as its owner is', async () => {
    const made = must(await cast.user.caller.post('/v1/api-keys', { name: 'uma’s script' }), 201)
    keyId = made.id
    userKey = product.withKey(made.token)
    expect(await namesOfZones(userKey)).toEqual(['clinic.example', 'studio.example'])
    const reading = `/v1/zones/${agency.zones.clinic}/records`
    const { items } = must(await userKey.get(reading), 200)
    const answers = [
      await userKey.post(reading, { name: 'x', type: 'A', data: '192.0.2.1' }),
      await userKey.patch(`${reading}/${items.at(-1).id}`, { ttl: 60 }),
      await userKey.delete(`${reading}/${items.at(-1).id}`),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403])
    must(
      await userKey.post(`/v1/zones/${agency.zones.studio}/records`, { name: 'key', type: 'A', data: '192.0.2.5' }),
      201,
    )
    expect((await userKey.get(`/v1/zones/${agency.zones.bakery}/records`)).status).toBe(404)
  })

  test('[S3-21] a key of the owner has full access', async () => {
    const made = must(await agency.owner.post('/v1/api-keys', { name: 'everything' }), 201)
    const names = await namesOfZones(product.withKey(made.token))
    expect(names).toEqual(['bakery.example', 'clinic.example', 'harbourpine.example', 'studio.example'])
  })

  test('a key made before its owner was demoted to the pages-only Client stops', async () => {
    const { items } = must(await agency.owner.get(`/v1/grants?subject_id=${cast.user.id}`), 200)
    for (const grant of items) must(await agency.owner.delete(`/v1/grants/${grant.id}`), 204)
    const role = { role_id: 'monitoring.client', scope: { kind: 'provider', id: agency.providers.archive } }
    must(await agency.owner.post('/v1/grants', { subject_id: cast.user.id, ...role }), 201)
    const answer = await userKey.get('/v1/zones')
    expect([answer.status, answer.body.permission]).toEqual([403, 'api.use'])
    expect(await namesOfZones(cast.user.caller)).toEqual(['harbourpine.example', 'studio.example'])
    expect(keyId).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('taking away is immediate', () => {
  test('[S1-19] revoking takes effect on the next request', async () => {
    const { items } = must(await agency.owner.get(`/v1/grants?subject_id=${cast.developer.id}`), 200)
    expect(await namesOfZones(cast.developer.caller)).toEqual(['bakery.example'])
    must(await agency.owner.delete(`/v1/grants/${items[0].id}`), 204)
    expect(await namesOfZones(cast.developer.caller)).toEqual([])
    expect((await cast.developer.caller.get(`/v1/zones/${agency.zones.bakery}`)).status).toBe(404)
  })

  test('[S3-12, S1-19] a removed user’s session and keys stop at once', async () => {
    const key = must(await cast.admin.caller.post('/v1/api-keys', { name: 'anna’s' }), 201)
    const withKey = product.withKey(key.token)
    expect(await namesOfZones(withKey)).toEqual(['bakery.example'])
    must(await agency.owner.delete(`/v1/client-users/${cast.admin.id}`), 204)
    expect((await withKey.get('/v1/zones')).status).toBe(401)
    expect((await cast.admin.caller.get('/v1/zones')).status).toBe(401)
  })

  test('[S1-18] an invitation’s link works once', async () => {
    const again = await product.nobody.post('/v1/acceptances', {
      token: cast.viewer.link.split('#')[1],
      name: 'Somebody else',
      password,
    })
    expect(again.status).toBeGreaterThanOrEqual(400)
  })
})

describe('the edges of the API', () => {
  test('a path asked with a method it does not have is 405, and says which it has', async () => {
    const answer = await agency.owner.delete('/v1/zones')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD'])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect((await agency.owner.get('/v1/nothing')).status).toBe(404)
  })

  test('a text longer than a string of TXT can be is cut into several', async () => {
    const path = `/v1/zones/${agency.zones.bakery}/records`
    const wish = { name: 'long._domainkey.bakery.example', type: 'TXT', data: `"v=DKIM1; p=${'A'.repeat(400)}"` }
    const made = must(await agency.owner.post(path, wish), 201)
    expect(made.data).toBe(`"v=DKIM1; p=${'A'.repeat(244)}" "${'A'.repeat(156)}"`)
  })

  test('a new zone that is not answered says why', async () => {
    const twin = must(
      await agency.owner.post('/v1/zones', { name: 'bakery.example', provider_id: agency.providers.archive }),
      201,
    )
    expect([twin.served, twin.warnings[0]]).toEqual([false, expect.stringContaining('not answered')])
  })
})

describe('the audit log shows it all', () => {
  test('[X-12] its export verifies offline, and no longer after one byte is changed', async () => {
    const { text } = await agency.owner.get('/v1/audit-events/export')
    const actions = text.split('\n').flatMap((line) => /\\"action\\":\\"([a-z_.]+)\\"/.exec(line)?.[1] ?? [])
    expect(actions).toEqual(
      expect.arrayContaining([
        'organization.created',
        'zone.created',
        'invitation.created',
        'invitation.accepted',
        'zone.changed',
        'api_key.created',
        'grant.revoked',
        'client_user.removed',
      ]),
    )
    expect(verifyAuditFile(text).ok).toBe(true)
    const place = text.indexOf('Dana Developer')
    expect(place).toBeGreaterThan(0)
    expect(verifyAuditFile(`${text.slice(0, place)}d${text.slice(place + 1)}`).ok).toBe(false)
  })

  test('[S1-10] a client user’s own activity is its own actions only', async () => {
    const { items } = must(await cast.viewer.caller.get('/v1/activity'), 200)
    expect(items.length).toBeGreaterThan(0)
    expect(new Set(items.map((event: { actor: { id: string } }) => event.actor.id))).toEqual(new Set([cast.viewer.id]))
  })
})
