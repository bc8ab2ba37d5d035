import type { RoleSetId, VisibleScopes } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

export type CustomerRow = {
  id: string
  name: string
  portal: string | null
  notes: string
  created_at: Date
  sort: string
}
type At = { orgId: string; id: string }

function selectCustomers(tx: Tx, orgId: string) {
  return tx
    .selectFrom('customer')
    .leftJoin('portal', (join) =>
      join.onRef('portal.org_id', '=', 'customer.org_id').onRef('portal.customer_id', '=', 'customer.id'),
    )
    .select(['customer.id', 'customer.name', 'customer.notes', 'customer.created_at', 'portal.slug as portal'])
    .select(sql<string>`lower(customer.name)`.as('sort'))
    .where('customer.org_id', '=', orgId)
}

/** Customers within these scopes by name, after a place. */
export function customerPage(
  tx: Tx,
  orgId: string,
  scopes: VisibleScopes,
  page: { q: string | undefined; after: readonly [string, string] | null; limit: number },
): Promise<CustomerRow[]> {
  let query = selectCustomers(tx, orgId)
  if (!scopes.organizations.some((scope) => scope.id === orgId))
    query = query.where('customer.id', '=', anyOf(scopes.customers.map((scope) => scope.id)))
  if (scopes.within && !scopes.within.some((scope) => scope.id === orgId))
    query = query.where('customer.id', '=', anyOf(scopes.within.map((scope) => scope.id)))
  if (scopes.exceptCustomers.length > 0)
    query = query.where('customer.id', '<>', sql<string>`all(${[...scopes.exceptCustomers]}::uuid[])`)
  if (page.q) query = query.where(sql<boolean>`position(${page.q.toLowerCase()} in lower(customer.name)) > 0`)
  if (page.after)
    query = query.where(sql<boolean>`(lower(customer.name), customer.id) > (${page.after[0]}, ${page.after[1]}::uuid)`)
  return query.orderBy(sql`lower(customer.name)`).orderBy('customer.id').limit(page.limit).execute()
}

export async function customerById(tx: Tx, _: Allowed, at: At): Promise<CustomerRow | null> {
  return (await selectCustomers(tx, at.orgId).where('customer.id', '=', at.id).executeTakeFirst()) ?? null
}

export type Counts = Map<string, { zones: number; people: number }>

/** How many zones and client accounts customers have. Through the portal only those of the same portal are counted. */
export async function countsOf(tx: Tx, orgId: string, ids: string[]): Promise<Counts> {
  const { rows } = await sql<{ id: string; zones: number; people: number }>`
    select c.id,
      (select count(*)::int from zone z where z.org_id = ${orgId}::uuid and z.customer_id = c.id) as zones,
      (select count(*)::int from client_user u where u.org_id = ${orgId}::uuid and u.customer_id = c.id) as people
    from unnest(${ids}::uuid[]) as c(id)`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function insertCustomer(
  tx: Tx,
  _: Allowed,
  orgId: string,
  row: { id: string; name: string; notes: string; portal: { id: string; slug: string } },
): Promise<void> {
  const { id, name, notes, portal } = row
  await tx.insertInto('customer').values({ org_id: orgId, id, name, notes, ceiling: null, seat_limit: null }).execute()
  await tx
    .insertInto('portal')
    .values({ org_id: orgId, customer_id: id, ...portal })
    .execute()
}

/** The one grant that its granter does not bound: whoever makes a customer, or the team it works for, is its admin. */
export async function grantMaker(
  tx: Tx,
  _: Allowed,
  grant: { orgId: string; id: string; subjectId: string; by: string; roleId: string; customerId: string },
): Promise<void> {
  await tx
    .insertInto('access_grant')
    .values({
      org_id: grant.orgId,
      id: grant.id,
      subject_id: grant.subjectId,
      role_id: grant.roleId,
      customer_id: grant.customerId,
      provider_id: null,
      zone_id: null,
      patterns: null,
      starts_at: null,
      ends_at: null,
      granted_by: grant.by,
      reason: 'made this customer',
    })
    .execute()
}

export async function updateCustomer(tx: Tx, _: Allowed, at: At, to: { name: string; notes: string }): Promise<void> {
  await tx.updateTable('customer').set(to).where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}

/** With its client accounts and their keys; each is noted, so that no restored copy brings it back. */
export async function deleteCustomer(tx: Tx, _: Allowed, { orgId, id }: At): Promise<void> {
  await sql`
    insert into revocation (org_id, kind, id)
    select org_id, 'client_user', id::text from client_user where org_id = ${orgId}::uuid and customer_id = ${id}::uuid
    union all
    select k.org_id, 'api_key', k.id::text from api_key k join client_user u on u.org_id = k.org_id and u.id = k.owner_id
      where u.org_id = ${orgId}::uuid and u.customer_id = ${id}::uuid
    union all
    select org_id, 'invitation', id::text from invitation where org_id = ${orgId}::uuid and customer_id = ${id}::uuid
    on conflict do nothing`.execute(tx)
  await sql`
    delete from subject where org_id = ${orgId}::uuid and id in (
      select id from client_user where org_id = ${orgId}::uuid and customer_id = ${id}::uuid
      union select id from team where org_id = ${orgId}::uuid and customer_id = ${id}::uuid)`.execute(tx)
  await tx.deleteFrom('customer').where('org_id', '=', orgId).where('id', '=', id).execute()
}

export type StoredCeiling = { permissions: string[]; roles?: string[] }
export type CeilingRow = {
  id: string
  name: string
  ceiling: StoredCeiling | null
  seat_limit: number | null
  seats_taken: number
  role_set: RoleSetId
}

/** What is kept of a customer's ceiling, with the role set that it follows where it has none of its own. */
export async function ceilingById(tx: Tx, _: Allowed, at: At): Promise<CeilingRow | null> {
  const row = await tx
    .selectFrom('customer')
    .innerJoin('organization', 'organization.id', 'customer.org_id')
    .select(['customer.id', 'customer.name', 'customer.ceiling', 'customer.seat_limit', 'organization.role_set'])
    .select(sql<number>`customer_seats_taken(customer.id)::int`.as('seats_taken'))
    .where('customer.org_id', '=', at.orgId)
    .where('customer.id', '=', at.id)
    .executeTakeFirst()
  return row ?? null
}

export async function updateCeiling(
  tx: Tx,
  _: Allowed,
  at: At,
  { ceiling, seats }: { ceiling: StoredCeiling | null; seats: number | null },
): Promise<void> {
  await tx
    .updateTable('customer')
    .set({ ceiling, seat_limit: seats })
    .where('org_id', '=', at.orgId)
    .where('id', '=', at.id)
    .execute()
}
