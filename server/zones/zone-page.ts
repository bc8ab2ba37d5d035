import { toAsciiName } from '@zoneward/dns'
import type { VisibleScopes } from '@zoneward/permissions'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '../database/pools.ts'

export type ZoneKey = { sortKey: Buffer; id: string }
export type ZoneFilters = {
  q?: string | undefined
  provider_id?: string | undefined
  customer_id?: string | undefined
  /** A condition on a zone `z`. */
  also?: Expression<SqlBool> | undefined
}
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
  const limit = roundedUp(page.limit)
  const branches = branchesOf(orgId, scopes, filters, { ...page, limit })
  const [only] = branches
  if (!only) return []
  const { rows } = await sql<ListedZone>`
    with page as materialized (${branches.length === 1 && isShort(scopes) ? only('all') : merged(branches, limit)})
    select z.id, z.name, z.sort_key, z.provider_id, p.name as provider_name, z.customer_id, c.name as customer_name,
      z.serial, z.record_count, z.served, z.created_at, z.changed_at
    from page z
    join provider p on p.org_id = ${orgId}::uuid and p.id = z.provider_id
    left join customer c on c.org_id = ${orgId}::uuid and c.id = z.customer_id
    order by z.sort_key, z.id`.execute(tx)
  return rows.slice(0, page.limit)
}

/**
 * Limits stand in the text of the query: a plan made for any limit expects a tenth of all zones and joins for as many.
 * Only a few of them, since each text has a plan of its own.
 */
function roundedUp(limit: number): number {
  return [11, 51, 101, 201, 501, 1_001].find((each) => each >= limit) ?? Math.ceil(limit / 1_000) * 1_000
}

// Many containers give many rows to sort: then keys first, which the indexes hold by themselves.
const isShort = (scopes: VisibleScopes) => scopes.customers.length + scopes.providers.length <= 3

/** Which columns of the zones a branch gives: only where it stands alone are all of them read at once. */
type Columns = 'all' | 'key'
type Branch = (columns: Columns) => Condition

const columnsOf: Record<Columns, Condition> = {
  all: sql`z.sort_key, z.id, z.name, z.provider_id, z.customer_id, z.serial, z.record_count, z.served, z.created_at, z.changed_at`,
  key: sql`z.sort_key, z.id, z.org_id`,
}

/** Keys first, each zone once; then the zones of the page alone. */
function merged(branches: Branch[], limit: number): Condition {
  return sql`
    select ${columnsOf.all} from (
      select * from (${sql.join(
        branches.map((branch) => branch('key')),
        sql` union `,
      )}) as found
      order by sort_key, id limit ${sql.lit(limit)}
    ) as k join zone z on z.org_id = k.org_id and z.id = k.id`
}

/** One range of an index for each scope. */
function branchesOf(
  orgId: string,
  scopes: VisibleScopes,
  filters: ZoneFilters,
  { after, limit }: { after: ZoneKey | null; limit: number },
): Branch[] {
  const conditions = [sql`z.org_id = ${orgId}::uuid`, ...conditionsOf(orgId, scopes, filters)]
  if (after) conditions.push(sql`(z.sort_key, z.id) > (${after.sortKey}, ${after.id}::uuid)`)
  const range = (columns: Columns, more: Condition[]) => sql`
    select ${columnsOf[columns]} from zone z where ${sql.join([...conditions, ...more], sql` and `)}
    order by z.sort_key, z.id limit ${sql.lit(limit)}`
  if (scopes.organizations.some((scope) => scope.id === orgId)) return [(columns) => sql`(${range(columns, [])})`]
  const below =
    (column: 'customer_id' | 'provider_id', ids: string[]): Branch =>
    (columns) =>
      sql`
    (select r.* from unnest(${ids}::uuid[]) as scope(id)
     cross join lateral (${range(columns, [sql`z.${sql.ref(column)} = scope.id`])}) as r
     order by r.sort_key, r.id limit ${sql.lit(limit)})`
  const idsOf = (list: readonly { id: string }[]) => list.map((scope) => scope.id)
  const branches: Branch[] = []
  if (scopes.customers.length > 0) branches.push(below('customer_id', idsOf(scopes.customers)))
  if (scopes.providers.length > 0) branches.push(below('provider_id', idsOf(scopes.providers)))
  if (scopes.zones.length > 0)
    branches.push((columns) => sql`(${range(columns, [sql`z.id = any(${idsOf(scopes.zones)}::uuid[])`])})`)
  return branches
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
  if (filters.also) conditions.push(sql`${filters.also}`)
  if (filters.q) conditions.push(sql`position(${asStored(filters.q)} in z.name_key) > 0`)
  return conditions
}

/** International names are looked for in the form in which they are kept. */
function asStored(text: string): string {
  const ascii = toAsciiName(text.trim())
  return ('error' in ascii ? text : ascii.text).toLowerCase()
}
