import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'

/** Members, client accounts and pending invitations take a seat each; refuses one more than the plan, or the customer, has. */
export async function ensureSeat(tx: Tx, orgId: string, customerId: string | null): Promise<void> {
  await ensureSeatOfPlan(tx, orgId)
  if (customerId !== null) await ensureSeatOfCustomer(tx, orgId, customerId)
}

/** Whoever is in already stays in, also when staff has set fewer seats since. */
async function ensureSeatOfCustomer(tx: Tx, orgId: string, customerId: string): Promise<void> {
  const { seat_limit: limit, name } = await tx
    .selectFrom('customer')
    .select(['seat_limit', 'name'])
    .where('org_id', '=', orgId)
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow()
  if (limit === null) return
  const { rows } = await sql<{ taken: number }>`select customer_seats_taken(${customerId}::uuid)::int as taken`.execute(
    tx,
  )
  const taken = rows[0]?.taken ?? 0
  const free = Math.max(0, limit - taken)
  if (free > 0) return
  throw new Fault(
    'conflict',
    `${name} has ${limit} ${limit === 1 ? 'seat' : 'seats'} for client accounts, ${taken} are taken and ${free} are free: remove somebody or revoke an invitation first, or ask the provider for more seats.`,
  )
}

async function ensureSeatOfPlan(tx: Tx, orgId: string): Promise<void> {
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
