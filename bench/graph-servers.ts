import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Workload } from '@zoneward/permissions'
import { canName, openFgaModel, spiceDbSchema, type Tuple, tuplesOf } from './graph-model.ts'
import { freePort } from './running-product.ts'

/** A relationship-based server, with the workload's tuples in it. */
export type GraphServer = {
  check(user: string, permission: string, zone: string): Promise<boolean>
  /** How many zones it names when asked for all that the user may do this to. */
  list(user: string, permission: string): Promise<number>
  stop(): Promise<void>
}

type Found = { program: string } | { missing: string }

/** The program on the PATH, or where BENCH_OPENFGA or BENCH_SPICEDB says. */
export function findProgram(name: 'openfga' | 'spicedb'): Found {
  const program = process.env[`BENCH_${name.toUpperCase()}`] ?? name
  const ran = spawnSync(program, ['version'], { stdio: 'ignore' })
  return ran.status === 0 ? { program } : { missing: `${name} is not on this machine` }
}

/** OpenFGA with SQLite: its store in memory looks through every tuple. */
export async function startOpenFga(program: string, workload: Workload): Promise<GraphServer> {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-openfga-'))
  const store = ['--datastore-engine', 'sqlite', '--datastore-uri', `file:${join(folder, 'store.db')}`]
  spawnSync(program, ['migrate', ...store], { stdio: 'ignore' })
  const [http, grpc] = [await freePort(), await freePort()]
  const child = spawn(
    program,
    [
      'run',
      ...store,
      ...['--http-addr', `127.0.0.1:${http}`, '--grpc-addr', `127.0.0.1:${grpc}`],
      ...[
        '--playground-enabled=false',
        '--metrics-enabled=false',
        '--log-level',
        'none',
        '--max-tuples-per-write',
        '1000',
      ],
    ],
    { stdio: 'ignore' },
  )
  const base = `http://127.0.0.1:${http}`
  await ready(`${base}/healthz`, child)
  const { id } = await post<{ id: string }>(`${base}/stores`, { name: 'bench' })
  const at = `${base}/stores/${id}`
  const { authorization_model_id } = await post<{ authorization_model_id: string }>(
    `${at}/authorization-models`,
    openFgaModel(workload),
  )
  await inBatches(tuplesOf(workload), 1000, (tuple_keys) =>
    post(`${at}/write`, { authorization_model_id, writes: { tuple_keys } }),
  )
  return {
    check: async (user, permission, zone) => {
      const tuple_key = { user: `user:${user}`, relation: canName(permission), object: `zone:${zone}` }
      return (await post<{ allowed: boolean }>(`${at}/check`, { authorization_model_id, tuple_key })).allowed
    },
    list: async (user, permission) => {
      const wish = { authorization_model_id, user: `user:${user}`, relation: canName(permission), type: 'zone' }
      return (await post<{ objects: string[] }>(`${at}/list-objects`, wish)).objects.length
    },
    stop: () => stopped(child, folder),
  }
}

/** SpiceDB, its relationships in memory: the fastest of its stores on one machine. */
export async function startSpiceDb(program: string, workload: Workload): Promise<GraphServer> {
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-spicedb-'))
  const [http, grpc] = [await freePort(), await freePort()]
  const token = 'bench'
  const child = spawn(
    program,
    [
      'serve',
      ...['--grpc-preshared-key', token, '--datastore-engine', 'memory'],
      ...['--http-enabled', '--http-addr', `127.0.0.1:${http}`, '--grpc-addr', `127.0.0.1:${grpc}`],
      ...['--metrics-enabled=false', '--telemetry-endpoint=', '--log-level', 'error', '--skip-release-check'],
    ],
    { stdio: 'ignore' },
  )
  const base = `http://127.0.0.1:${http}/v1`
  const headers = { authorization: `Bearer ${token}` }
  await ready(`${base.replace('/v1', '')}/healthz`, child)
  await post(`${base}/schema/write`, { schema: spiceDbSchema(workload) }, headers)
  await inBatches(tuplesOf(workload), 1000, (tuples) =>
    post(`${base}/relationships/write`, { updates: tuples.map(touch) }, headers),
  )
  // Without a token of the last write, it answers from a state that may be seconds old.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  const subject = (user: string) => ({ object: { objectType: 'user', objectId: user } })
  const consistency = { minimizeLatency: true }
  return {
    check: async (user, permission, zone) => {
      const resource = { objectType: 'zone', objectId: zone }
      const wish = { consistency, resource, permission: canName(permission), subject: subject(user) }
      const answer = await post<{ permissionship: string }>(`${base}/permissions/check`, wish, headers)
      return answer.permissionship === 'PERMISSIONSHIP_HAS_PERMISSION'
    },
    list: async (user, permission) => {
      const wish = {
        consistency,
        resourceObjectType: 'zone',
        permission: canName(permission),
        subject: subject(user),
      }
      const answer = await fetch(`${base}/permissions/resources`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      })
      return (await answer.text()).trim().split('\n').filter(Boolean).length
    },
    stop: () => stopped(child, folder),
  }
}

function touch({ user, relation, object }: Tuple) {
  const [of = '', optionalRelation] = user.split('#')
  const subject = { object: reference(of), ...(optionalRelation ? { optionalRelation } : {}) }
  return { operation: 'OPERATION_TOUCH', relationship: { resource: reference(object), relation, subject } }
}

function reference(text: string) {
  const [objectType = '', objectId = ''] = text.split(':')
  return { objectType, objectId }
}

async function inBatches(tuples: Tuple[], size: number, write: (batch: Tuple[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < tuples.length; from += size) await write(tuples.slice(from, from + size))
}

async function post<Answer>(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 500)}`)
  return JSON.parse(text) as Answer
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${child.spawnfile} did not start`)
}

async function stopped(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
}
