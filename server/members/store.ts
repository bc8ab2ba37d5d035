import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

type Page = { orgId: string; after: string | null; limit: number; q: string | undefined }
export type MemberRow = { id: string; name: string; email: string; created_at: Date; account_id: string }

/** Members in the order they joined, one more than a page. */
export function selectMembers(tx: Tx, _: Allowed, { orgId, after, limit, q }: Page): Promise<MemberRow[]> {
  let query = tx
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['member.id', 'member.account_id', 'account.name', 'account.email', 'member.created_at'])
    .where('member.org_id', '=', orgId)
    .orderBy('member.id')
    .limit(limit + 1)
  if (after !== null) query = query.where('member.id', '>', after)
  if (q)
    query = query.where((where) => where.or([like(where.ref('account.name'), q), like(where.ref('account.email'), q)]))
  return query.execute()
}

export type ClientUserRow = {
  id: string
  name: string
  email: string
  customer_id: string | null
  portal: string
  created_at: Date
  last_seen_at: Date | null
}
type ClientPage = Page & { customers: 'all' | string[]; customerId: string | undefined }

/** Client accounts of these customers in the order they joined, one more than a page. */
export function selectClientUsers(tx: Tx, page: ClientPage): Promise<ClientUserRow[]> {
  const { orgId, after, limit, q, customers, customerId } = page
  let query = tx
    .selectFrom('client_user')
    .innerJoin('portal', (join) =>
      join.onRef('portal.org_id', '=', 'client_user.org_id').onRef('portal.id', '=', 'client_user.portal_id'),
    )
    .select([
      'client_user.id',
      'client_user.name',
      'client_user.email',
      'client_user.customer_id',
      'portal.slug as portal',
      'client_user.created_at',
      'client_user.last_seen_at',
    ])
    .where('client_user.org_id', '=', orgId)
    .orderBy('client_user.id')
    .limit(limit + 1)
  if (customers !== 'all') query = query.where('client_user.customer_id', '=', anyOf(customers))
  if (customerId !== undefined) query = query.where('client_user.customer_id', '=', customerId)
  if (after !== null) query = query.where('client_user.id', '>', after)
  if (q) {
    query = query.where((where) =>
      where.or([like(where.ref('client_user.name'), q), like(where.ref('client_user.email'), q)]),
    )
  }
  return query.execute()
}

function like(column: unknown, q: string) {
  return sql<boolean>`${column} ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`
}

/** One member, or null. */
export async function findMember(tx: Tx, _: Allowed, orgId: string, id: string): Promise<MemberRow | null> {
  const row = await tx
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select(['member.id', 'member.account_id', 'account.name', 'account.email', 'member.created_at'])
    .where('member.org_id', '=', orgId)
    .where('member.id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** One client account, to ask whether the caller manages it: what it returns is not yet anybody's to see. */
export async function findClientUser(tx: Tx, orgId: string, id: string) {
  const row = await tx
    .selectFrom('client_user')
    .select(['id', 'name', 'email', 'customer_id'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

type Leaving = { orgId: string; id: string }

/** Takes a user out: its grants, keys, team memberships and (of clients) sessions go with its subject. */
export async function deleteUser(tx: Tx, _: Allowed, { orgId, id }: Leaving): Promise<void> {
  await tx.deleteFrom('subject').where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** A member's sessions no longer stand in this organization; the account may have others. */
export async function endSessionsHere(tx: Tx, _: Allowed, who: { orgId: string; accountId: string }): Promise<void> {
  const ended = await tx
    .deleteFrom('staff_session')
    .where('account_id', '=', who.accountId)
    .where('current_organization', '=', who.orgId)
    .returning('id')
    .execute()
  for (const { id } of ended) {
    await tx
      .insertInto('revocation')
      .values({ org_id: who.orgId, kind: 'session', id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
