import { createReadStream, existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RolePool } from '../database/pools.ts'
import type { Log } from '../log.ts'

/** Something that was taken away. `at` in ISO 8601 with microseconds, by the database's clock. */
export interface Revocation {
  org_id: string
  kind: string
  id: string
  at: string
}

export function revocationsFile(dataFolder: string): string {
  return join(dataFolder, 'revocations.ndjson')
}

export const readRevocationsSql = `select org_id::text, kind, id,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from revocation`

/**
 * Copies what is taken away to a file beside the database, within two seconds and for as long as the server runs: with
 * it a restore knows of revocations that are younger than the back-up even when the database is lost.
 */
export function keepRevocations(owner: RolePool, dataFolder: string, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const done = keep(owner, revocationsFile(dataFolder), log, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

async function keep(owner: RolePool, file: string, log: Log, stopping: AbortSignal): Promise<void> {
  let written: Set<string> | null = null
  for (;;) {
    const last = stopping.aborted
    try {
      const known: Set<string> = written ?? new Set((await readRevocations(file)).map(keyOf))
      await appendNew(owner, file, known, written ? '10 minutes' : '1000 years')
      written = known
    } catch (error) {
      log.warn({ err: error }, 'revocations could not be copied to their file; it is tried again')
    }
    if (last) return
    await sleep(2_000, undefined, { signal: stopping }).catch(() => {})
  }
}

// A transaction may commit a while after the time that its row says, so each round looks back further than any may last.
async function appendNew(owner: RolePool, file: string, written: Set<string>, lookBack: string): Promise<void> {
  const { rows } = await owner.raw.query<Revocation>(
    `${readRevocationsSql} where kind <> 'session' and at > clock_timestamp() - $1::interval order by at`,
    [lookBack],
  )
  const fresh = rows.filter((row) => !written.has(keyOf(row)))
  // Made even with nothing to say: that it is there tells a restore that nothing was revoked.
  if (fresh.length === 0 && existsSync(file)) return
  const handle = await open(file, 'a', 0o600)
  try {
    // The empty line in front keeps a line that a crash had cut from taking this one with it.
    await handle.write(`\n${fresh.map((row) => `${JSON.stringify(row)}\n`).join('')}`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  for (const row of fresh) written.add(keyOf(row))
}

/** What the file tells, nothing if there is none; a line that was cut by a crash is left out and written again later. */
export async function readRevocations(file: string): Promise<Revocation[]> {
  if (!existsSync(file)) return []
  const found: Revocation[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    try {
      found.push(JSON.parse(line))
    } catch {}
  }
  return found
}

function keyOf({ org_id, kind, id }: Revocation): string {
  return `${org_id} ${kind} ${id}`
}
