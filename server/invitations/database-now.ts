import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'

/** Milliseconds by the database's clock: what ends is judged by it, whichever server is asked. */
export async function databaseNow(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    now: number
  }>`select extract(epoch from clock_timestamp())::float8 * 1000 as now`.execute(tx)
  return Number(rows[0]?.now)
}
