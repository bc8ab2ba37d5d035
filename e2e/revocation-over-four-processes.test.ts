import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../test/product.ts'
import { type ServerProcess, startServerProcesses } from '../test/server-processes.ts'

// Four servers on one database, and somebody who writes at all of them while access is taken away. The audit log's chain
// is the order of commits, so it tells what was written after the revocation; requests that start after its answer are
// counted as they come.

const rounds = process.env['ZONEWARD_LONG'] ? 2_500 : 12
const guardFile = join(import.meta.dirname, '../test/without-guard.ts')

let product: Product
let cast: Cast
let processes: ServerProcess[] = []

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  processes = await startServerProcesses(product.database, 4)
})
afterAll(async () => {
  await Promise.all(processes.map((server) => server.stop()))
  await product?.stop()
})

type Way = { title: string; headers: () => Record<string, string>; give: () => Promise<() => Promise<void>> }

/** Ways to take access away; `give` answers with what takes it again. */
function ways(): Way[] {
  const owner = cast.as['agency-owner']
  const zone = cast.zones['clinic.example'] ?? ''
  const clinic = cast.personas['clinic-viewer']
  const byCookie = () => ({ cookie: cast.as['clinic-viewer'].cookie ?? '' })
  const scope = { kind: 'zone', id: zone }
  const grantTo = async (subject_id: string, role_id = 'zones.read_write') =>
    sure(await owner.post('/v1/grants', { subject_id, role_id, scope }), 201).body.id as string
  return [
    {
      title: 'a grant is revoked',
      headers: byCookie,
      give: async () => {
        const id = await grantTo(clinic.id)
        return async () => void sure(await owner.delete(`/v1/grants/${id}`), 204)
      },
    },
    {
      title: 'a grant becomes read only',
      headers: byCookie,
      give: async () => {
        const id = await grantTo(clinic.id)
        return async () => {
          sure(await owner.patch(`/v1/grants/${id}`, { role_id: 'zones.read_only' }), 200)
          after = () => owner.delete(`/v1/grants/${id}`)
        }
      },
    },
    {
      title: 'a person leaves the team that held it',
      headers: byCookie,
      give: async () => {
        const wish = { name: `Night shift ${newNumber()}`, realm: 'client', customer_id: clinicId() }
        const team = sure(await owner.post('/v1/teams', wish), 201).body.id as string
        sure(await owner.put(`/v1/teams/${team}/members/${clinic.id}`, {}), 204)
        await grantTo(team)
        return async () => void sure(await owner.delete(`/v1/teams/${team}/members/${clinic.id}`), 204)
      },
    },
    {
      title: 'an API key is revoked',
      headers: () => ({ authorization: `Bearer ${token}` }),
      give: async () => {
        const made = sure(await cast.as['agency-admin'].post('/v1/api-keys', { name: 'race' }), 201)
        token = made.body.token
        return async () => void sure(await owner.delete(`/v1/api-keys/${made.body.id}`), 204)
      },
    },
  ]
}

let token = ''
let after: (() => Promise<unknown>) | null = null
let counter = 0
const newNumber = () => String(++counter)
const clinicId = () => cast.customers['Clinic'] ?? ''

function sure<Answer extends { status: number; text: string }>(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`expected ${status}: ${answer.status} ${answer.text}`)
  return answer
}

type Outcome = { written: number; committedLater: number; passedLater: number }

/** One race: eight writers over these servers, and access that is taken away in the middle. */
async function race(way: Way, servers: ServerProcess[]): Promise<Outcome> {
  const zone = cast.zones['clinic.example'] ?? ''
  const take = await way.give()
  const headers = { ...way.headers(), 'content-type': 'application/json' }
  const outcome: Outcome = { written: 0, committedLater: 0, passedLater: 0 }
  let taken = false
  const write = async (server: ServerProcess) => {
    while (true) {
      const startedAfter = taken
      const body = JSON.stringify({ name: `race-${newNumber()}`, type: 'TXT', data: '"x"' })
      const answer = await fetch(`${server.url}/v1/zones/${zone}/records`, { method: 'POST', headers, body })
      await answer.arrayBuffer()
      if (answer.status === 201) outcome.written += 1
      if (answer.status === 201 && startedAfter) outcome.passedLater += 1
      if (startedAfter) return
    }
  }
  const writers = [...servers, ...servers].map(write)
  while (outcome.written < 8) await new Promise((resolve) => setTimeout(resolve, 2))
  await take()
  taken = true
  const owner = cast.personas['agency-owner'].id
  const [last] = await product.database.asSuperuser('select max(seq) as seq from audit_event where actor_id = $1', [
    owner,
  ])
  await Promise.all(writers)
  const [later] = await product.database.asSuperuser(
    `select count(*)::int as count from audit_event where seq > $1 and actor_id <> $2 and action = 'zone.changed'`,
    [last?.['seq'], owner],
  )
  outcome.committedLater = Number(later?.['count'])
  await after?.()
  after = null
  return outcome
}

describe('[X-11] after a revocation nothing passes, at any of four processes', () => {
  test.each([
    'a grant is revoked',
    'a grant becomes read only',
    'a person leaves the team that held it',
    'an API key is revoked',
  ])(
    `%s: ${rounds} races`,
    async (title) => {
      const way = ways().find((one) => one.title === title)
      if (!way) throw new Error('no such way')
      const sum: Outcome = { written: 0, committedLater: 0, passedLater: 0 }
      for (let round = 0; round < rounds; round += 1) {
        const { written, committedLater, passedLater } = await race(way, processes)
        sum.written += written
        sum.committedLater += committedLater
        sum.passedLater += passedLater
      }
      expect(sum, way.title).toMatchObject({ committedLater: 0, passedLater: 0 })
      expect(sum.written).toBeGreaterThan(rounds)
    },
    60_000 + rounds * 2_000,
  )
})

test('without the write guard the same races are lost, which is what it is for', async () => {
  const open = await startServerProcesses(product.database, 4, ['--import', guardFile])
  try {
    const [way] = ways()
    if (!way) throw new Error('no such way')
    let later = 0
    for (let round = 0; round < 200 && later === 0; round += 1) later += (await race(way, open)).committedLater
    expect(later).toBeGreaterThan(0)
  } finally {
    await Promise.all(open.map((server) => server.stop()))
  }
}, 180_000)
