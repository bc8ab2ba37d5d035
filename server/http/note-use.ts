import { idlenessOf } from '../access/key-ceiling.ts'
import type { RolePool, Scope } from '../database/pools.ts'
import { Fault } from '../fault.ts'

const minute = 60_000
const day = 24 * 60 * minute
/** A session that was not used for so long has ended. */
const longestIdle = day

type Session = { session_id: string; last_seen_at: Date; now_ms: number }

/** Ends a session that was idle for a day, and notes once a minute at most that one is in use. */
export async function noteSession(pool: RolePool, scope: Scope | null, session: Session): Promise<void> {
  const idle = session.now_ms - session.last_seen_at.getTime()
  if (idle >= longestIdle) throw new Fault('unauthenticated', 'This session was not used for a day: sign in again.')
  if (idle < minute) return
  const seen = { last_seen_at: new Date(session.now_ms) }
  if (scope === null) {
    await pool.kysely.updateTable('staff_session').set(seen).where('id', '=', session.session_id).execute()
    return
  }
  await pool.write(scope, (tx) =>
    tx.updateTable('client_session').set(seen).where('id', '=', session.session_id).execute(),
  )
}

type Key = { key_id: string; org_id: string; last_used_at: Date | null; now_ms: number }

type LimitedKey = { ceiling: unknown; created_at: Date; last_used_at: Date | null; now_ms: number }

/** A key that was not used for as long as its ceiling says has stopped, by the database's clock. */
export function refuseIdleKey(key: LimitedKey): void {
  const { idleLimit, lastUsedAt } = idlenessOf(key)
  if (idleLimit === undefined || key.now_ms - lastUsedAt < idleLimit) return
  const days = Math.round(idleLimit / day)
  const since = days === 1 ? 'for a day' : `for ${days} days`
  throw new Fault('unauthenticated', `This API key was not used ${since} and has stopped: make a new one.`)
}

/** Notes once a minute at most when, and from where, a key was used. */
export async function noteKey(pool: RolePool, scope: Scope, key: Key, address: string): Promise<void> {
  if (key.last_used_at !== null && key.now_ms - key.last_used_at.getTime() < minute) return
  await pool.write(scope, (tx) =>
    tx
      .updateTable('api_key')
      .set({ last_used_at: new Date(key.now_ms), last_used_from: address })
      .where('org_id', '=', key.org_id)
      .where('id', '=', key.key_id)
      .execute(),
  )
}
