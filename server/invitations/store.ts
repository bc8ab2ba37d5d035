import { type Insertable, type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { InvitationTable } from '../database/schema.ts'

export type InvitationRow = Selectable<InvitationTable>
export type InvitationState = 'pending' | 'accepted' | 'expired' | 'revoked'

/** Whose invitations a caller manages: of staff or not, of every customer or these. */
export type Managed = { staff: boolean; customers: 'all' | string[] }

type Wanted = {
  orgId: string
  managed: Managed
  before: string | null
  limit: number
  state: InvitationState | undefined
  customerId: string | undefined
}

/** Newest first, one more than a page. */
export function selectInvitations(tx: Tx, wanted: Wanted): Promise<InvitationRow[]> {
  const { orgId, managed, before, limit, state, customerId } = wanted
  const { customers } = managed
  let query = tx
    .selectFrom('invitation')
    .selectAll()
    .where('org_id', '=', orgId)
    .where((where) =>
      where.or([
        where.and([where.lit(managed.staff), where('realm', '=', 'staff')]),
        where.and([
          where('realm', '=', 'client'),
          customers === 'all' ? where.lit(true) : where('customer_id', '=', anyOf(customers)),
        ]),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (before !== null) query = query.where('id', '<', before)
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
  if (state !== undefined) query = query.where(stateSql, '=', state)
  return query.execute()
}

const stateSql = sql<InvitationState>`case when accepted_at is not null then 'accepted'
  when revoked_at is not null then 'revoked' when expires_at <= clock_timestamp() then 'expired' else 'pending' end`

/** The state at a moment: `now` in milliseconds. */
export function stateOf(row: InvitationRow, now: number): InvitationState {
  if (row.accepted_at !== null) return 'accepted'
  if (row.revoked_at !== null) return 'revoked'
  return row.expires_at.getTime() <= now ? 'expired' : 'pending'
}

/** One invitation, to ask whether the caller manages it: what it returns is not yet anybody's to see. */
export async function findInvitation(tx: Tx, orgId: string, id: string): Promise<InvitationRow | null> {
  const row = await tx
    .selectFrom('invitation')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export function insertInvitation(tx: Tx, _: Allowed, row: Insertable<InvitationTable>): Promise<InvitationRow> {
  return tx.insertInto('invitation').values(row).returningAll().executeTakeFirstOrThrow()
}

/** Makes room for a new invitation where an older one of the same address has run out. */
export async function retireExpired(
  tx: Tx,
  _: Allowed,
  same: { orgId: string; realm: 'staff' | 'client'; portalId: string | null; emailKey: string },
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ revoked_at: new Date() })
    .where('org_id', '=', same.orgId)
    .where('realm', '=', same.realm)
    .where('portal_id', 'is not distinct from', same.portalId)
    .where('email_key', '=', same.emailKey)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '<=', sql<Date>`clock_timestamp()`)
    .execute()
}

export function updateInvitation(
  tx: Tx,
  _: Allowed,
  { orgId, id, set }: { orgId: string; id: string; set: Partial<Insertable<InvitationTable>> },
): Promise<InvitationRow> {
  return tx
    .updateTable('invitation')
    .set(set)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A restore of an older copy takes the invitation away again. */
export async function buryInvitation(tx: Tx, _: Allowed, { orgId, id }: { orgId: string; id: string }): Promise<void> {
  await tx
    .insertInto('revocation')
    .values({ org_id: orgId, kind: 'invitation', id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether somebody with this address is there already: a member, or a client account of the portal. */
export async function findInvitee(
  tx: Tx,
  _: Allowed,
  who: { orgId: string; realm: 'staff' | 'client'; portalId: string | null; emailKey: string },
): Promise<string | null> {
  const row =
    who.realm === 'staff'
      ? await tx
          .selectFrom('member')
          .innerJoin('account', 'account.id', 'member.account_id')
          .select('member.id')
          .where('member.org_id', '=', who.orgId)
          .where('account.email_key', '=', who.emailKey)
          .executeTakeFirst()
      : await tx
          .selectFrom('client_user')
          .select('id')
          .where('org_id', '=', who.orgId)
          .where('portal_id', '=', who.portalId)
          .where('email_key', '=', who.emailKey)
          .executeTakeFirst()
  return row?.id ?? null
}

/** The portal of a customer, or with null the organization's own. */
export function portalOf(tx: Tx, orgId: string, customerId: string | null): Promise<{ id: string; slug: string }> {
  return tx
    .selectFrom('portal')
    .select(['id', 'slug'])
    .where('org_id', '=', orgId)
    .where('customer_id', 'is not distinct from', customerId)
    .executeTakeFirstOrThrow()
}
