import type { Resource, Scope, ScopeKind, VisibleScopes } from '@zoneward/permissions'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import { below, hostingResource, organizationResource, shownZoneName, zoneResource } from '../access/find-resource.ts'
import { anyOf } from '../access/held-access.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import { listZones } from '../zones/list-zones.ts'

/** A thing with everything it hangs below, the name that people know it by, and the place after it in its list. */
export type Place = { resource: Resource; scope: Scope; name: string; cursor: string }

export type Wanted = {
  orgId: string
  /** The subject whose access it is, and its teams. */
  holders: string[]
  scopes: VisibleScopes
  /** Only what hangs below these as well: where the caller may ask. Null: wherever. */
  within: VisibleScopes | null
  /** Of zones `z`: only these. */
  also?: Expression<SqlBool>
  cursor: string | undefined
  limit: number
}

/** Things of a kind within reach of the scopes, in order of their names, from the cursor on; the limit is the caller's. */
export function heldPlaces(tx: Tx, kind: ScopeKind, wanted: Wanted): Promise<Place[]> {
  switch (kind) {
    case 'organization':
      return organizationPlace(tx, wanted)
    case 'zone':
      return zonePlaces(tx, wanted)
    case 'customer':
    case 'provider':
    case 'hosting':
      return namedPlaces(tx, kind, wanted)
  }
}

async function organizationPlace(tx: Tx, { orgId, scopes, within, cursor }: Wanted): Promise<Place[]> {
  const reached = [scopes, ...(within ? [within] : [])].every((each) => reachesAll(each, orgId))
  if (!reached || cursor !== undefined) return []
  const query = tx.selectFrom('organization').select('name').where('id', '=', orgId)
  const { name } = await query.executeTakeFirstOrThrow()
  const scope = { kind: 'organization', id: orgId } as const
  return [{ resource: organizationResource(orgId), scope, name, cursor: printCursor([name, orgId]) }]
}

async function zonePlaces(tx: Tx, { orgId, holders, scopes, within, also, cursor, limit }: Wanted): Promise<Place[]> {
  const key = parseCursor(cursor, ['string', 'string'])
  const page = { after: key && { sortKey: Buffer.from(key[0], 'base64'), id: key[1] }, limit }
  // Of two reaches the narrower one is walked, and the other looked at for each zone of it.
  const everywhere = within === null || reachesAll(within, orgId)
  const swap = !everywhere && scopes.exceptCustomers.length === 0 && reachesAll(scopes, orgId)
  const walked = swap && within ? within : scopes
  const looked = everywhere || swap || within === null ? also : withinReach(orgId, within, zoneColumns)
  const rows = await listZones(tx, { orgId, holders }, walked, { also: looked }, page)
  return rows.map((row) => ({
    resource: zoneResource(orgId, row),
    scope: { kind: 'zone', id: row.id },
    name: shownZoneName(row.name),
    cursor: printCursor([row.sort_key.toString('base64'), row.id]),
  }))
}

const zoneColumns = { customer: 'z.customer_id', provider: 'z.provider_id', zone: 'z.id' }

type NamedKind = 'customer' | 'provider' | 'hosting'
type Row = { id: string; name: string; key: string; customer_id: string | null }

async function namedPlaces(tx: Tx, kind: NamedKind, wanted: Wanted): Promise<Place[]> {
  const { orgId, scopes, within, cursor, limit } = wanted
  const key = parseCursor(cursor, ['string', 'string'])
  const conditions = [
    sql`t.org_id = ${orgId}::uuid`,
    reachOf(kind, scopes, orgId),
    ...(within ? [reachOf(kind, within, orgId)] : []),
    ...(key ? [sql`(lower(t.name), t.id) > (${key[0]}, ${key[1]}::uuid)`] : []),
  ]
  const customer = kind === 'hosting' ? sql`t.customer_id` : sql`null::uuid`
  const { rows } = await sql<Row>`select t.id, t.name, lower(t.name) as key, ${customer} as customer_id
    from ${sql.table(kind)} t where ${sql.join(conditions, sql` and `)}
    order by lower(t.name), t.id limit ${limit}::int`.execute(tx)
  return rows.map((row) => ({
    resource: resourceOf(orgId, kind, row),
    scope: { kind, id: row.id },
    name: row.name,
    cursor: printCursor([row.key, row.id]),
  }))
}

function resourceOf(orgId: string, kind: NamedKind, { id, customer_id }: Row): Resource {
  return kind === 'hosting' ? hostingResource(orgId, { id, customer_id: customer_id ?? '' }) : below(orgId, kind, id)
}

const lists = { customer: 'customers', provider: 'providers', hosting: 'hostings' } as const

/** Held at the thing itself or above it, within the key's scopes, and below no customer that is withheld. */
function reachOf(kind: NamedKind, scopes: VisibleScopes, orgId: string): RawBuilder<unknown> {
  const { within, exceptCustomers } = scopes
  const ids = (list: readonly { id: string }[]) => anyOf(list.map(({ id }) => id))
  const parts = [
    scopes.organizations.length > 0
      ? sql`true`
      : sql`(t.id = ${ids(scopes[lists[kind]])}${kind === 'hosting' ? sql` or t.customer_id = ${ids(scopes.customers)}` : sql``})`,
  ]
  if (within !== null && !within.some(({ id }) => id === orgId)) {
    const ofKind = (wanted: ScopeKind) => ids(within.filter((scope) => scope.kind === wanted))
    const above = kind === 'hosting' ? sql` or t.customer_id = ${ofKind('customer')}` : sql``
    parts.push(sql`(t.id = ${ofKind(kind)}${above})`)
  }
  if (exceptCustomers.length > 0 && kind !== 'provider') {
    const column = kind === 'hosting' ? sql`t.customer_id` : sql`t.id`
    parts.push(sql`not ${column} = ${anyOf([...exceptCustomers])}`)
  }
  return sql`(${sql.join(parts, sql` and `)})`
}

function reachesAll({ organizations, within }: VisibleScopes, orgId: string): boolean {
  return organizations.length > 0 && (within === null || within.some(({ id }) => id === orgId))
}
