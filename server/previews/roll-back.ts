import { atMost } from '../database/guard.ts'
import { type RolePool, type Scope, settingsOf, type Tx } from '../database/pools.ts'

class RolledBack extends Error {
  override readonly name = 'RolledBack'
}

/**
 * Runs `fn` in a transaction that never commits, on one snapshot of everything. It takes no lock on the organization's
 * access: nothing of it can come true, so nothing has to wait for it, and what others commit meanwhile it does not see.
 * A row that another transaction has changed since the snapshot is a serialization failure, and then it begins again.
 */
export async function rolledBack<T>(pool: RolePool, scope: Scope, fn: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(pool, scope, fn)
    } catch (error) {
      if (tries >= mostTries || !isOvertaken(error)) throw error
    }
  }
}

const mostTries = 4
// Others, a revocation among them, wait for the rows that a preview has changed for as long as it runs.
const longest = `${atMost('20s')}; select set_config('lock_timeout', '2s', true)`

async function once<T>(pool: RolePool, scope: Scope, fn: (tx: Tx) => Promise<T>): Promise<T> {
  let done: { value: T } | null = null
  try {
    await pool.run(`begin isolation level repeatable read; ${settingsOf(scope)}; ${longest}`, async (tx) => {
      done = { value: await fn(tx) }
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack) || done === null) throw error
  }
  return (done as { value: T } | null)?.value as T
}

/** Serialization failure, or a deadlock with somebody whose change is real. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
}
