import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { needs } from '../test/debian.ts'

let database: TestDatabase
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await database.close()
})

type Started = { child: ChildProcess; out: () => string; err: () => string }

function start(env: Record<string, string>, args: string[] = []): Started {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env['PATH'], ...database.environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  return { child, out: () => out, err: () => err }
}

async function addressOf({ out, err }: Started): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    const [, url] = /console +(http\S+)/.exec(out()) ?? []
    if (url) return url
  }
  throw new Error(`the server did not start: ${out()}${err()}`)
}

async function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

test('it says where everything is, prints the first link, and stops on SIGTERM', async () => {
  const server = start({})
  const url = await addressOf(server)
  await sleep(100)
  expect(server.out()).toMatch(/There is no administrator yet/)
  expect(server.out()).toContain(`${url}/setup#zw_setup_`)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await ended(server)).toBe(0)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

test('two servers on one database both answer, and one of them stopping disturbs no other', async () => {
  const [one, two] = [start({}), start({})]
  const [first, second] = [await addressOf(one), await addressOf(two)]
  expect(first).not.toBe(second)
  one.child.kill('SIGINT')
  expect(await ended(one)).toBe(0)
  expect((await fetch(`${second}/v1/setup`)).status).toBe(200)
  two.child.kill('SIGTERM')
  expect(await ended(two)).toBe(0)
})

test('it stops when the npm that started it is gone', async () => {
  const script = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(join(import.meta.dirname, 'main.ts'))}], { stdio: 'inherit', env: process.env }); setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['-e', script], {
    env: { PATH: process.env['PATH'], ...database.environment, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(parent)
  let out = ''
  parent.stdout?.on('data', (chunk) => {
    out += chunk
  })
  const url = await addressOf({ child: parent, out: () => out, err: () => '' })
  parent.kill('SIGKILL')
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(100)) {
    if (
      await fetch(`${url}/healthz`).then(
        () => false,
        () => true,
      )
    )
      return
  }
  throw new Error('the server went on without its npm')
})

needs('/usr/bin/openssl')('with a certificate it listens on https, and its address and first link say so', async () => {
  const folder = database.config.dataFolder
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost']
  execFileSync('/usr/bin/openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const server = start({ ZONEWARD_TLS_CERT: cert, ZONEWARD_TLS_KEY: key })
  const url = await addressOf(server)
  expect(url).toMatch(/^https:/)
  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    get(`${url}/healthz`, { rejectUnauthorized: false }, (answer) => resolve(answer.headers)).on('error', reject)
  })
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
  server.child.kill('SIGTERM')
  expect(await ended(server)).toBe(0)
  const swapped = start({ ZONEWARD_TLS_CERT: key, ZONEWARD_TLS_KEY: cert })
  expect(await ended(swapped)).toBe(2)
  expect(swapped.err()).toMatch(/^zoneward: ZONEWARD_TLS_CERT and ZONEWARD_TLS_KEY cannot be used together/m)
})

test('what is wrong with the configuration is one line, and exit code 2', async () => {
  const wrong: [Record<string, string>, string[], RegExp][] = [
    [{ ZONEWARD_PORT: '99999' }, [], /^zoneward: ZONEWARD_PORT is "99999": expected a port from 0 to 65535\n$/],
    [{ ZONEWARD_URL: 'dns.example' }, [], /^zoneward: ZONEWARD_URL .*expected an origin/],
    [{ DATABASE_URL: 'mysql://x' }, [], /^zoneward: DATABASE_URL is wrong: expected an address/],
    [{ ZONEWARD_DATA: '/proc/zoneward' }, [], /^zoneward: ZONEWARD_DATA is "\/proc\/zoneward": ENOENT/],
    [{ ZONEWARD_HOST: '192.0.2.1' }, [], /^zoneward: ZONEWARD_HOST is "192.0.2.1": that is no address of this machine/],
    [{ ZONEWARD_LOG_LEVEL: 'loud' }, [], /^zoneward: ZONEWARD_LOG_LEVEL is "loud": expected one of trace, debug/],
    [{ SMTP_URL: 'smtp://127.0.0.1:9' }, ['--demo'], /^zoneward: --demo invites people who do not exist/],
    [{}, ['--dmeo'], /^zoneward: "--dmeo" is no option/],
  ]
  for (const [env, args, line] of wrong) {
    const server = start(env, args)
    expect(await ended(server), server.err()).toBe(2)
    const lines = server
      .err()
      .split('\n')
      .filter((text) => text.startsWith('zoneward: '))
    expect(lines).toHaveLength(1)
    expect(`${lines[0]}\n`).toMatch(line)
  }
})

test('a DNS port that is taken is one line, and exit code 2', async () => {
  const first = start({})
  await addressOf(first)
  const [, port = ''] = /port (\d+), UDP and TCP/.exec(first.out()) ?? []
  const second = start({ ZONEWARD_DNS_PORT: port })
  expect(await ended(second)).toBe(2)
  expect(second.err()).toMatch(new RegExp(`^zoneward: The DNS port ${port} on 127.0.0.1 is taken`, 'm'))
  first.child.kill('SIGTERM')
  await ended(first)
})
