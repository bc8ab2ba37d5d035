import { type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { ServiceAccountTable } from '../database/schema-access.ts'

export type ServiceAccountRow = Selectable<ServiceAccountTable> & { keys: number; grants: number }

function selectAccounts(tx: Tx, orgId: string) {
  return tx
    .selectFrom('service_account as s')
    .selectAll('s')
    .select(
      sql<number>`(select count(*)::int from api_key k where k.org_id = s.org_id and k.owner_id = s.id
        and (k.expires_at is null or k.expires_at > clock_timestamp()))`.as('keys'),
    )
    .select(
      sql<number>`(select count(*)::int from access_grant g where g.org_id = s.org_id and g.subject_id = s.id)`.as(
        'grants',
      ),
    )
    .where('s.org_id', '=', orgId)
}

type Page = { orgId: string; q: string | undefined; before: string | null; limit: number }

/** Newest first, one more than a page. */
export function accountPage(tx: Tx, _: Allowed, { orgId, q, before, limit }: Page): Promise<ServiceAccountRow[]> {
  let query = selectAccounts(tx, orgId)
  if (q !== undefined) query = query.where(sql<boolean>`strpos(lower(s.name), lower(${q})) > 0`)
  if (before !== null) query = query.where('s.id', '<', before)
  return query
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export async function accountById(tx: Tx, _: Allowed, orgId: string, id: string): Promise<ServiceAccountRow | null> {
  return (await selectAccounts(tx, orgId).where('s.id', '=', id).executeTakeFirst()) ?? null
}

export async function nameIsTaken(
  tx: Tx,
  _: Allowed,
  { orgId, name, except }: { orgId: string; name: string; except?: string },
): Promise<boolean> {
  let query = tx
    .selectFrom('service_account')
    .select('id')
    .where('org_id', '=', orgId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
  if (except !== undefined) query = query.where('id', '<>', except)
  return (await query.executeTakeFirst()) !== undefined
}

type NewAccount = { orgId: string; id: string; name: string; description: string; createdBy: string }

export async function insertAccount(tx: Tx, _: Allowed, account: NewAccount): Promise<void> {
  const { orgId: org_id, id, name, description, createdBy } = account
  await tx.insertInto('subject').values({ org_id, id, kind: 'service', realm: 'staff' }).execute()
  await tx.insertInto('service_account').values({ org_id, id, name, description, created_by: createdBy }).execute()
}

export async function updateAccount(
  tx: Tx,
  _: Allowed,
  { orgId, id }: { orgId: string; id: string },
  now: { name: string; description: string },
): Promise<void> {
  await tx.updateTable('service_account').set(now).where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** With its keys, grants and places in teams; the tables note what that takes away, for a restore. */
export async function deleteAccount(tx: Tx, _: Allowed, orgId: string, id: string): Promise<void> {
  await tx
    .deleteFrom('subject')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('kind', '=', 'service')
    .execute()
}
