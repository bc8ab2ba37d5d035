import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

export type TeamRow = { id: string; name: string; realm: 'staff' | 'client'; customer_id: string | null }

export function selectTeams(
  tx: Tx,
  _: Allowed,
  { orgId, after, limit }: { orgId: string; after: string | null; limit: number },
): Promise<TeamRow[]> {
  const query = tx
    .selectFrom('team')
    .select(['id', 'name', 'realm', 'customer_id'])
    .where('org_id', '=', orgId)
    .orderBy('id')
    .limit(limit + 1)
  return (after === null ? query : query.where('id', '>', after)).execute()
}

export async function findTeam(tx: Tx, _: Allowed, orgId: string, id: string): Promise<TeamRow | null> {
  const row = await tx
    .selectFrom('team')
    .select(['id', 'name', 'realm', 'customer_id'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

export async function membershipsOf(tx: Tx, _: Allowed, orgId: string, teamIds: string[]) {
  if (teamIds.length === 0) return []
  return tx
    .selectFrom('team_member')
    .select(['team_id', 'user_id'])
    .where('org_id', '=', orgId)
    .where('team_id', '=', anyOf(teamIds))
    .execute()
}

export async function insertTeam(tx: Tx, _: Allowed, orgId: string, team: TeamRow): Promise<void> {
  await tx.insertInto('subject').values({ org_id: orgId, id: team.id, kind: 'team', realm: team.realm }).execute()
  await tx
    .insertInto('team')
    .values({ org_id: orgId, ...team })
    .execute()
}

export async function teamOfName(tx: Tx, _: Allowed, orgId: string, name: string): Promise<string | null> {
  const row = await tx
    .selectFrom('team')
    .select('id')
    .where('org_id', '=', orgId)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function updateTeamName(tx: Tx, _: Allowed, orgId: string, { id, name }: TeamRow): Promise<void> {
  await tx.updateTable('team').set({ name }).where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** The team goes with its grants and memberships. */
export async function deleteTeam(tx: Tx, _: Allowed, orgId: string, id: string): Promise<void> {
  await tx.deleteFrom('subject').where('org_id', '=', orgId).where('id', '=', id).execute()
}

type Membership = { orgId: string; teamId: string; userId: string }

/** False where the user was in the team already. */
export async function insertMembership(tx: Tx, _: Allowed, { orgId, teamId, userId }: Membership): Promise<boolean> {
  const result = await tx
    .insertInto('team_member')
    .values({ org_id: orgId, team_id: teamId, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** False where the user was not in the team. */
export async function deleteMembership(tx: Tx, _: Allowed, { orgId, teamId, userId }: Membership): Promise<boolean> {
  const result = await tx
    .deleteFrom('team_member')
    .where('org_id', '=', orgId)
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
