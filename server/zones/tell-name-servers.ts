import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'

export const zoneChannel = 'zone_changed'

/** What every server process hears once the transaction has committed. Without a change the zone is looked at anew. */
export type ZoneNotice = {
  apex: string
  difference?: { org: string; change: string; from: number; to: number; entries: number }
}

export async function tellNameServers(tx: Tx, notice: ZoneNotice): Promise<void> {
  await sql`select pg_notify(${zoneChannel}, ${JSON.stringify(notice)})`.execute(tx)
}
