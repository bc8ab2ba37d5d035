import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { newId } from '../ids.ts'
import type { InvitationRow } from './store.ts'

/** Who accepts: an account with its password, or somebody new with the hash of a password that passed the rule. */
export type Accepting = { accountId: string; isNew: boolean; name: string; passwordHash: string }

/** The subject of whoever accepts: the one it has here already, or a new one with its account. */
export async function admit(
  tx: Tx,
  row: InvitationRow,
  person: Accepting,
): Promise<{ id: string; realm: 'staff' | 'client' }> {
  const { realm } = row
  return { realm, id: realm === 'staff' ? await admitMember(tx, row, person) : await admitClient(tx, row, person) }
}

async function admitMember(tx: Tx, row: InvitationRow, person: Accepting): Promise<string> {
  const { accountId, isNew, name, passwordHash } = person
  if (isNew) {
    await sql`select create_account(${accountId}, ${row.email}, ${row.email_key}, ${name}, ${passwordHash}, false)`.execute(
      tx,
    )
  }
  const known = await tx
    .selectFrom('member')
    .select('id')
    .where('org_id', '=', row.org_id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (known) return known.id
  const id = newId()
  await tx.insertInto('subject').values({ org_id: row.org_id, id, kind: 'member', realm: 'staff' }).execute()
  await tx.insertInto('member').values({ org_id: row.org_id, id, account_id: accountId }).execute()
  return id
}

async function admitClient(tx: Tx, row: InvitationRow, person: Accepting): Promise<string> {
  const { accountId: id, isNew, name, passwordHash } = person
  // The account of a client is in its portal and nowhere else, so its id is the subject's.
  if (!isNew) return id
  if (row.portal_id === null) throw new Error('an invitation of a client has no portal')
  await tx.insertInto('subject').values({ org_id: row.org_id, id, kind: 'client_user', realm: 'client' }).execute()
  await tx
    .insertInto('client_user')
    .values({
      org_id: row.org_id,
      id,
      portal_id: row.portal_id,
      customer_id: row.customer_id,
      email: row.email,
      email_key: row.email_key,
      name,
      password_hash: passwordHash,
    })
    .execute()
  return id
}
