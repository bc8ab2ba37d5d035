import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../log.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { type Cluster, postgresEnvironment } from './cluster.ts'

/** A running PostgreSQL that is our own child. */
export interface Postmaster {
  pid: number
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<void>
  /** Fast shutdown: open transactions are rolled back, everything committed is on the disk. */
  stop(): Promise<void>
}

export interface Launch {
  cluster: Cluster
  account: Account
  binaries: Binaries
  settings: Record<string, string>
  log: Log
}

// The shell holds the reading end of a pipe from this process. However this process dies, the pipe ends, and PostgreSQL
// gets SIGINT (fast shutdown). It writes PostgreSQL's process id first.
const watcher = `
exec 3<&0
"$@" </dev/null 1>&2 3<&- &
pid=$!
echo "$pid"
{ while read -r line; do :; done; kill -INT "$pid"; } <&3 >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait "$pid"
code=$?
kill "$reader" 2>/dev/null
exit "$code"`

/** Starts PostgreSQL; null when it ended before it was ready, with its last words in the log. */
export async function launch({ cluster, account, binaries, settings, log }: Launch): Promise<Postmaster | null> {
  const options = Object.entries({ ...fixedSettings(cluster), ...settings }).flatMap(([k, v]) => ['-c', `${k}=${v}`])
  const command = [...account.wrap, binaries.postgres, '-D', cluster.folder, ...options]
  const child = spawn('/bin/sh', ['-c', watcher, 'zoneward-postgres', ...command], {
    // A group of its own, so that Ctrl-C in a terminal reaches Node alone and the order of the shutdown is ours.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    env: postgresEnvironment(),
    ...account.spawnAs,
  })
  child.stdin?.on('error', () => {})
  const ended = new Promise<void>((resolve) => child.on('error', () => resolve()).on('close', () => resolve()))
  passOn(child, log)
  const pid = await firstNumber(child, ended)
  if (pid === null || !(await isReady(cluster, pid, ended))) return null
  return { pid, ended: endOf(pid, ended), stop: () => stop(child, pid, ended) }
}

function fixedSettings({ socketFolder }: Cluster): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '150',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    max_wal_size: '2GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Errors of single statements are told to whoever sent them; here they would bring people's data into the log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_line_prefix: '',
  }
}

function passOn(child: ChildProcess, log: Log): void {
  if (!child.stderr) return
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (/^(FATAL|PANIC):/.test(line)) log.warn({ from: 'postgres' }, line)
    else log.debug({ from: 'postgres' }, line)
  })
}

async function firstNumber(child: ChildProcess, ended: Promise<void>): Promise<number | null> {
  const said = new Promise<number>((resolve) => child.stdout?.once('data', (chunk) => resolve(Number(String(chunk)))))
  return Promise.race([said, ended.then(() => null)])
}

/** Ready, and ours: another starter's PostgreSQL may be the one that postmaster.pid tells of. */
async function isReady({ folder }: Cluster, pid: number, ended: Promise<void>): Promise<boolean> {
  const state = { over: false }
  void ended.then(() => {
    state.over = true
  })
  while (!state.over) {
    const lines = readPidFile(folder)
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true
    await sleep(5)
  }
  return false
}

/**
 * After the machine or the container died, the pid file may name a process that lives again under that number but is
 * no PostgreSQL; PostgreSQL itself cannot tell and would refuse for ever.
 */
export function removeStalePidFile({ folder }: Cluster): void {
  const pid = Number(readPidFile(folder)[0])
  if (!Number.isInteger(pid) || pid <= 0) return
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') rmSync(join(folder, 'postmaster.pid'))
  } catch {
    // No such process: PostgreSQL notices that by itself.
  }
}

function readPidFile(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

// The shell may be killed alone; then PostgreSQL is still ours to end, since nobody watches over it any more.
async function endOf(pid: number, ended: Promise<void>): Promise<void> {
  await ended
  while (signal(pid, 'SIGINT')) await sleep(50)
}

async function stop(child: ChildProcess, pid: number, ended: Promise<void>): Promise<void> {
  child.stdin?.end()
  const late = setTimeout(() => signal(pid, 'SIGQUIT'), 30_000)
  await endOf(pid, ended)
  clearTimeout(late)
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false
    return process.kill(pid, name)
  } catch {
    return false
  }
}
