import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

// What is written through access that wants review is never applied silently: it becomes a proposal, or is refused.

let product: Product
let cast: Cast
let owner: Caller
let reviewed: Caller
let zone: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  reviewed = cast.as['zone-user']
  zone = cast.zones['bakery.example'] ?? ''
  await give({ kind: 'zone', id: zone }, 'zones.read_write', { review_required: true })
})
afterAll(() => product.stop())

async function give(scope: object, role_id: string, rest: object): Promise<string> {
  const body = { subject_id: cast.personas['zone-user'].id, role_id, scope, ...rest }
  const answer = await owner.post('/v1/grants', body)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.id
}

const records = () => `/v1/zones/${zone}/records`
const namesNow = async () =>
  (await owner.get(`${records()}?limit=5000`)).body.items.map((item: { owner: string }) => item.owner) as string[]
let made = 0
const fresh = () => `r${++made}`
const note = (name = fresh()) => ({ name, type: 'TXT', data: '"x"' })
const serial = async () => (await owner.get(`/v1/zones/${zone}`)).body.serial

describe('through access that wants review', () => {
  test('a record that is added, changed or deleted is proposed: 202, and the zone is as it was', async () => {
    const before = await serial()
    const body = note()
    const added = await reviewed.post(records(), { ...body, comment: 'new' })
    expect(added.status, added.text).toBe(202)
    expect(added.body).toMatchObject({ proposal: { state: 'open', comment: 'new' }, difference: { added: 1 } })
    const [there] = (await owner.get(`${records()}?type=A`)).body.items
    const changed = await reviewed.patch(`${records()}/${there.id}`, { data: '192.0.2.200' })
    expect(changed.status).toBe(202)
    expect(changed.body.difference.lines).toHaveLength(2)
    const deleted = await reviewed.delete(`${records()}/${there.id}`)
    expect(deleted.status).toBe(202)
    expect(deleted.body.difference.lines).toMatchObject([{ sign: '-', data: there.data }])
    expect(await serial()).toBe(before)
    expect(await namesNow()).not.toContain(body.name)
    expect((await owner.post(`/v1/proposals/${added.body.proposal.id}/approval`, {})).status).toBe(200)
    expect(await namesNow()).toContain(body.name)
    const [record] = (await owner.get(`${records()}?name=${body.name}`)).body.items
    expect(record.changed_by.name).toBe('Zoe Fjell')
    await owner.post(`/v1/proposals/${changed.body.proposal.id}/rejection`, { reason: 'no' })
    await owner.post(`/v1/proposals/${deleted.body.proposal.id}/rejection`, { reason: 'no' })
  })

  test('a change of several records and a reversal are proposed whole; a dry run says so', async () => {
    const [one, two] = [fresh(), fresh()]
    const operations = [one, two].map((name) => ({ op: 'create', ...note(name) }))
    const dry = await reviewed.post(`/v1/zones/${zone}/changes`, { operations, dry_run: true })
    expect(dry.body).toMatchObject({ change: null, review_required: true })
    expect((await owner.post(`/v1/zones/${zone}/changes`, { operations, dry_run: true })).body.review_required).toBe(
      false,
    )
    const proposed = await reviewed.post(`/v1/zones/${zone}/changes`, { operations })
    expect(proposed.status).toBe(202)
    const approved = await owner.post(`/v1/proposals/${proposed.body.proposal.id}/approval`, {})
    expect(await namesNow()).toEqual(expect.arrayContaining([one, two]))
    const back = await reviewed.post(`/v1/zones/${zone}/changes/${approved.body.change_id}/reversal`, {})
    expect(back.status, back.text).toBe(202)
    expect(back.body).toMatchObject({ proposal: { source: 'revert' }, difference: { removed: 2 } })
    expect((await owner.post(`/v1/proposals/${back.body.proposal.id}/approval`, {})).status).toBe(200)
    expect(await namesNow()).not.toContain(one)
  })

  test('an Idempotency-Key repeats the answer with its 202, and proposes once', async () => {
    const headers = { 'idempotency-key': 'once' }
    const body = note()
    const answers = [await reviewed.post(records(), body, headers), await reviewed.post(records(), body, headers)]
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    expect(answers[0]?.text).toBe(answers[1]?.text)
  })

  test('the zone’s own plain access to some records writes those, and no other record with them', async () => {
    const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
    const plain = await give({ kind: 'zone', id: zone }, 'zones.read_write', { patterns })
    const acme = `_acme-challenge.${fresh()}`
    expect((await reviewed.post(records(), note(acme))).status).toBe(201)
    const name = fresh()
    const mixed = [note(`_acme-challenge.${fresh()}`), note(name)].map((body) => ({ op: 'create', ...body }))
    expect((await reviewed.post(`/v1/zones/${zone}/changes`, { operations: mixed })).status).toBe(202)
    expect(await namesNow()).not.toContain(name)
    expect((await owner.delete(`/v1/grants/${plain}`)).status).toBe(204)
    expect((await reviewed.post(records(), note(`_acme-challenge.${fresh()}`))).status).toBe(202)
  })

  test('no zone is made below one that it may propose changes of, and then served in its place', async () => {
    const permissions = ['zones.view', 'records.view', 'records.write', 'zones.create', 'providers.view']
    const body = { based_on: 'monitoring.member', name: 'Zone maker', description: '', permissions }
    const role = (await owner.post('/v1/roles', body)).body.id
    const scope = { kind: 'organization', id: cast.organization }
    const mara = cast.personas['agency-member'].id
    for (const { id } of (await owner.get(`/v1/grants?subject_id=${mara}`)).body.items)
      await owner.delete(`/v1/grants/${id}`)
    const grant = async (rest: object) => {
      const answer = await owner.post('/v1/grants', { subject_id: mara, role_id: role, scope, ...rest })
      expect(answer.status, answer.text).toBe(201)
      return answer.body.id
    }
    const make = (name: string) =>
      cast.as['agency-member'].post('/v1/zones', { name, provider_id: cast.providers['Harbour DNS'] })
    const reviewedGrant = await grant({ review_required: true })
    const refused = await make('shop.harbourpine.example')
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringMatching(/wants review/)])
    await owner.delete(`/v1/grants/${reviewedGrant}`)
    const maker = { ...body, name: 'Maker', permissions: ['zones.view', 'zones.create', 'providers.view'] }
    const plain = (await owner.post('/v1/roles', maker)).body.id
    await owner.post('/v1/grants', { subject_id: mara, role_id: plain, scope })
    await grant({ review_required: true })
    const made = await make('shop.harbourpine.example')
    expect([made.status, made.body.served], made.text).toEqual([201, false])
  })

  test('nothing is approved, no zone file imported, and no zone deleted', async () => {
    const everything = await give({ kind: 'zone', id: zone }, 'zones.read_only', {})
    const permissions = ['zones.view', 'records.view', 'records.write', 'changes.approve', 'zones.delete']
    const body = { based_on: 'zones.read_write', name: 'Zone keeper', description: '', permissions }
    const role = await owner.post('/v1/roles', body)
    expect(role.status, role.text).toBe(201)
    await give({ kind: 'zone', id: zone }, role.body.id, { review_required: true })
    const file = { zone_file: `${fresh()} 60 IN TXT x\n`, mode: 'merge' }
    const imported = await reviewed.put(`/v1/zones/${zone}/file`, file)
    expect(imported.status).toBe(403)
    expect(imported.body.detail).toMatch(/wants review, and this cannot be proposed/)
    const deleted = await reviewed.delete(`/v1/zones/${zone}`)
    expect(deleted.status).toBe(403)
    expect(deleted.body.detail).toMatch(/wants review, and only changes of records can be reviewed: "zones.delete"/)
    const operations = [{ op: 'create', ...note() }]
    const { id } = (await owner.post(`/v1/zones/${zone}/proposals`, { operations })).body.proposal
    const approved = await reviewed.post(`/v1/proposals/${id}/approval`, {})
    expect(approved.status).toBe(403)
    expect(approved.body.detail).toMatch(/wants review here: it approves nothing/)
    expect((await owner.delete(`/v1/grants/${everything}`)).status).toBe(204)
  })
})
