import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import type { RolePool } from '../database/pools.ts'
import type { Log } from '../log.ts'

// Which grants were the reason for an answer, to the hour. A request only puts ids into a map of this process; a
// statement every ten seconds writes them down. Being in a list is no use of a grant: opening what it gives is.

type Uses = {
  /** Ids of grants to write down, with their organization. */
  waiting: Map<string, string>
  /** The hour in which a grant was noted last, so that a busy one costs one row an hour. */
  noted: Map<string, number>
}

// A pool belongs to one database: two servers in one process do not mix their grants.
const usesOf = new WeakMap<RolePool, Uses>()
const hour = 3_600_000
const mostWaiting = 50_000
const mostNoted = 200_000
const writtenAtOnce = 5_000

/** Notes that these grants carried a request, without a query. */
export function noteUse(pool: RolePool, orgId: string, reasons: readonly { grant: { id: string } }[]): void {
  let uses = usesOf.get(pool)
  if (uses === undefined) {
    uses = { waiting: new Map(), noted: new Map() }
    usesOf.set(pool, uses)
  }
  const now = Math.floor(Date.now() / hour)
  for (const { grant } of reasons) {
    // What does not fit is noted by a later request.
    if (uses.noted.get(grant.id) === now || uses.waiting.size >= mostWaiting) continue
    if (uses.noted.size >= mostNoted) uses.noted.clear()
    uses.noted.set(grant.id, now)
    uses.waiting.set(grant.id, orgId)
  }
}

type Pools = Pick<Database, 'staff' | 'portal' | 'worker'>

/** Writes down what was noted. What cannot be written now is tried again the next time. */
export async function writeUses(database: Pools, log: Log): Promise<void> {
  for (const pool of [database.staff, database.portal]) {
    const uses = usesOf.get(pool)
    for (let some = takeSome(uses); some.length > 0; some = takeSome(uses)) {
      try {
        await sql`select note_grant_use(${some.map(([, orgId]) => orgId)}::uuid[], ${some.map(([id]) => id)}::uuid[])`.execute(
          database.worker.kysely,
        )
      } catch (error) {
        for (const [id, orgId] of some) uses?.waiting.set(id, orgId)
        log.warn({ err: error }, 'which grants are used could not be written down, and will be tried again')
        return
      }
    }
  }
}

function takeSome(uses: Uses | undefined): [string, string][] {
  const some = [...(uses?.waiting.entries().take(writtenAtOnce) ?? [])]
  for (const [id] of some) uses?.waiting.delete(id)
  return some
}

/** Writes uses down every ten seconds, and once more when stopped. */
export function keepUses(database: Pools, log: Log, every = 10_000): { stop(): Promise<void> } {
  let running = Promise.resolve()
  const write = () => {
    running = running.then(() => writeUses(database, log))
    return running
  }
  const timer = setInterval(write, every)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return write()
    },
  }
}
