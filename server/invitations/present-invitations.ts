import type { AnswerOf } from '@zoneward/api'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { type InvitationRow, stateOf } from './store.ts'
import type { Wish } from './wishes.ts'

export type ShownInvitation = AnswerOf<'invitations.resend'>

/** Invitations as they are shown to whoever manages them. */
export async function presentInvitations(
  tx: Tx,
  orgId: string,
  rows: InvitationRow[],
  now: number,
): Promise<ShownInvitation[]> {
  const homes = rows.flatMap((row) => (row.customer_id ? [{ kind: 'customer' as const, id: row.customer_id }] : []))
  const nameOf = await nameScopes(tx, orgId, [
    ...homes,
    ...rows.flatMap((row) => wishesOf(row).map((wish) => wish.scope)),
  ])
  const roles = await roleBook(tx, orgId)
  return rows.map((row) => ({
    id: row.id,
    realm: row.realm,
    email: row.email,
    customer: row.customer_id
      ? { id: row.customer_id, name: nameOf({ kind: 'customer', id: row.customer_id }).name }
      : null,
    state: stateOf(row, now),
    grants: wishesOf(row).map(({ role_id, scope }) => ({
      role_id,
      role: roles.get(role_id)?.name ?? role_id,
      scope: nameOf(scope),
    })),
    created_at: row.created_at.toISOString(),
    sent_at: row.sent_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    link: null,
  }))
}

/** What an invitation gives, as it was kept. */
export function wishesOf(row: Pick<InvitationRow, 'grants'>): Wish[] {
  return row.grants as Wish[]
}
