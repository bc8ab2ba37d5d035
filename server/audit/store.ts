import type { VisibleScopes } from '@zoneward/permissions'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { AuditEventTable } from '../database/schema.ts'

export type EventRow = Selectable<AuditEventTable>

export type EventFilters = {
  customerId?: string | undefined
  zoneId?: string | undefined
  actorId?: string | undefined
  action?: string | undefined
  /** ISO 8601; from inclusive, until exclusive. */
  from?: string | undefined
  until?: string | undefined
}

type Page = { orgId: string; before: number | null; limit: number }

/** Events at what the caller may look into, newest first, one more than a page. */
export function selectEvents(tx: Tx, visible: VisibleScopes, page: Page, filters: EventFilters): Promise<EventRow[]> {
  const place = { customer: 'audit_event.customer_id', provider: null, zone: 'audit_event.zone_id' }
  let query = newestFirst(tx, page).where(withinReach(page.orgId, visible, place))
  const { customerId, zoneId, actorId, action, from, until } = filters
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
  if (zoneId !== undefined) query = query.where('zone_id', '=', zoneId)
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
  if (action !== undefined) query = query.where(isKind(action))
  // `at` is text in UTC with microseconds, so it is compared as text of the same form.
  if (from !== undefined) query = query.where('at', '>=', microseconds(from))
  if (until !== undefined) query = query.where('at', '<', microseconds(until))
  return query.execute()
}

/** One's own events, newest first, one more than a page. */
export function selectOwnEvents(tx: Tx, _: Allowed, page: Page & { actorId: string }): Promise<EventRow[]> {
  return newestFirst(tx, page).where('actor_id', '=', page.actorId).execute()
}

function newestFirst(tx: Tx, { orgId, before, limit }: Page) {
  const query = tx
    .selectFrom('audit_event')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('seq', 'desc')
    .limit(limit + 1)
  return before === null ? query : query.where('seq', '<', String(before))
}

/** The kind itself, or every one that begins with it up to a dot. */
function isKind(action: string) {
  const kind = action.replace(/\.$/, '')
  return sql<SqlBool>`(action = ${kind} or starts_with(action, ${`${kind}.`}))`
}

function microseconds(time: string): string {
  return new Date(time).toISOString().replace('Z', '000Z')
}
