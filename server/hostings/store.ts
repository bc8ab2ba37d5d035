import type { VisibleScopes } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

export type HostingRow = {
  id: string
  name: string
  place: string
  customer_id: string
  customer: string
  created_at: Date
  sort: string
}
type At = { orgId: string; id: string }
type Page = {
  q: string | undefined
  customerId: string | undefined
  after: readonly [string, string] | null
  limit: number
}

function selectHostings(tx: Tx, orgId: string) {
  return tx
    .selectFrom('hosting')
    .innerJoin('customer', (join) =>
      join.onRef('customer.org_id', '=', 'hosting.org_id').onRef('customer.id', '=', 'hosting.customer_id'),
    )
    .select(['hosting.id', 'hosting.name', 'hosting.place', 'hosting.customer_id', 'hosting.created_at'])
    .select(['customer.name as customer', sql<string>`lower(hosting.name)`.as('sort')])
    .where('hosting.org_id', '=', orgId)
}

/** Hostings within these scopes by name, after a place: a hosting hangs below its customer. */
export function hostingPage(tx: Tx, orgId: string, scopes: VisibleScopes, page: Page): Promise<HostingRow[]> {
  const within = (ids: string[]) =>
    sql<boolean>`(hosting.id = ${anyOf(ids)} or hosting.customer_id = ${anyOf(ids)} or ${orgId}::uuid = ${anyOf(ids)})`
  const held = [...scopes.organizations, ...scopes.customers, ...scopes.hostings]
  let query = selectHostings(tx, orgId).where(within(held.map(({ id }) => id)))
  if (scopes.within) query = query.where(within(scopes.within.map(({ id }) => id)))
  if (scopes.exceptCustomers.length > 0)
    query = query.where('hosting.customer_id', '<>', sql<string>`all(${[...scopes.exceptCustomers]}::uuid[])`)
  if (page.customerId) query = query.where('hosting.customer_id', '=', page.customerId)
  if (page.q) query = query.where(sql<boolean>`position(${page.q.toLowerCase()} in lower(hosting.name)) > 0`)
  if (page.after)
    query = query.where(sql<boolean>`(lower(hosting.name), hosting.id) > (${page.after[0]}, ${page.after[1]}::uuid)`)
  return query.orderBy(sql`lower(hosting.name)`).orderBy('hosting.id').limit(page.limit).execute()
}

export async function hostingById(tx: Tx, _: Allowed, at: At): Promise<HostingRow | null> {
  return (await selectHostings(tx, at.orgId).where('hosting.id', '=', at.id).executeTakeFirst()) ?? null
}

/** The hosting of a customer that has this name. */
export async function hostingOfName(
  tx: Tx,
  _: Allowed,
  { orgId, customerId, name }: { orgId: string; customerId: string; name: string },
): Promise<string | null> {
  const row = await tx
    .selectFrom('hosting')
    .select('id')
    .where('org_id', '=', orgId)
    .where('customer_id', '=', customerId)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function insertHosting(
  tx: Tx,
  _: Allowed,
  { orgId, id }: At,
  row: { customer_id: string; name: string; place: string },
): Promise<void> {
  await tx
    .insertInto('hosting')
    .values({ org_id: orgId, id, ...row })
    .execute()
}

export async function updateHosting(tx: Tx, _: Allowed, at: At, to: { name: string; place: string }): Promise<void> {
  await tx.updateTable('hosting').set(to).where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}

/** With what was granted at it; the grants note themselves as taken away. */
export async function deleteHosting(tx: Tx, _: Allowed, at: At): Promise<void> {
  await tx.deleteFrom('hosting').where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}
