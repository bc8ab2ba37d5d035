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
