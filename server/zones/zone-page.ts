import type { VisibleScopes } from '@zoneward/permissions'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../database/pools.ts'

export type ZoneKey = { sortKey: Buffer; id: string }
export type ZoneFilters = { q?: string | undefined; provider_id?: string | undefined; customer_id?: string | undefined }
export type ListedZone = {
  id: string
  name: string
  sort_key: Buffer
  provider_id: string
  provider_name: string
  customer_id: string | null
  customer_name: string | null
  serial: string
  record_count: number
  served: boolean
  created_at: Date
  changed_at: Date
}

type Condition = RawBuilder<unknown>

/**
 * A page of the zones below what the caller holds, in DNS order, never cut short. A zone hangs below an organization, a
 * customer and a provider, each with an index in this order, so the page is merged from as many short ranges as there
 * are scopes; rights are never looked up zone by zone. Scopes are distinct and a zone has one customer and one provider,
 * so nothing stands twice in a branch to eat its share of the limit.
 */
export async function zonePage(
  tx: Tx,
  orgId: string,
  scopes: VisibleScopes,
  filters: ZoneFilters,
  page: { after: ZoneKey | null; limit: number },
): Promise<ListedZone[]> {
  const branches = branchesOf(orgId, scopes, filters, page)
  if (branches.length === 0) return []
  const { rows } = await sql<ListedZone>`
    with page as (
      select id from (${sql.join(branches, sql` union `)}) as found order by sort_key, id limit ${page.limit}::int
    )
    select z.id, z.name, z.sort_key, z.provider_id, p.name as provider_name, z.customer_id, c.name as customer_name,
      z.serial, z.record_count, z.served, z.created_at, z.changed_at
    from page join zone z on z.org_id = ${orgId}::uuid and z.id = page.id
    join provider p on p.org_id = z.org_id and p.id = z.provider_id
    left join customer c on c.org_id = z.org_id and c.id = z.customer_id
    order by z.sort_key, z.id`.execute(tx)
  return rows
}

/** The ids and sort keys of such a page, one range of an index for each scope. */
function branchesOf(
  orgId: string,
  scopes: VisibleScopes,
  filters: ZoneFilters,
  { after, limit }: { after: ZoneKey | null; limit: number },
): Condition[] {
  const conditions = [sql`z.org_id = ${orgId}::uuid`, ...conditionsOf(orgId, scopes, filters)]
  if (after) conditions.push(sql`(z.sort_key, z.id) > (${after.sortKey}, ${after.id}::uuid)`)
  const range = (more: Condition[]) => sql`
    select z.sort_key, z.id from zone z where ${sql.join([...conditions, ...more], sql` and `)}
    order by z.sort_key, z.id limit ${limit}::int`
  if (scopes.organizations.some((scope) => scope.id === orgId)) return [sql`(${range([])})`]
  const below = (column: string, ids: string[]) => sql`
    (select r.sort_key, r.id from unnest(${ids}::uuid[]) as scope(id)
     cross join lateral (${range([sql`z.${sql.ref(column)} = scope.id`])}) as r)`
  const idsOf = (list: readonly { id: string }[]) => list.map((scope) => scope.id)
  return [
    ...(scopes.customers.length > 0 ? [below('customer_id', idsOf(scopes.customers))] : []),
    ...(scopes.providers.length > 0 ? [below('provider_id', idsOf(scopes.providers))] : []),
    ...(scopes.zones.length > 0 ? [sql`(${range([sql`z.id = any(${idsOf(scopes.zones)}::uuid[])`])})`] : []),
  ]
}

/** What an API key is bound to, what ceilings withhold, and what is looked for. */
function conditionsOf(orgId: string, scopes: VisibleScopes, filters: ZoneFilters): Condition[] {
  const conditions: Condition[] = []
  const { within, exceptCustomers } = scopes
  if (within && !within.some((scope) => scope.id === orgId)) {
    const ids = (kind: string) => within.filter((scope) => scope.kind === kind).map((scope) => scope.id)
    conditions.push(sql`(z.id = any(${ids('zone')}::uuid[]) or z.customer_id = any(${ids('customer')}::uuid[])
      or z.provider_id = any(${ids('provider')}::uuid[]))`)
  }
  if (exceptCustomers.length > 0)
    conditions.push(sql`(z.customer_id is null or z.customer_id <> all(${[...exceptCustomers]}::uuid[]))`)
  if (filters.provider_id) conditions.push(sql`z.provider_id = ${filters.provider_id}::uuid`)
  if (filters.customer_id) conditions.push(sql`z.customer_id = ${filters.customer_id}::uuid`)
  if (filters.q) conditions.push(sql`position(${filters.q.toLowerCase()} in z.name_key) > 0`)
  return conditions
}
