import type { VisibleScopes } from '@zoneward/permissions'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { AccessReviewTable } from '../database/schema-access.ts'

export type ReviewRow = Selectable<AccessReviewTable>

/** Reviews of the organization and of the customers within reach, newest first, one more than a page. */
export function selectReviews(
  tx: Tx,
  visible: VisibleScopes,
  page: { orgId: string; after: string | null; limit: number },
): Promise<ReviewRow[]> {
  const place = { customer: 'customer_id', provider: null, zone: 'customer_id' }
  const query = tx
    .selectFrom('access_review')
    .selectAll()
    .where('org_id', '=', page.orgId)
    .where(withinReach(page.orgId, visible, place))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
  return (page.after === null ? query : query.where('id', '<', page.after)).execute()
}

/** One review, to ask whether the caller may know of it. */
export async function findReview(tx: Tx, orgId: string, id: string, lock = false): Promise<ReviewRow | null> {
  const query = tx.selectFrom('access_review').selectAll().where('org_id', '=', orgId).where('id', '=', id)
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) ?? null
}

/** The review of this place that is still open. */
export async function findOpen(tx: Tx, _: Allowed, orgId: string, customerId: string | null) {
  const row = await tx
    .selectFrom('access_review')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('customer_id', 'is not distinct from', customerId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

export function insertReview(tx: Tx, _: Allowed, values: Insertable<AccessReviewTable>): Promise<ReviewRow> {
  const opened = { ...values, opened_at: sql<Date>`clock_timestamp()` }
  return tx.insertInto('access_review').values(opened).returningAll().executeTakeFirstOrThrow()
}

export function closeReview(tx: Tx, _: Allowed, { org_id, id }: ReviewRow, undecided: number): Promise<ReviewRow> {
  return tx
    .updateTable('access_review')
    .set({ closed_at: sql<Date>`clock_timestamp()`, left_undecided: undecided })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export type Verdicts = { confirmed: number; revoked: number }

export async function countVerdicts(tx: Tx, _: Allowed, orgId: string, ids: string[]): Promise<Map<string, Verdicts>> {
  const counts = new Map(ids.map((id) => [id, { confirmed: 0, revoked: 0 }]))
  if (ids.length === 0) return counts
  const rows = await tx
    .selectFrom('access_review_item')
    .select(['review_id', 'verdict', (eb) => eb.fn.countAll<string>().as('count')])
    .where('org_id', '=', orgId)
    .where('review_id', 'in', ids)
    .groupBy(['review_id', 'verdict'])
    .execute()
  for (const { review_id, verdict, count } of rows) {
    const counted = counts.get(review_id)
    if (counted && verdict !== null) counted[verdict] = Number(count)
  }
  return counts
}

/** Since when it is noted which grants are used. */
export async function useKnownSince(tx: Tx, _: Allowed): Promise<Date> {
  return (await tx.selectFrom('instance').select('use_known_since').executeTakeFirstOrThrow()).use_known_since
}
