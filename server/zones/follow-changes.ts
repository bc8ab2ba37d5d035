import type { ResourceRecord } from '@zoneward/dns'
import type { ZoneStore } from '@zoneward/nameserver'
import type { Listening } from '../database/listen.ts'
import type { Database } from '../database/open-database.ts'
import type { Log } from '../log.ts'
import { type ZoneNotice, zoneChannel } from './tell-name-servers.ts'

// A larger change is not applied record by record: the zone is read anew when it is next asked for.
const mostApplied = 20_000

/**
 * Keeps what the name server has in memory the same as the database: hears of every committed change and applies its
 * difference, zone by zone in the order of the commits. After a lost connection everything is read anew.
 */
export function followChanges(
  database: Pick<Database, 'dns' | 'listen'>,
  store: ZoneStore,
  log: Log,
): Promise<Listening> {
  const lines = new Map<string, Promise<void>>()
  return database.listen(zoneChannel, (payload) => {
    if (payload === null) return store.invalidateAll()
    const notice = readNotice(payload)
    if (notice === null) return store.invalidateAll()
    const { apex } = notice
    const before = lines.get(apex) ?? Promise.resolve()
    const turn = before
      .then(() => follow(database, store, notice))
      .catch((error: unknown) => {
        log.warn({ zone: apex, err: error }, 'a change could not be read; the zone is read anew')
        store.invalidate(apex)
      })
    lines.set(apex, turn)
    turn.finally(() => lines.get(apex) === turn && lines.delete(apex))
  })
}

async function follow({ dns }: Pick<Database, 'dns'>, store: ZoneStore, notice: ZoneNotice): Promise<void> {
  const { apex, difference } = notice
  if (difference === undefined || difference.entries > mostApplied) return store.invalidate(apex)
  const { rows } = await dns.raw.query<ResourceRecord & { added: boolean }>({
    name: 'entries-of-change',
    text: 'select added, owner, ttl, type, rdata from change_entry where org_id = $1 and change_id = $2 order by seq',
    values: [difference.org, difference.change],
  })
  const removed = rows.filter((row) => !row.added)
  const added = rows.filter((row) => row.added)
  store.applyDiff(apex, difference.from, difference.to, removed, added)
}

function readNotice(payload: string): ZoneNotice | null {
  try {
    const notice: unknown = JSON.parse(payload)
    return typeof notice === 'object' && notice !== null && 'apex' in notice ? (notice as ZoneNotice) : null
  } catch {
    return null
  }
}
