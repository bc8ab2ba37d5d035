import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../server/database/open-database.ts'
import { createLog } from '../server/log.ts'
import { type RunningServer, startServer } from '../server/start-server.ts'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'

// Two servers on one database: what one has taken away, the other must not give, however close in time.

let product: Product
let cast: Cast
let second: RunningServer
let closeSecond: () => Promise<void>

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  const log = createLog({ level: 'fatal' })
  const database = await openDatabase(product.database.config, log)
  second = await startServer(product.database.config, log, database)
  closeSecond = async () => {
    await second.stop()
    await database.close()
  }
})
afterAll(async () => {
  await closeSecond?.()
  await product?.stop()
})

type Options = { method?: string; body?: unknown; cookie?: string | null }

async function atSecond(path: string, { method = 'GET', body, cookie = null }: Options): Promise<Response> {
  return fetch(`${second.url}${path}`, {
    method,
    headers: { ...(cookie ? { cookie } : {}), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

test('a grant that one server revoked is void at the other for every request that starts after the answer', async () => {
  const owner = cast.as['agency-owner']
  const { caller, id } = { caller: cast.as['clinic-viewer'], id: cast.zones['clinic.example'] }
  const subject_id = (await caller.get('/v1/me')).body.user.id
  const passed: number[] = []
  for (let round = 0; round < 20; round += 1) {
    const scope = { kind: 'zone', id }
    const grant = await owner.post('/v1/grants', { subject_id, role_id: 'zones.read_write', scope })
    expect(grant.status, grant.text).toBe(201)
    let revoked = false
    let allowed = 0
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; n < 1_000; n += 1) {
        const startedAfter = revoked
        const body = { name: `race-${round}-${writer}-${n}`, type: 'TXT', data: '"x"' }
        const answer = await atSecond(`/v1/zones/${id}/records`, { method: 'POST', body, cookie: caller.cookie })
        if (answer.status === 201 && startedAfter) passed.push(round)
        if (answer.status === 201) allowed += 1
        if (startedAfter) return
      }
    })
    while (allowed === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await owner.delete(`/v1/grants/${grant.body.id}`)).status).toBe(204)
    revoked = true
    await Promise.all(writers)
  }
  expect(passed).toEqual([])
}, 60_000)

test('two owners who remove each other at two servers leave one', async () => {
  const owner = cast.as['agency-owner']
  const grants = [{ role_id: 'msp.owner' }]
  const invited = await owner.post('/v1/invitations', { realm: 'staff', email: 'second@harbourpine.example', grants })
  const token = invited.body.link.split('#')[1]
  const entry = { token, name: 'Second Owner', password: 'nine green boats at dawn' }
  const { answer, caller } = await product.entering('/v1/acceptances', entry)
  const first = (await owner.get('/v1/me')).body.user.id
  const [one, other] = await Promise.all([
    owner.delete(`/v1/members/${answer.body.user.id}`),
    atSecond(`/v1/members/${first}`, { method: 'DELETE', cookie: caller.cookie }),
  ])
  expect([one.status, other.status].filter((status) => status === 204)).toHaveLength(1)
})

test('wrong passwords are counted over both', async () => {
  const { email } = cast.personas['agency-member']
  const body = { realm: 'staff', email, password: 'not this one' }
  const codes: number[] = []
  for (let n = 0; n < 6; n += 1) {
    codes.push((await product.nobody.post('/v1/sessions', body)).status)
    codes.push((await atSecond('/v1/sessions', { method: 'POST', body })).status)
  }
  expect(codes).toEqual([...Array(10).fill(401), 429, 429])
})
