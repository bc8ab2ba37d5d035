import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { isPublicSuffix, ownNamesAbove } from './zone-name.ts'
import { endOfBranch } from './zone-source.ts'

/**
 * Does the name server answer for a zone of this name if it is made now? Not when a zone of that name is served already,
 * and not when a served zone of another organization stands at, above or below it: nobody takes over another's names.
 * Public suffixes and the root are the operator's; they stand in nobody's way. Two zones are never judged at one time.
 */
export async function mayBeServed(
  tx: Tx,
  orgId: string,
  name: { name_key: string; sort_key: Buffer },
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('served zones', 0))`.execute(tx)
  const below = isPublicSuffix(name.name_key) ? name.sort_key : endOfBranch(name.sort_key)
  const { rows } = await sql<{ free: boolean }>`
    select not zone_is_served(${name.name_key})
      and not zone_stands_in_the_way(${ownNamesAbove(name.name_key)}::text[], ${name.sort_key}, ${below}, ${orgId}::uuid) as free`.execute(
    tx,
  )
  return rows[0]?.free === true
}
