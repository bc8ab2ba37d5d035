import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { embeddedTarget } from '../server/database/embedded-target.ts'
import { prepareDatabase } from '../server/database/prepare-database.ts'
import { createLog } from '../server/log.ts'
import { loadSecret } from '../server/secrets.ts'
import { type ServerProcess, startServerProcesses } from '../test/server-processes.ts'
import { type Figure, percentile } from './figure.ts'
import type { Demo } from './running-product.ts'

const races = 250
const writers = 8

type Race = { taken: number; startedLater: number; passedLater: number; committedLater: number }

/**
 * A grant is taken away while its holder writes at four server processes: requests that start after the answer and pass,
 * and writes that the audit log has after the revocation. Each race makes some dozens of trials.
 */
export async function benchRevocation(): Promise<Figure[]> {
  const stage = await openStage()
  try {
    const all: Race[] = []
    for (let number = 0; number < races; number += 1) all.push(await race(stage, number))
    const sum = (pick: (one: Race) => number) => all.reduce((total, one) => total + pick(one), 0)
    const trials = sum((one) => one.startedLater)
    const note = `${races} races at four processes; ${trials} requests started later`
    const late = sum((one) => one.passedLater) + sum((one) => one.committedLater)
    const taken = percentile(
      all.map((one) => one.taken),
      0.5,
    )
    return [
      { name: 'revocation passed', unit: 'requests', ours: late, peers: {}, goal: { atMost: 0 }, note },
      { name: 'revocation p50', unit: 'ms', ours: taken, peers: {}, goal: null, note: 'under eight writers' },
    ]
  } finally {
    await stage.close()
  }
}

type Stage = {
  processes: ServerProcess[]
  admin: pg.Client
  zone: string
  owner: string
  writer: { id: string; key: string }
  close: () => Promise<void>
}

async function race(stage: Stage, number: number): Promise<Race> {
  const { processes, admin, zone, owner, writer } = stage
  const [first] = processes
  if (!first) throw new Error('there is no server')
  const wish = { subject_id: writer.id, role_id: 'zones.read_write', scope: { kind: 'zone', id: zone } }
  const given = await send(`${first.url}/v1/grants`, owner, 'POST', wish)
  const { id } = (await given.json()) as { id: string }
  const result: Race = { taken: 0, startedLater: 0, passedLater: 0, committedLater: 0 }
  let written = 0
  let over = false
  const write = async (server: ServerProcess, place: number) => {
    for (let count = 0, later = 0; later < 5; count += 1) {
      const startedLater = over
      const body = { name: `race-${number}-${place}-${count}`, type: 'TXT', data: '"x"' }
      const answer = await send(`${server.url}/v1/zones/${zone}/records`, writer.key, 'POST', body)
      await answer.arrayBuffer()
      if (answer.status === 201) written += 1
      if (!startedLater) continue
      later += 1
      result.startedLater += 1
      if (answer.status === 201) result.passedLater += 1
    }
  }
  const writing = Array.from({ length: writers }, (_, place) =>
    write(processes[place % processes.length] ?? first, place),
  )
  while (written < writers) await new Promise((resolve) => setTimeout(resolve, 2))
  const started = performance.now()
  const answer = await send(`${first.url}/v1/grants/${id}`, owner, 'DELETE')
  if (answer.status !== 204) throw new Error(`the grant was not revoked: ${answer.status} ${await answer.text()}`)
  result.taken = performance.now() - started
  over = true
  await Promise.all(writing)
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from audit_event where actor_id = $1 and action = 'zone.changed'
       and seq > (select max(seq) from audit_event where action = 'grant.revoked')`,
    [writer.id],
  )
  result.committedLater = rows[0]?.count ?? 0
  return result
}

function send(url: string, key: string, method: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

/** Four processes of the product on one database, with the example organization in it. */
async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-bench-'))
  const secretFile = join(folder, 'secret')
  const loaded = loadSecret(secretFile)
  if ('error' in loaded) throw new Error(loaded.error)
  const log = createLog({ level: 'fatal' })
  const target = await embeddedTarget(folder, log, (reason) => log.fatal(reason))
  const { roles } = await prepareDatabase(target, loaded.secret, secretFile, 'all')
  const admin = new pg.Client(target.admin)
  await admin.connect()
  const environment = environmentOf(folder, secretFile, target.admin, roles.login('owner'))
  const processes = await startServerProcesses({ environment }, 1, [], ['--demo'])
  processes.push(...(await startServerProcesses({ environment }, 3)))
  const demo = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as Demo
  const keyOf = (name: string) => demo.personas.find((persona) => persona.name === name)?.apiKey ?? ''
  const key = keyOf('bakery-developer')
  const me = (await (await send(`${processes[0]?.url}/v1/me`, key, 'GET')).json()) as { user: { id: string } }
  return {
    processes,
    admin,
    zone: demo.zones.find((zone) => zone.name === 'studio.example')?.id ?? '',
    owner: keyOf('agency-owner'),
    writer: { id: me.user.id, key },
    close: async () => {
      await Promise.all(processes.map((server) => server.stop()))
      await admin.end()
      await target.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function environmentOf(
  folder: string,
  secretFile: string,
  { host, port, database }: pg.ClientConfig,
  owner: { user: string; password: string },
) {
  return {
    DATABASE_URL: `postgres://${owner.user}:${owner.password}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`,
    ZONEWARD_SECRET_FILE: secretFile,
    ZONEWARD_DATA: folder,
    ZONEWARD_PORT: '0',
    ZONEWARD_DNS_PORT: '0',
  }
}
