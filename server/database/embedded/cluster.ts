import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { StartError } from '../../start-error.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'

const superuser = 'zoneward_superuser'

/** Where things of one embedded PostgreSQL are. */
export interface Cluster {
  folder: string
  socketFolder: string
}

export function clusterOf(dataFolder: string): Cluster {
  const besides = join(dataFolder, 'socket')
  // sun_path of unix(7) has 108 bytes with the final NUL.
  const fits = Buffer.byteLength(join(besides, '.s.PGSQL.5432')) <= 107
  const id = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  return {
    folder: join(dataFolder, 'postgres'),
    socketFolder: fits ? besides : join(tmpdir(), `zoneward-${process.getuid?.() ?? 0}-${id}`),
  }
}

/** How the superuser connects; only the start of the server and its lock do. */
export function superuserConnection({ folder, socketFolder }: Cluster, database: string): pg.ClientConfig {
  const password = readFileSync(join(folder, passwordFile), 'utf8').trim()
  return { host: socketFolder, port: 5432, user: superuser, password, database }
}

export function ensureSocketFolder({ socketFolder }: Cluster, account: Account): void {
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 })
  const { uid } = lstatSync(socketFolder)
  // In the temporary folder anybody could have made it first.
  if (![process.getuid?.() ?? 0, account.uid].includes(uid) || !lstatSync(socketFolder).isDirectory()) {
    throw new StartError(`${socketFolder} belongs to another user (${uid}); remove it`)
  }
  chownSync(socketFolder, account.uid, account.gid)
  chmodSync(socketFolder, 0o700)
}

/** Makes the cluster in a sibling and renames it: half a cluster never has the name. Nothing to do when it is there. */
export async function ensureCluster({ folder }: Cluster, account: Account, binaries: Binaries): Promise<void> {
  if (existsSync(folder)) return
  const draft = `${folder}.new-${randomBytes(4).toString('hex')}`
  const secret = `${draft}.pw`
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(secret, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
    for (const path of [draft, secret]) chownSync(path, account.uid, account.gid)
    await initialize(draft, secret, account, binaries)
    renameSync(secret, join(draft, passwordFile))
    renameSync(draft, folder)
  } catch (error) {
    // Another starter may have been first; its cluster is as good.
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(secret, { force: true })
  }
}

const passwordFile = 'zoneward-superuser-password'

async function initialize(draft: string, secret: string, account: Account, binaries: Binaries): Promise<void> {
  const locale = ['--encoding=UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const args = ['-D', draft, `--username=${superuser}`, `--pwfile=${secret}`, '--auth=scram-sha-256', ...locale]
  const [program = binaries.initdb, ...rest] = [...account.wrap, binaries.initdb, ...args]
  const child = spawn(program, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    env: postgresEnvironment(),
    ...account.spawnAs,
  })
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint += chunk
  })
  const code = await new Promise((resolve) => child.on('error', resolve).on('close', resolve))
  if (code === 0) return
  const reason = code instanceof Error ? code.message : complaint.trim().split('\n').at(-1)
  throw new StartError(`PostgreSQL could not be set up in ${draft}: ${reason}`)
}

/** Nothing of ours: PGDATA, PGPORT or a locale in the environment would change what it does. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
}
