import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
/** A zone that none of them has anything to do with. */
let elsewhere: string

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
  elsewhere = (await made('/v1/zones', { name: 'elsewhere.example', provider_id: cast.providers['Harbour DNS'] })).id
})
afterAll(() => product.stop())

const name = '2.0.192.in-addr.arpa'
const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }]
const ends_at = new Date(Date.now() + 3_600_000).toISOString()

async function made(path: string, body: object): Promise<{ id: string; token: string }> {
  const answer = await owner.post(path, body)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}

/** The same limit for somebody who had nothing there: a role’s permissions, one zone, some of its records, one hour. */
async function limited() {
  const scope = { kind: 'zone', id: cast.zones[name] }
  const role = (await owner.get('/v1/roles')).body.items.find(({ id }: { id: string }) => id === 'zones.read_write')
  const words = { role_id: role.id, scope, patterns, ends_at }
  const team = await made('/v1/teams', { name: 'Certificates' })
  await owner.put(`/v1/teams/${team.id}/members/${cast.personas['agency-member'].id}`)
  const grants = [
    await made('/v1/grants', { subject_id: cast.personas['zone-user'].id, ...words }),
    await made('/v1/grants', { subject_id: team.id, ...words }),
  ]
  const ceiling = { permissions: role.permissions, scopes: [scope], patterns }
  const key = await made('/v1/api-keys', { name: 'k', ceiling, expires_at: ends_at })
  const callers = { person: cast.as['zone-user'], team: cast.as['agency-member'], key: product.withKey(key.token) }
  return { callers, grants: grants.map(({ id }) => id), key: key.id }
}

/** What each is answered, in the same order. */
async function answers(caller: Caller, mark: string): Promise<(number | string)[]> {
  const at = `/v1/zones/${cast.zones[name]}`
  const write = (owner_name: string, type: string, data: string) =>
    caller.post(`${at}/records`, { name: owner_name, type, data })
  const all = [
    await caller.get(at),
    await write(`_acme-challenge.${mark}`, 'TXT', '"x"'),
    await write(`_acme-challenge.${mark}`, 'A', '192.0.2.1'),
    await write(mark, 'TXT', '"x"'),
    await caller.get(`${at}/file`),
    await caller.delete(at),
    await caller.get(`/v1/zones/${elsewhere}`),
  ]
  const seen = (await caller.get(`${at}/records?limit=5000`)).body.items ?? []
  const others = seen.filter((item: { owner: string }) => !item.owner.startsWith('_acme-challenge'))
  return [...all.map(({ status, body }) => (body?.permission ? `${status} ${body.permission}` : status)), others.length]
}

test('[X-1] a person, a team and a key are limited in the same words: permission, scope, records, time', async () => {
  const { callers, grants, key } = await limited()
  for (const [who, caller] of Object.entries(callers)) {
    expect([who, ...(await answers(caller, who))]).toEqual([
      who,
      200,
      201,
      '403 records.write',
      '403 records.write',
      '403 records.view',
      '403 zones.delete',
      404,
      0,
    ])
  }
  await product.database.asSuperuser('update access_grant set ends_at = now() where id = any($1)', [grants])
  await product.database.asSuperuser('update api_key set expires_at = now() where id = $1', [key])
  await product.database.asSuperuser('update organization set access_revision = access_revision + 1')
  const after = []
  for (const caller of Object.values(callers)) after.push((await caller.get(`/v1/zones/${cast.zones[name]}`)).status)
  expect(after).toEqual([404, 404, 401])
})
