import type { VisibleScopes } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { type ListedZone, type ZoneFilters, type ZoneKey, zonePage } from './zone-page.ts'

type Page = { after: ZoneKey | null; limit: number }

// Up to so many zones are looked up by their ids; of more, only those next in order are read from the grants.
const fewZones = 500

/**
 * A page of zones. Whoever holds very many zones one by one gets it in steps: the next zones of its grants in DNS order,
 * those of them that the core has found visible, merged with everything else up to there. `holders` are the subject and
 * its teams.
 */
export async function listZones(
  tx: Tx,
  { orgId, holders }: { orgId: string; holders: string[] },
  scopes: VisibleScopes,
  filters: ZoneFilters,
  page: Page,
): Promise<ListedZone[]> {
  const isEverything = scopes.organizations.some((scope) => scope.id === orgId)
  if (isEverything || scopes.zones.length <= fewZones) return zonePage(tx, orgId, scopes, filters, page)
  const found: ListedZone[] = []
  let { after } = page
  for (let step = page.limit * 2; ; step = Math.min(step * 2, 20_000)) {
    const granted = await grantedZones(tx, orgId, holders, { after, limit: step })
    const next = new Set(granted.map(({ id }) => id))
    const zones = scopes.zones.filter(({ id }) => next.has(id))
    const end = granted.length < step ? null : (granted.at(-1) ?? null)
    const rest = page.limit - found.length
    const rows = await zonePage(tx, orgId, { ...scopes, zones }, filters, { after, limit: rest })
    found.push(...(end === null ? rows : rows.filter((row) => !isAfter(row, end))))
    if (end === null || found.length >= page.limit) return found
    after = { sortKey: end.sort_key, id: end.id }
  }
}

type GrantedZone = { sort_key: Buffer; id: string }

/** Zones in the grants of these holders, in DNS order, each once; ended grants among them, which the core knows. */
async function grantedZones(tx: Tx, orgId: string, holders: string[], { after, limit }: Page): Promise<GrantedZone[]> {
  const later = after ? sql`and (g.zone_sort_key, g.zone_id) > (${after.sortKey}, ${after.id}::uuid)` : sql``
  const { rows } = await sql<GrantedZone>`
    select distinct r.zone_sort_key as sort_key, r.zone_id as id
    from unnest(${holders}::uuid[]) as holder(id)
    cross join lateral (
      select distinct g.zone_sort_key, g.zone_id from access_grant g
      where g.org_id = ${orgId}::uuid and g.subject_id = holder.id and g.zone_id is not null ${later}
      order by g.zone_sort_key, g.zone_id limit ${limit}::int
    ) as r
    order by 1, 2 limit ${limit}::int`.execute(tx)
  return rows
}

function isAfter(row: ListedZone, end: GrantedZone): boolean {
  return (row.sort_key.compare(end.sort_key) || (row.id > end.id ? 1 : row.id < end.id ? -1 : 0)) > 0
}
