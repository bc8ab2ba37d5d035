import { Resolver } from 'node:dns/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../../test/product.ts'
import { createLog } from '../log.ts'
import { type StartedDns, startDns } from './start-dns.ts'
import { type FilledAgency, fillAgency } from './testing/fill-agency.ts'

// Two name servers on one database, as when several servers run: each hears of every commit.

let product: Product
let agency: FilledAgency
let second: StartedDns
let zone: string
let name: string

beforeAll(async () => {
  product = await startProduct()
  agency = await fillAgency(product)
  const log = createLog({ level: 'fatal' })
  second = await startDns({ config: { host: '127.0.0.1', dnsPort: 0 }, database: product.database, log })
  name = agency.name('followed')
  zone = (await agency.makeZone({ name })).id
})
afterAll(async () => {
  await second.stop()
  await product.stop()
})

function ask(port: number, owner: string): Promise<string> {
  const resolver = new Resolver({ timeout: 500, tries: 3 })
  resolver.setServers([`127.0.0.1:${port}`])
  return resolver.resolveTxt(`${owner}.${name}`).then(
    (found) => found.map((parts) => parts.join('')).join(' '),
    (error: { code: string }) => error.code,
  )
}

const ports = () => [product.dnsPort, second.port]
const write = async (owner: string, text: string) => {
  const made = await agency.as.owner.post(`/v1/zones/${zone}/records`, {
    name: owner,
    type: 'TXT',
    data: `"${text}"`,
    ttl: 60,
  })
  expect(made.status, made.text).toBe(201)
}
const everywhere = (owner: string, text: string, timeout = 1_000) =>
  expect
    .poll(() => Promise.all(ports().map((port) => ask(port, owner))), { timeout, interval: 5 })
    .toEqual([text, text])

test('a commit is answered by every name server, typically within milliseconds', async () => {
  await Promise.all(ports().map((port) => ask(port, 'warm')))
  const waits: number[] = []
  for (let n = 0; n < 100; n++) {
    await write(`n${n}`, `text ${n}`)
    const committed = performance.now()
    await everywhere(`n${n}`, `text ${n}`)
    waits.push(performance.now() - committed)
  }
  waits.sort((a, b) => a - b)
  console.info(
    `acknowledged → answered by two servers: p50 ${waits[50]?.toFixed(1)} ms, p99 ${waits[98]?.toFixed(1)} ms`,
  )
})

test('what was missed while the connection to the database was gone is seen as soon as it is back', async () => {
  await write('gap', 'before')
  await everywhere('gap', 'before')
  await product.database.asSuperuser(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'zoneward listens%'`,
  )
  await write('missed', 'in the gap')
  await everywhere('missed', 'in the gap', 10_000)
})

test('a zone that moves on while it is loaded is answered in its newest state', async () => {
  const many = Array.from({ length: 3_000 }, (_, n) => ({
    op: 'create',
    name: `m${n}`,
    type: 'TXT',
    data: '"x"',
    ttl: 60,
  }))
  const made = await agency.as.owner.post(`/v1/zones/${zone}/changes`, { operations: many })
  expect(made.status, made.text).toBe(201)
  await Promise.all([...ports().map((port) => ask(port, 'm1')), write('during', 'one'), write('later', 'two')])
  await everywhere('during', 'one')
  await everywhere('later', 'two')
  await everywhere('m2999', 'x')
})
