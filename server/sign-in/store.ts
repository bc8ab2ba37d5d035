import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

/** The hash of one's own password, in whichever realm. */
export async function readPasswordHash(tx: Tx, _allowed: Allowed, actor: Actor): Promise<string> {
  const row =
    actor.realm === 'staff'
      ? await tx
          .selectFrom('account')
          .select('password_hash')
          .where('id', '=', actor.accountId)
          .executeTakeFirstOrThrow()
      : await tx
          .selectFrom('client_user')
          .select('password_hash')
          .where('org_id', '=', actor.orgId)
          .where('id', '=', actor.subjectId)
          .executeTakeFirstOrThrow()
  return row.password_hash
}

/** False where the hash is another one by now. */
export async function replacePasswordHash(
  tx: Tx,
  _allowed: Allowed,
  change: { actor: Actor; from: string; to: string },
): Promise<boolean> {
  const { actor, from, to } = change
  const result =
    actor.realm === 'staff'
      ? await tx
          .updateTable('account')
          .set({ password_hash: to })
          .where('id', '=', actor.accountId)
          .where('password_hash', '=', from)
          .executeTakeFirst()
      : await tx
          .updateTable('client_user')
          .set({ password_hash: to })
          .where('org_id', '=', actor.orgId)
          .where('id', '=', actor.subjectId)
          .where('password_hash', '=', from)
          .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Ends every session of the account but the one that asks; how many there were. */
export async function endOtherSessions(tx: Tx, _allowed: Allowed, actor: Actor): Promise<number> {
  const result =
    actor.realm === 'staff'
      ? await tx
          .deleteFrom('staff_session')
          .where('account_id', '=', actor.accountId)
          .where('id', '!=', actor.sessionId ?? actor.subjectId)
          .returning('id')
          .execute()
      : await tx
          .deleteFrom('client_session')
          .where('org_id', '=', actor.orgId)
          .where('client_user_id', '=', actor.subjectId)
          .where('id', '!=', actor.sessionId ?? actor.subjectId)
          .returning('id')
          .execute()
  return tombstones(tx, actor.orgId, result)
}

/** Ends the session that asks. */
export async function endSession(tx: Tx, _allowed: Allowed, actor: Actor): Promise<void> {
  const id = actor.sessionId ?? ''
  const result =
    actor.realm === 'staff'
      ? await tx.deleteFrom('staff_session').where('id', '=', id).returning('id').execute()
      : await tx
          .deleteFrom('client_session')
          .where('org_id', '=', actor.orgId)
          .where('id', '=', id)
          .returning('id')
          .execute()
  await tombstones(tx, actor.orgId, result)
}

async function tombstones(tx: Tx, orgId: string, rows: { id: string }[]): Promise<number> {
  if (rows.length > 0) {
    await tx
      .insertInto('revocation')
      .values(rows.map(({ id }) => ({ org_id: orgId, kind: 'session', id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return rows.length
}

/** Which team this session works for. */
export async function updateCurrentTeam(
  tx: Tx,
  _allowed: Allowed,
  { realm, orgId, sessionId }: Actor,
  teamId: string | null,
): Promise<void> {
  const current_team = teamId
  const id = sessionId ?? ''
  if (realm === 'staff') await tx.updateTable('staff_session').set({ current_team }).where('id', '=', id).execute()
  else {
    const own = tx.updateTable('client_session').set({ current_team }).where('org_id', '=', orgId)
    await own.where('id', '=', id).execute()
  }
}

/** What it was before. With the features off, no session of the user works for a team. */
export async function updateTeamFeatures(tx: Tx, _allowed: Allowed, actor: Actor, on: boolean): Promise<boolean> {
  const { realm, orgId, subjectId, accountId } = actor
  const table = realm === 'staff' ? 'member' : 'client_user'
  const mine = tx.selectFrom(table).select('team_features').where('org_id', '=', orgId).where('id', '=', subjectId)
  const { team_features: old } = (await mine.forUpdate().executeTakeFirst()) ?? { team_features: false }
  await tx
    .updateTable(table)
    .set({ team_features: on })
    .where('org_id', '=', orgId)
    .where('id', '=', subjectId)
    .execute()
  if (on) return old
  if (realm === 'client') {
    const sessions = tx.updateTable('client_session').set({ current_team: null }).where('org_id', '=', orgId)
    await sessions.where('client_user_id', '=', subjectId).execute()
  } else if (accountId !== null) {
    const sessions = tx.updateTable('staff_session').set({ current_team: null })
    await sessions.where('account_id', '=', accountId).where('current_organization', '=', orgId).execute()
  }
  return old
}
