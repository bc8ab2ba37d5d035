import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needs } from '../../test/debian.ts'
import { type Product, startProduct } from '../../test/product.ts'
import { dig, digProgram } from '../zones/testing/dig.ts'
import { type FilledAgency, fillAgency } from '../zones/testing/fill-agency.ts'

let product: Product
let agency: FilledAgency
let zone: string
let name: string

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
  name = agency.name('changed')
  zone = (await agency.makeZone({ name, customer_id: agency.customers.bakery })).id
})
afterAll(() => product.stop())

const changes = (id?: string) => `/v1/zones/${zone}/changes${id ? `/${id}` : ''}`
const apply = (operations: object[], more: object = {}, headers = {}) =>
  agency.as.owner.post(changes(), { operations, ...more }, headers)
const create = (owner: string, data: string, type = 'A', ttl = 3600) => ({ op: 'create', name: owner, type, data, ttl })
const records = async (owner: string) =>
  (await agency.as.owner.get(`/v1/zones/${zone}/records?name=${owner}`)).body.items as {
    id: string
    data: string
    ttl: number
  }[]
const serial = async () => (await agency.as.owner.get(`/v1/zones/${zone}`)).body.serial as number

describe('several edits as one change', () => {
  test('are applied all at once, with one serial and one entry in the history', async () => {
    const before = await serial()
    const made = await apply([create('a', '192.0.2.1'), create('b', '192.0.2.2')], { comment: 'two hosts' })
    expect(made.status, made.text).toBe(201)
    expect(made.body.serial).toBe(before + 1)
    expect(made.body.change).toMatchObject({
      comment: 'two hosts',
      source: 'console',
      added: 2,
      removed: 0,
      serial_before: before,
    })
    const [a, b] = [await records('a'), await records('b')]
    const next = await apply([
      { op: 'delete', record_id: a[0]?.id },
      { op: 'update', record_id: b[0]?.id, name: 'a' },
      create('c', '192.0.2.3'),
    ])
    expect(
      next.body.difference.lines.map(
        (line: Record<string, unknown>) => `${line['sign']} ${line['name']} ${line['data']}`,
      ),
    ).toEqual([`- a.${name} 192.0.2.1`, `+ a.${name} 192.0.2.2`, `- b.${name} 192.0.2.2`, `+ c.${name} 192.0.2.3`])
  })

  test('are none of them applied when one is wrong, and the one is named', async () => {
    const before = await serial()
    const wrong = await apply([create('d', '192.0.2.1'), create('e', 'not an address')])
    expect([wrong.status, wrong.body.fields[0].path]).toEqual([422, 'operations.1.data'])
    const clash = await apply([create('f', '192.0.2.1'), create('f', 'x', 'CNAME')])
    expect([clash.status, clash.body.detail]).toEqual([409, 'Cannot add CNAME at "f": an A record already exists'])
    const ttls = await apply([create('g', '192.0.2.1', 'A', 60), create('g', '192.0.2.2', 'A', 300)])
    expect([ttls.status, ttls.body.detail]).toEqual([422, expect.stringContaining('would have 60 and 300')])
    expect([await serial(), await records('d'), await records('f')]).toEqual([before, [], []])
  })

  test('may turn an A into a CNAME in one step', async () => {
    await apply([create('turn', '192.0.2.1')])
    const [old] = await records('turn')
    const turned = await apply([{ op: 'delete', record_id: old?.id }, create('turn', 'www', 'CNAME')])
    expect(turned.status, turned.text).toBe(201)
  })

  test('with dry_run only the difference is told', async () => {
    const before = await serial()
    const dry = await apply([create('dry', '192.0.2.1')], { dry_run: true })
    expect(dry.body).toMatchObject({ change: null, serial: before, difference: { added: 1, removed: 0 } })
    expect([await serial(), await records('dry')]).toEqual([before, []])
  })

  test('made for an older serial are refused, and what moved since is named', async () => {
    const seen = await serial()
    await apply([create('moved', '192.0.2.1')])
    const late = await apply([create('late', '192.0.2.1')], {}, { 'if-match': `"${seen}"` })
    expect(late.status).toBe(412)
    expect(late.body.detail).toContain(`made for serial ${seen}, it is ${seen + 1} now`)
    expect(late.body.detail).toContain('moved A by Olga Owner')
    expect((await apply([create('late', '192.0.2.1')], {}, { 'if-match': `"${seen + 1}"` })).status).toBe(201)
  })

  test('of two at the same time on one serial, one is applied and the other refused', async () => {
    const headers = { 'if-match': `"${await serial()}"` }
    const both = await Promise.all([1, 2].map((n) => apply([create('race', `192.0.2.${n}`)], {}, headers)))
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 412])
    expect(await records('race')).toHaveLength(1)
  })

  test('fifty at the same time all end up in the zone, each with a serial of its own', async () => {
    const before = await serial()
    const made = await Promise.all(Array.from({ length: 50 }, (_, n) => apply([create(`many-${n}`, '192.0.2.1')])))
    const codes = new Set(made.map((answer) => answer.status))
    expect([...codes]).toEqual([201])
    expect(new Set(made.map((answer) => answer.body.serial)).size).toBe(50)
    expect(await serial()).toBe(before + 50)
  })
})

describe('the history', () => {
  test('[S3-16] every change is tied to its user: who, what (old and new), when, from where', async () => {
    await apply([create('tied', '192.0.2.1')])
    const [old] = await records('tied')
    await agency.as.bakeryAdmin.patch(`/v1/zones/${zone}/records/${old?.id}`, {
      data: '192.0.2.2',
      comment: 'new host',
    })
    const [change] = (await agency.as.owner.get(changes())).body.items
    expect(change).toMatchObject({
      author: { id: agency.ids.bakeryAdmin, name: 'Bella Baker' },
      source: 'portal',
      comment: 'new host',
    })
    const { body } = await agency.as.owner.get(`${changes(change.id)}/entries`)
    expect(body.items.map((entry: Record<string, unknown>) => [entry['sign'], entry['owner'], entry['data']])).toEqual([
      ['-', 'tied', '192.0.2.1'],
      ['+', 'tied', '192.0.2.2'],
    ])
    const events = (await agency.as.owner.get('/v1/audit-events?action=zone.changed')).body.items
    expect(events[0]).toMatchObject({
      actor: { id: agency.ids.bakeryAdmin },
      address: expect.stringMatching(/127\.0\.0\.1/),
    })
    expect(JSON.stringify(events[0].facts)).toMatch(/192\.0\.2\.1.*192\.0\.2\.2|192\.0\.2\.2.*192\.0\.2\.1/)
  })

  test('[S1-3] a client user reads the history without the name of any member of staff', async () => {
    const { text, body } = await agency.as.bakeryViewer.get(changes())
    expect(text).not.toContain('Olga')
    expect(body.items.at(-1).author).toEqual({ id: null, name: 'your provider' })
    expect(body.items.some((change: { author: { name: string } }) => change.author.name === 'Bella Baker')).toBe(true)
  })

  test('pages of it hold every change once, newest first', async () => {
    const ids: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await agency.as.owner.get(`${changes()}?limit=7${next ? `&cursor=${next}` : ''}`)
      ids.push(...body.items.map((change: { id: string }) => change.id))
      next = body.next
    }
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
    expect(ids.length).toBeGreaterThan(50)
  })
})

describe('taking a change back', () => {
  test('puts everything back as it was, as a new change that names the old one', async () => {
    await apply([create('back', '192.0.2.1')])
    const [old] = await records('back')
    const wrong = await apply([{ op: 'delete', record_id: old?.id }, create('extra', '192.0.2.9')])
    const dry = await agency.as.owner.post(`${changes(wrong.body.change.id)}/reversal`, { dry_run: true })
    expect(dry.body.difference).toMatchObject({ added: 1, removed: 1 })
    const back = await agency.as.owner.post(`${changes(wrong.body.change.id)}/reversal`, { comment: 'oops' })
    expect(back.body.change, back.text).toMatchObject({
      reverts: wrong.body.change.id,
      source: 'revert',
      comment: 'oops',
    })
    expect([(await records('back'))[0]?.data, await records('extra')]).toEqual(['192.0.2.1', []])
  })

  test('is refused where later changes stand in the way, and they are named', async () => {
    const made = await apply([create('later', '192.0.2.1')])
    const [record] = await records('later')
    await agency.as.owner.patch(`/v1/zones/${zone}/records/${record?.id}`, { data: '192.0.2.2' })
    const back = await agency.as.owner.post(`${changes(made.body.change.id)}/reversal`, {})
    expect(back.status).toBe(409)
    expect(back.body.detail).toBe('Cannot take this change back: later changes stand in the way at "later A"')
  })

  test('needs the rights to write each record that it touches', async () => {
    const made = await apply([create('_dmarc.sub', '"v=DMARC1; p=none"', 'TXT')])
    const path = `${changes(made.body.change.id)}/reversal`
    const refused = await agency.as.bakeryDeveloper.post(path, {})
    expect([refused.status, refused.body.permission]).toEqual([403, 'records.dmarc.write'])
    expect((await agency.as.bakeryViewer.post(path, {})).body.permission).toBe('records.write')
    expect((await agency.as.bakeryAdmin.post(path, {})).status).toBe(201)
  })
})

needs(digProgram)('a change is answered by DNS as a whole, its serial with it', async () => {
  const made = await apply([create('wire', '192.0.2.1'), create('wire', '192.0.2.2')])
  await expect.poll(() => dig(product.dnsPort, `wire.${name}`, 'A')).toEqual(['192.0.2.1', '192.0.2.2'])
  expect((await dig(product.dnsPort, name, 'SOA'))[0]).toContain(` ${made.body.serial} `)
})
