import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { clusterOf, superuserConnection } from './cluster.ts'

let folder: string
let children: ChildProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoneward-embedded-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await until('PostgreSQL ended', async () => !isAlive(postmasterPid()))
  rmSync(folder, { recursive: true })
})

const program = `
  const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'start.ts'))})
  const { createLog } = await import(${JSON.stringify(join(import.meta.dirname, '../../log.ts'))})
  try {
    const onLost = (reason) => { console.log('lost ' + reason); process.exit(1) }
    const server = await startEmbedded({ dataFolder: process.argv[1], log: createLog({ level: 'silent' }), onLost })
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))
    console.log('ready ' + server.pid())
    setInterval(() => {}, 1000)
  } catch (error) {
    console.log('refused ' + error.message)
    process.exit(2)
  }`

interface Starter {
  child: ChildProcess
  /** The first line that it says. */
  said: string
}

async function startIn(dataFolder: string, wrap: string[] = []): Promise<Starter> {
  const [command = '', ...args] = [...wrap, process.execPath, '--input-type=module', '-e', program, dataFolder]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const said = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (line) => resolve(String(line).trim())),
  )
  return { child, said }
}

test('a fresh start makes a cluster that only this user can reach, through a socket and with a password', async () => {
  const { said } = await startIn(folder)
  expect(said).toMatch(/^ready \d+$/)
  expect(statSync(clusterOf(folder).socketFolder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700)
  expect(await query("select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync")).toEqual([
    { tcp: '', fsync: 'on' },
  ])
  const stranger = new pg.Client({ ...superuserConnection(clusterOf(folder), 'postgres'), password: 'guess' })
  await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
})

test('PostgreSQL ends when Node is killed, however it is, and keeps what was committed', async () => {
  const { child } = await startIn(folder)
  await query('create table kept as select 1 as value')
  const pid = postmasterPid()
  child.kill('SIGKILL')
  await until('PostgreSQL ended', async () => !isAlive(pid))
  expect((await startIn(folder)).said).toMatch(/^ready/)
  expect(await query('select value from kept')).toEqual([{ value: 1 }])
})

test('PostgreSQL killed alone is started again, and so when the shell that watches it is killed', async () => {
  const { child } = await startIn(folder)
  await query('create table kept as select 1 as value')
  const first = postmasterPid()
  process.kill(first, 'SIGKILL')
  await until('a second PostgreSQL', async () => postmasterPid() !== first && (await answers()))
  expect(await query('select value from kept')).toEqual([{ value: 1 }])
  const second = postmasterPid()
  process.kill(parentOf(second), 'SIGKILL')
  await until('a third PostgreSQL', async () => postmasterPid() !== second && (await answers()))
  expect(isAlive(second)).toBe(false)
  expect(child.exitCode).toBeNull()
})

test('a second server on the same data folder is refused in one line, and the first goes on', async () => {
  await startIn(folder)
  const second = await startIn(folder)
  expect(second.said).toBe(
    `refused Another Zoneward server runs on the data folder ${folder}: stop it, or set ZONEWARD_DATA to another folder`,
  )
  expect(await answers()).toBe(true)
})

test('of four starters at once on an empty folder exactly one gets it', async () => {
  const starters = await Promise.all([1, 2, 3, 4].map(() => startIn(folder)))
  const said = starters.map((starter) => starter.said.split(' ')[0]).sort()
  expect(said).toEqual(['ready', 'refused', 'refused', 'refused'])
})

test('a pid file whose number another program has by now does not keep it from starting', async () => {
  const { child } = await startIn(folder)
  process.kill(parentOf(postmasterPid()), 'SIGKILL')
  child.kill('SIGKILL')
  process.kill(postmasterPid(), 'SIGKILL')
  await until('PostgreSQL ended', async () => !(await answers()))
  spawnSync('sed', ['-i', `1s/.*/${process.pid}/`, join(folder, 'postgres', 'postmaster.pid')])
  expect((await startIn(folder)).said).toMatch(/^ready/)
})

test('a data folder with a long path gets its socket in the temporary folder', async () => {
  const long = join(folder, 'l'.repeat(100))
  mkdirSync(long)
  const { said, child } = await startIn(long)
  expect(said).toMatch(/^ready/)
  expect(clusterOf(long).socketFolder.startsWith(tmpdir())).toBe(true)
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
  rmSync(clusterOf(long).socketFolder, { recursive: true })
})

const isRoot = process.getuid?.() === 0

test.runIf(isRoot)('as root PostgreSQL runs as somebody else, below folders that only root can enter', async () => {
  const inner = join(folder, 'closed', 'data')
  mkdirSync(inner, { recursive: true })
  chmodSync(join(folder, 'closed'), 0o700)
  const { said, child } = await startIn(inner)
  const status = readFileSync(`/proc/${said.split(' ')[1]}/status`, 'utf8')
  expect(status.match(/^Uid:\s+(\d+)/m)?.[1]).toBe(String(statSync(join(inner, 'postgres')).uid))
  expect(status).not.toMatch(/^Uid:\s+0\b/m)
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
})

test.runIf(isRoot && existsSync('/usr/bin/setpriv'))('an ordinary user can start it as well', async () => {
  const inner = join(folder, 'own')
  mkdirSync(inner)
  spawnSync('chown', ['65534:65534', folder, inner])
  const caps = '-all,+dac_override'
  const asNobody = [
    'setpriv',
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    `--inh-caps=${caps}`,
    `--ambient-caps=${caps}`,
  ]
  const { said, child } = await startIn(inner, asNobody)
  expect(said).toMatch(/^ready/)
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
})

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client(superuserConnection(clusterOf(folder), 'postgres'))
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

function answers(): Promise<boolean> {
  return query('select 1').then(
    () => true,
    () => false,
  )
}

function postmasterPid(): number {
  try {
    return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    return false
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`)
    await sleep(25)
  }
}
