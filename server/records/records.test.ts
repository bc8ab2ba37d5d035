import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../../test/debian.ts'
import { type Caller, type Product, startProduct } from '../../test/product.ts'
import type { Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'
import { dig, digProgram } from '../zones/testing/dig.ts'
import { type FilledAgency, fillAgency } from '../zones/testing/fill-agency.ts'

let product: Product
let agency: FilledAgency
let name: string
let zone: string

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
  name = agency.name('shop')
  zone = (await agency.makeZone({ name, customer_id: agency.customers.bakery })).id
  await agency.grant('zoneUser', 'zones.read_only', { kind: 'zone', id: zone })
})
afterAll(() => product.stop())

const path = (id?: string) => `/v1/zones/${zone}/records${id ? `/${id}` : ''}`
const add = (by: Caller, body: object) => by.post(path(), body)
const find = async (owner: string, type: string) =>
  (await agency.as.owner.get(`${path()}?name=${encodeURIComponent(owner)}&type=${type}`)).body.items
const serial = async () => (await agency.as.owner.get(`/v1/zones/${zone}`)).body.serial

describe('writing', () => {
  test('a record is added, read, changed and deleted; each time the serial moves', async () => {
    const before = await serial()
    const made = await add(agency.as.owner, { name: 'www', type: 'a', data: '192.0.2.1', ttl: 300 })
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({
      name: `www.${name}`,
      owner: 'www',
      type: 'A',
      ttl: 300,
      data: '192.0.2.1',
      serial: before + 1,
    })
    expect(made.headers.get('etag')).toBe(`"${before + 1}"`)
    const changed = await agency.as.owner.patch(path(made.body.id), { data: '192.0.2.9' })
    expect(changed.body).toMatchObject({ id: made.body.id, data: '192.0.2.9', ttl: 300, serial: before + 2 })
    expect((await agency.as.owner.get(path(made.body.id))).body.data).toBe('192.0.2.9')
    expect((await agency.as.owner.delete(path(made.body.id))).status).toBe(204)
    expect((await agency.as.owner.get(path(made.body.id))).status).toBe(404)
    expect(await serial()).toBe(before + 3)
  })

  test.each([
    ['www2', 'www2'],
    ['www3.ZONE', 'www3'],
    ['www4.ZONE.', 'www4'],
    ['@', '@'],
    ['ZONE', '@'],
    ['bücher', 'xn--bcher-kva'],
    ['a\\.b', 'a\\.b'],
    ['*', '*'],
  ])('the name %s is %s', async (written, owner) => {
    const made = await add(agency.as.owner, { name: written.replace('ZONE', name), type: 'TXT', data: `"${written}"` })
    expect(made.body.owner, made.text).toBe(owner)
  })

  test.each([
    [{ name: 'x', type: 'A', data: '192.0.2.256' }, 'data', /expected an IPv4 address/],
    [{ name: 'x', type: 'NOPE', data: 'y' }, 'type', /"NOPE" is no type/],
    [{ name: 'x', type: 'AXFR', data: 'y' }, 'type', /"AXFR" is no type/],
    [{ name: 'x.elsewhere.test.', type: 'A', data: '192.0.2.1' }, 'name', /does not lie in the zone/],
    [{ name: 'a..b', type: 'A', data: '192.0.2.1' }, 'name', /empty label/],
  ])('what is wrong is said at its field: %j', async (body, field, message) => {
    const answer = await add(agency.as.owner, body)
    expect(answer.status).toBe(422)
    expect(answer.body.fields).toEqual([{ path: field, message: expect.stringMatching(message) }])
  })

  test('what cannot stand together is refused before it is saved', async () => {
    await add(agency.as.owner, { name: 'taken', type: 'A', data: '192.0.2.1' })
    const alias = await add(agency.as.owner, { name: 'taken', type: 'CNAME', data: 'www' })
    expect([alias.status, alias.body.detail]).toEqual([409, 'Cannot add CNAME at "taken": an A record already exists'])
    await add(agency.as.owner, { name: 'below.branch', type: 'A', data: '192.0.2.1' })
    const redirect = await add(agency.as.owner, { name: 'branch', type: 'DNAME', data: 'elsewhere.test.' })
    expect(redirect.body.detail).toBe('Cannot add DNAME at "branch": there are records below it, at "below.branch"')
    const twice = await add(agency.as.owner, { name: 'taken', type: 'A', data: '192.0.2.1' })
    expect(twice.body.detail).toMatch(/same record already exists/)
    const [soa] = await find('@', 'SOA')
    expect((await agency.as.owner.delete(path(soa.id))).body.detail).toMatch(/no SOA record/)
  })

  test('a TTL holds for the whole set', async () => {
    await add(agency.as.owner, { name: 'set', type: 'A', data: '192.0.2.1', ttl: 300 })
    const second = await add(agency.as.owner, { name: 'set', type: 'A', data: '192.0.2.2', ttl: 300 })
    await agency.as.owner.patch(path(second.body.id), { ttl: 60 })
    expect((await find('set', 'A')).map((item: { ttl: number }) => item.ttl)).toEqual([60, 60])
  })

  test('an Idempotency-Key makes a repetition answer the same, and write once', async () => {
    const key = { 'idempotency-key': newId() }
    const body = { name: 'once', type: 'A', data: '192.0.2.1' }
    const first = await agency.as.owner.post(path(), body, key)
    const second = await agency.as.owner.post(path(), body, key)
    expect([second.status, second.body]).toEqual([201, first.body])
    expect(await find('once', 'A')).toHaveLength(1)
    const together = { 'idempotency-key': newId() }
    const send = () => agency.as.owner.post(path(), { ...body, name: 'together' }, together)
    const answers = await Promise.all([send(), send(), send(), send()])
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toHaveLength(1)
    expect(answers[0]?.status).toBe(201)
  })
})

describe('who may', () => {
  test('[S3-9] a write with read-only access is 403 with the permission that is missing, and changes nothing', async () => {
    const [record] = await find('ns1', 'A')
    const before = await serial()
    const answers = [
      await add(agency.as.zoneUser, { name: 'x', type: 'A', data: '192.0.2.1' }),
      await agency.as.zoneUser.patch(path(record.id), { data: '192.0.2.1' }),
      await agency.as.zoneUser.patch(path(record.id), { data: record.data }),
      await agency.as.zoneUser.delete(path(record.id)),
    ]
    for (const { status, body } of answers) expect([status, body.permission]).toEqual([403, 'records.write'])
    expect(await serial()).toBe(before)
  })

  test('[S3-15] a key lists records with Authorization: Bearer; that of a read-only user is refused every write', async () => {
    const key = await agency.keyOf('zoneUser')
    const listed = await key.get(path())
    expect(listed.status, listed.text).toBe(200)
    expect(listed.body.items.length).toBeGreaterThan(2)
    const { id } = listed.body.items[0]
    const body = { name: 'x', type: 'A', data: '192.0.2.1' }
    const codes = [await key.post(path(), body), await key.patch(path(id), body), await key.delete(path(id))]
    expect(codes.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  test('[S3-5] a user with read & write cannot change SOA or apex NS; an admin does', async () => {
    await agency.grant('zoneUser', 'zones.read_write', { kind: 'zone', id: zone })
    const ordinary = await add(agency.as.zoneUser, { name: 'mine', type: 'A', data: '192.0.2.7' })
    expect(ordinary.status, ordinary.text).toBe(201)
    const [[soa], [ns]] = [await find('@', 'SOA'), await find('@', 'NS')]
    const tries = [
      await agency.as.zoneUser.patch(path(soa.id), { data: soa.data.replace('7200', '3600') }),
      await agency.as.zoneUser.delete(path(ns.id)),
      await add(agency.as.zoneUser, { name: '@', type: 'NS', data: 'ns.evil.test.' }),
      await add(agency.as.zoneUser, { name: '@', type: 'TYPE2', data: 'ns.evil.test.' }),
      // Turning an ordinary record into a protected one is a write of both.
      await agency.as.zoneUser.patch(path(ordinary.body.id), { name: '@', type: 'NS', data: 'ns.evil.test.' }),
    ]
    for (const { status, body } of tries) expect([status, body.permission]).toEqual([403, 'records.protected.write'])
    expect(tries[0]?.body.detail).toContain('write SOA and the NS records of the apex')
    const changed = await agency.as.owner.patch(path(soa.id), { data: soa.data.replace('7200', '3600') })
    expect(changed.status, changed.text).toBe(200)
    expect(changed.body.data).toContain(' 3600 ')
  })

  test('[S1-6] a Developer writes records, but no DMARC policy, nor what would hide one', async () => {
    const made = await add(agency.as.bakeryDeveloper, { name: 'dev', type: 'A', data: '192.0.2.3' })
    expect(made.status, made.text).toBe(201)
    const changed = await agency.as.bakeryDeveloper.patch(path(made.body.id), { data: '192.0.2.4' })
    const deleted = await agency.as.bakeryDeveloper.delete(path(made.body.id))
    expect([changed.status, deleted.status]).toEqual([200, 204])
    const policies = [
      { name: '_dmarc', type: 'TXT', data: '"v=DMARC1; p=none"' },
      { name: '_DMARC.sub', type: 'CNAME', data: 'x' },
      { name: '*', type: 'TXT', data: '"v=DMARC1; p=none"' },
      { name: 'sub', type: 'NS', data: 'ns.evil.test.' },
    ]
    for (const policy of policies) {
      const { status, body } = await add(agency.as.bakeryDeveloper, policy)
      expect([status, body.permission]).toEqual([403, 'records.dmarc.write'])
    }
    expect((await add(agency.as.bakeryAdmin, { name: '_dmarc', type: 'TXT', data: '"v=DMARC1; p=none"' })).status).toBe(
      201,
    )
  })

  test('[S1-2] zones and records of another customer answer as ids that never were', async () => {
    const [record] = await find('ns1', 'A')
    const never = newId()
    const same = async (who: Persona, real: string, unreal: string) => {
      const [a, b] = [await agency.as[who].get(real), await agency.as[who].get(unreal)]
      expect([a.status, a.text]).toEqual([404, b.text])
    }
    for (const who of ['clinicAdmin', 'clinicViewer', 'outsider', 'member'] as const) {
      await same(who, `/v1/zones/${zone}`, `/v1/zones/${never}`)
      await same(who, path(), `/v1/zones/${never}/records`)
      await same(who, path(record.id), `/v1/zones/${never}/records/${never}`)
      await same(who, `/v1/zones/${zone}/changes`, `/v1/zones/${never}/changes`)
      await same(who, `/v1/zones/${zone}/file`, `/v1/zones/${never}/file`)
    }
    const write = await agency.as.clinicAdmin.delete(path(record.id))
    expect(write.text).toBe((await agency.as.clinicAdmin.delete(`/v1/zones/${never}/records/${never}`)).text)
  })
})

describe('who changed it', () => {
  test('[S3-22] each record shows who last changed it, and when', async () => {
    const made = await add(agency.as.bakeryAdmin, { name: 'told', type: 'A', data: '192.0.2.1' })
    expect(made.body.changed_by, made.text).toEqual({ id: agency.ids.bakeryAdmin, name: 'Bella Baker' })
    const changed = await agency.as.owner.patch(path(made.body.id), { data: '192.0.2.2' })
    expect(changed.body.changed_by).toEqual({ id: agency.ids.owner, name: 'Olga Owner' })
    expect(Date.now() - Date.parse(changed.body.changed_at)).toBeLessThan(60_000)
    // The SOA whose serial moves with every change is still of whoever wrote it.
    expect((await agency.as.owner.get(path(made.body.id))).body.change_id).toBe(changed.body.change_id)
  })

  test('a client user sees colleagues by name, and of staff "your provider" only', async () => {
    const made = await add(agency.as.bakeryAdmin, { name: 'both', type: 'A', data: '192.0.2.1' })
    const seen = async () => (await agency.as.bakeryViewer.get(path(made.body.id))).body.changed_by
    expect(await seen()).toEqual({ id: agency.ids.bakeryAdmin, name: 'Bella Baker' })
    await agency.as.owner.patch(path(made.body.id), { data: '192.0.2.2' })
    expect(await seen()).toEqual({ id: null, name: 'your provider' })
  })
})

needs(digProgram)('the name that was judged is the name on the wire: an escaped dot is part of its label', async () => {
  await add(agency.as.owner, { name: 'a\\.wire', type: 'TXT', data: '"one label"' })
  await expect.poll(() => dig(product.dnsPort, `a\\.wire.${name}`, 'TXT')).toEqual(['"one label"'])
  expect(await dig(product.dnsPort, `a.wire.${name}`, 'TXT')).not.toContain('"one label"')
})
