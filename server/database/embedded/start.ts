import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../../log.ts'
import { StartError } from '../../start-error.ts'
import { chooseAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, clusterOf, ensureCluster, ensureSocketFolder, superuserConnection } from './cluster.ts'
import { type HeldLock, look, takeLock } from './instance-lock.ts'
import { type Launch, launch, type Postmaster, removeStalePidFile } from './postmaster.ts'

export interface EmbeddedServer {
  /** How the superuser connects to one of its databases: for setting up, never for a pool. */
  superuser(database: string): pg.ClientConfig
  /** Changes when PostgreSQL had to be started again. */
  pid(): number
  stop(): Promise<void>
}

export interface StartOptions {
  dataFolder: string
  log: Log
  /** More settings of PostgreSQL, by name. */
  settings?: Record<string, string>
  /** It ended and another server has the data folder now, so this one must end too. */
  onLost: (reason: string) => void
}

/** Starts the PostgreSQL of a data folder and keeps it running; of several starters exactly one gets it. */
export async function startEmbedded(options: StartOptions): Promise<EmbeddedServer> {
  const { dataFolder, log } = options
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const cluster = clusterOf(dataFolder)
  const binaries = findBinaries()
  const account = chooseAccount(cluster.folder)
  ensureSocketFolder(cluster, account)
  const begin = async () => {
    await ensureCluster(cluster, account, binaries)
    return beginOnce({ cluster, account, binaries, log, settings: options.settings ?? {} }, dataFolder)
  }
  const running: Running = { ...(await begin()), stopping: false }
  const supervised = supervise(running, begin, options)
  return {
    superuser: (database) => superuserConnection(cluster, database),
    pid: () => running.postmaster.pid,
    stop: async () => {
      running.stopping = true
      await running.lock.release()
      await running.postmaster.stop()
      await supervised
    },
  }
}

interface Started {
  postmaster: Postmaster
  lock: HeldLock
}

interface Running extends Started {
  stopping: boolean
}

async function beginOnce(parts: Launch, dataFolder: string): Promise<Started> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const seen = await look(parts.cluster)
    if (seen === 'held') {
      throw new StartError(
        `Another Zoneward server runs on the data folder ${dataFolder}: stop it, or set ZONEWARD_DATA to another folder`,
      )
    }
    const started = seen === 'nobody' ? await attempt(parts) : null
    if (started) return started
    await sleep(100)
  }
  throw new StartError(`PostgreSQL in ${parts.cluster.folder} did not start within a minute; its messages stand above`)
}

async function attempt(parts: Launch): Promise<Started | null> {
  const postmaster = await launch(parts)
  if (!postmaster) {
    if ((await look(parts.cluster)) === 'nobody') removeStalePidFile(parts.cluster)
    return null
  }
  const lock = await holdLock(parts.cluster, parts.log, postmaster)
  if (lock) return { postmaster, lock }
  await postmaster.stop()
  return null
}

/** The lock, taken again on a new connection if only the connection dies and PostgreSQL does not. */
async function holdLock(cluster: Cluster, log: Log, postmaster: Postmaster): Promise<HeldLock | null> {
  const state: { lock: HeldLock | null; over: boolean } = { lock: null, over: false }
  void postmaster.ended.then(() => {
    state.over = true
  })
  const again = async (): Promise<void> => {
    state.lock = null
    while (!state.lock && !state.over) {
      await sleep(50)
      if (!state.over) state.lock = await takeLock(cluster, log, again)
    }
    if (state.over) await state.lock?.release()
  }
  state.lock = await takeLock(cluster, log, again)
  if (!state.lock) return null
  return {
    release: async () => {
      state.over = true
      await state.lock?.release()
    },
  }
}

async function supervise(
  running: Running,
  begin: () => Promise<Started>,
  { log, onLost }: StartOptions,
): Promise<void> {
  for (;;) {
    await running.postmaster.ended
    if (running.stopping) return
    log.error('PostgreSQL ended by itself and is started again')
    try {
      Object.assign(running, await begin())
    } catch (error) {
      onLost(error instanceof Error ? error.message : String(error))
      return
    }
    if (running.stopping) await running.postmaster.stop()
    else log.info('PostgreSQL runs again')
  }
}
