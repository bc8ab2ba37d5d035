import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestDatabase } from './database.ts'

export type ServerProcess = { url: string; stop: () => Promise<void> }

/** Servers as programs of their own, on one database; `nodeArgs` go to Node before the program, `args` after it. */
export async function startServerProcesses(
  database: Pick<TestDatabase, 'environment'>,
  count: number,
  nodeArgs: string[] = [],
  args: string[] = [],
): Promise<ServerProcess[]> {
  return Promise.all(Array.from({ length: count }, () => startOne(database, nodeArgs, args)))
}

async function startOne(
  { environment }: Pick<TestDatabase, 'environment'>,
  nodeArgs: string[],
  args: string[],
): Promise<ServerProcess> {
  const main = join(import.meta.dirname, '..', 'server', 'main.ts')
  const child = spawn(process.execPath, [...nodeArgs, main, ...args], {
    env: { PATH: process.env['PATH'], ...environment, ZONEWARD_LOG_LEVEL: 'fatal' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await addressOf(child)
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: unknown) => {
      said += String(chunk)
      const [, url] = /console +(http\S+)/.exec(said) ?? []
      if (url) resolve(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(`the server did not start: ${said}`)))
  })
}
