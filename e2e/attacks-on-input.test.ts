import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'

// What is sent to break the server rather than to use it.

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product.stop())

const owner = () => cast.as['agency-owner']
const zone = () => `/v1/zones/${cast.zones['bakery.example']}`
const nul = 'a\u0000b'

function lists(): string[] {
  const where = `resource_kind=zone&resource_id=${cast.zones['bakery.example']}`
  return [
    ...['members', 'client-users', 'teams', 'invitations', 'api-keys', 'customers', 'providers', 'zones', 'grants'],
    ...['activity', 'audit-events', `access/holders?permission=zones.view&${where}`],
  ]
    .map((path) => `/v1/${path}`)
    .concat([`${zone()}/records`, `${zone()}/changes`])
}

describe('a list', () => {
  test('asked with a cursor that it did not make is refused as the caller’s mistake', async () => {
    const keys = [
      ['x'],
      ['x', 'y'],
      [nul, nul],
      [1],
      [1e308],
      [-1],
      [1.5],
      [9e18],
      ['00', 1, 'zz'],
      ['', 1e20, ''],
      null,
    ]
    const cursors = keys.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url')).concat('%25%25', 'null')
    for (const list of lists()) {
      for (const cursor of cursors) {
        const answer = await owner().get(`${list}${list.includes('?') ? '&' : '?'}cursor=${cursor}`)
        expect([200, 422], `${list} ${Buffer.from(cursor, 'base64url')} ${answer.text}`).toContain(answer.status)
      }
    }
  })

  test('with a limit of nothing, of less or of too much is refused', async () => {
    for (const list of lists()) {
      for (const limit of ['0', '-1', '1e9', 'all', '']) {
        const answer = await owner().get(`${list}${list.includes('?') ? '&' : '?'}limit=${limit}`)
        expect([list, limit, answer.status]).toEqual([list, limit, 422])
      }
    }
  })

  test('looks for "%" and "_" as they stand', async () => {
    for (const path of ['/v1/members?q=%25', '/v1/customers?q=_', '/v1/zones?q=%25', '/v1/providers?q=_']) {
      expect([path, (await owner().get(path)).body.items]).toEqual([path, []])
    }
  })
})

describe('a NUL', () => {
  test('in a text is the caller’s mistake wherever it stands', async () => {
    const asked = await Promise.all([
      owner().post('/v1/customers', { name: nul }),
      owner().post('/v1/teams', { name: nul }),
      owner().post(`${zone()}/changes`, {
        operations: [{ op: 'create', name: 'nul', type: 'A', data: '192.0.2.1' }],
        comment: nul,
      }),
      product.nobody.post('/v1/sessions', { realm: 'staff', email: nul, password: nul }),
      product.nobody.get('/v1/portals/a%00b'),
      owner().get('/v1/zones?q=a%00b'),
      owner().get('/v1/members?q=a%00b'),
    ])
    expect(asked.map((answer) => answer.status)).toEqual(asked.map(() => 422))
  })
})

describe('a body', () => {
  const raw = (path: string, body: string, cookie: string | null) =>
    fetch(`${product.url}${path}`, { method: 'POST', headers: { cookie: cookie ?? '' }, body })

  test('of millions of small values is refused before it takes the memory', async () => {
    const { cookie } = cast.as['bakery-viewer']
    const body = `{"operations":[${'{},'.repeat(8_000_000)}{}]}`
    const answer = await raw(`${zone()}/changes`, body, cookie)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('200000 values')
  })

  test('with commas and brackets in its texts is read as it is', async () => {
    const data = JSON.stringify('[,{"\\'.repeat(10))
    const answer = await owner().post(`${zone()}/records`, { name: 'commas', type: 'TXT', data })
    expect(answer.status, answer.text).toBe(201)
    const long = await owner().post('/v1/zone-file-checks', { name: 'x.example', zone_file: ';[,\\",'.repeat(100_000) })
    expect(long.status, long.text.slice(0, 200)).toBe(200)
  })

  test('nested as deep as it can be is refused', async () => {
    const answer = await raw('/v1/teams', `{"name":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, owner().cookie)
    expect(answer.status).toBe(422)
  })
})
