import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'

/** Members, client accounts and pending invitations take a seat each; refuses one more than the plan has. */
export async function ensureSeat(tx: Tx, orgId: string): Promise<void> {
  const organization = await tx
    .selectFrom('organization')
    .select('seat_limit')
    .where('id', '=', orgId)
    .executeTakeFirstOrThrow()
  const limit = organization.seat_limit
  if (limit === null) return
  const { rows } = await sql<{ taken: string }>`select seats_taken() as taken`.execute(tx)
  const taken = Number(rows[0]?.taken ?? 0)
  const free = Math.max(0, limit - taken)
  if (free > 0) return
  throw new Fault(
    'conflict',
    `The plan has ${limit} ${limit === 1 ? 'seat' : 'seats'}, ${taken} are taken and ${free} are free: remove somebody or revoke an invitation first, or take more seats.`,
  )
}
