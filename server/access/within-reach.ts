import type { VisibleScopes } from '@zoneward/permissions'
import { type Expression, type SqlBool, sql } from 'kysely'
import { anyOf } from './held-access.ts'

/** Columns that say where a row hangs; of a zone or hosting its id, what these hang below is looked up. */
export type Place = { customer: string; provider: string | null; zone: string; hosting?: string }

/** True where something is held at all. */
export function reachesAnything(visible: VisibleScopes): boolean {
  const { organizations, customers, providers, zones, hostings } = visible
  return [organizations, customers, providers, zones, hostings].some((scopes) => scopes.length > 0)
}

/** `where` for rows of `table` that hang below what is held, within the key's scopes, and below no withheld customer. */
export function withinReach(orgId: string, visible: VisibleScopes, place: Place): Expression<SqlBool> {
  const { organizations, customers, providers, zones, hostings, within, exceptCustomers } = visible
  const held = below(orgId, place, {
    everything: organizations.length > 0,
    customers: customers.map(idOf),
    providers: providers.map(idOf),
    zones: zones.map(idOf),
    hostings: hostings.map(idOf),
  })
  const withheld = { everything: false, customers: [...exceptCustomers], providers: [], zones: [], hostings: [] }
  const except = below(orgId, place, withheld)
  const idsOf = (kind: string) => (within ?? []).filter((scope) => scope.kind === kind).map(idOf)
  const bound =
    within === null
      ? sql<SqlBool>`true`
      : below(orgId, place, {
          everything: idsOf('organization').length > 0,
          customers: idsOf('customer'),
          providers: idsOf('provider'),
          zones: idsOf('zone'),
          hostings: idsOf('hosting'),
        })
  return sql<SqlBool>`(${held} and ${bound} and not ${except})`
}

type Scopes = { everything: boolean; customers: string[]; providers: string[]; zones: string[]; hostings: string[] }

function below(orgId: string, place: Place, scopes: Scopes): Expression<SqlBool> {
  const { everything, customers, providers, zones } = scopes
  if (everything) return sql<SqlBool>`true`
  const zone = sql.ref(place.zone)
  const parts: Expression<SqlBool>[] = [sql<SqlBool>`coalesce(${zone} = ${anyOf(zones)}, false)`]
  if (customers.length > 0) parts.push(sql<SqlBool>`coalesce(${sql.ref(place.customer)} = ${anyOf(customers)}, false)`)
  if (providers.length > 0 && place.provider !== null) {
    parts.push(sql<SqlBool>`coalesce(${sql.ref(place.provider)} = ${anyOf(providers)}, false)`)
  }
  if (customers.length + providers.length > 0) {
    parts.push(sql<SqlBool>`exists (select 1 from zone as placed where placed.org_id = ${orgId}::uuid and placed.id = ${zone}
      and (placed.customer_id = ${anyOf(customers)} or placed.provider_id = ${anyOf(providers)}))`)
  }
  if (place.hosting !== undefined) parts.push(belowHosting(orgId, sql.ref(place.hosting), scopes))
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

function belowHosting(
  orgId: string,
  hosting: Expression<unknown>,
  { customers, hostings }: Scopes,
): Expression<SqlBool> {
  return sql<SqlBool>`(coalesce(${hosting} = ${anyOf(hostings)}, false) or exists (select 1 from hosting as placed
    where placed.org_id = ${orgId}::uuid and placed.id = ${hosting} and placed.customer_id = ${anyOf(customers)}))`
}

const idOf = (scope: { id: string }) => scope.id
