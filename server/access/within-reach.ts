import type { VisibleScopes } from '@zoneward/permissions'
import { type Expression, type SqlBool, sql } from 'kysely'
import { anyOf } from './held-access.ts'

/** Columns that say where a row hangs; of the zone its id, its customer and provider are looked up. */
export type Place = { customer: string; provider: string | null; zone: string }

/** True where something is held at all. */
export function reachesAnything(visible: VisibleScopes): boolean {
  const { organizations, customers, providers, zones } = visible
  return [organizations, customers, providers, zones].some((scopes) => scopes.length > 0)
}

/** `where` for rows of `table` that hang below what is held, within the key's scopes, and below no withheld customer. */
export function withinReach(orgId: string, visible: VisibleScopes, place: Place): Expression<SqlBool> {
  const { organizations, customers, providers, zones, within, exceptCustomers } = visible
  const held = below(orgId, place, {
    everything: organizations.length > 0,
    customers: customers.map(idOf),
    providers: providers.map(idOf),
    zones: zones.map(idOf),
  })
  const except = below(orgId, place, { everything: false, customers: [...exceptCustomers], providers: [], zones: [] })
  const idsOf = (kind: string) => (within ?? []).filter((scope) => scope.kind === kind).map(idOf)
  const bound =
    within === null
      ? sql<SqlBool>`true`
      : below(orgId, place, {
          everything: idsOf('organization').length > 0,
          customers: idsOf('customer'),
          providers: idsOf('provider'),
          zones: idsOf('zone'),
        })
  return sql<SqlBool>`(${held} and ${bound} and not ${except})`
}

type Scopes = { everything: boolean; customers: string[]; providers: string[]; zones: string[] }

function below(orgId: string, place: Place, { everything, customers, providers, zones }: Scopes): Expression<SqlBool> {
  if (everything) return sql<SqlBool>`true`
  const zone = sql.ref(place.zone)
  const parts = [sql<SqlBool>`coalesce(${zone} = ${anyOf(zones)}, false)`]
  if (customers.length > 0) parts.push(sql<SqlBool>`coalesce(${sql.ref(place.customer)} = ${anyOf(customers)}, false)`)
  if (providers.length > 0 && place.provider !== null) {
    parts.push(sql<SqlBool>`coalesce(${sql.ref(place.provider)} = ${anyOf(providers)}, false)`)
  }
  if (customers.length + providers.length > 0) {
    parts.push(sql<SqlBool>`exists (select 1 from zone as placed where placed.org_id = ${orgId}::uuid and placed.id = ${zone}
      and (placed.customer_id = ${anyOf(customers)} or placed.provider_id = ${anyOf(providers)}))`)
  }
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

const idOf = (scope: { id: string }) => scope.id
