import type { VisibleScopes } from '@zoneward/permissions'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { AccessRequestTable } from '../database/schema-access.ts'

export type RequestRow = Selectable<AccessRequestTable>

type Page = { orgId: string; after: string | null; limit: number }

/** What one subject asked for, newest first, one more than a page. */
export function selectOwn(tx: Tx, _: Allowed, page: Page & { subjectId: string }): Promise<RequestRow[]> {
  const query = tx
    .selectFrom('access_request')
    .selectAll()
    .where('org_id', '=', page.orgId)
    .where('subject_id', '=', page.subjectId)
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
  return (page.after === null ? query : query.where('id', '<', page.after)).execute()
}

/** What waits at the places where the caller manages access, oldest first: whether it could grant each is not asked yet. */
export function selectPending(tx: Tx, visible: VisibleScopes, page: Page): Promise<RequestRow[]> {
  // Ids are unique whatever they are of, so the one column stands for each kind of scope.
  const place = { customer: 'scope_id', provider: 'scope_id', zone: 'scope_id', hosting: 'scope_id' }
  const query = tx
    .selectFrom('access_request')
    .selectAll()
    .where('org_id', '=', page.orgId)
    .where('state', '=', 'pending')
    .where(withinReach(page.orgId, visible, place))
    .orderBy('id')
    .limit(page.limit)
  return (page.after === null ? query : query.where('id', '>', page.after)).execute()
}

/** One request, to ask whether the caller may know of it. Locked where it is about to be decided. */
export async function findRequest(tx: Tx, orgId: string, id: string, lock = false): Promise<RequestRow | null> {
  const query = tx.selectFrom('access_request').selectAll().where('org_id', '=', orgId).where('id', '=', id)
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) ?? null
}

/** How many of one person's requests wait, and how many it made within the last day, whatever became of them. */
export async function countOwn(
  tx: Tx,
  _: Allowed,
  of: { orgId: string; subjectId: string },
): Promise<{ pending: number; today: number }> {
  return tx
    .selectFrom('access_request')
    .select([
      sql<number>`(count(*) filter (where state = 'pending'))::int`.as('pending'),
      sql<number>`(count(*) filter (where created_at > clock_timestamp() - interval '1 day'))::int`.as('today'),
    ])
    .where('org_id', '=', of.orgId)
    .where('subject_id', '=', of.subjectId)
    .executeTakeFirstOrThrow()
}

/** Null where the same question waits already. */
export async function insertRequest(
  tx: Tx,
  _: Allowed,
  values: Insertable<AccessRequestTable>,
): Promise<RequestRow | null> {
  const row = await tx
    .insertInto('access_request')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

type Question = { orgId: string; subjectId: string; permission: string; resourceId: string; record: string | null }

/** The request that waits with this very question. */
export async function findSame(tx: Tx, _: Allowed, same: Question): Promise<RequestRow | null> {
  const row = await tx
    .selectFrom('access_request')
    .selectAll()
    .where('org_id', '=', same.orgId)
    .where('subject_id', '=', same.subjectId)
    .where('state', '=', 'pending')
    .where('permission', '=', same.permission)
    .where('resource_id', '=', same.resourceId)
    .where(sql<boolean>`record is not distinct from ${same.record}::jsonb`)
    .executeTakeFirst()
  return row ?? null
}

type End = { state: 'granted' | 'refused' | 'withdrawn'; by: string; comment: string; grantId: string | null }

export async function endRequest(tx: Tx, _: Allowed, row: RequestRow, end: End): Promise<RequestRow> {
  return tx
    .updateTable('access_request')
    .set({
      state: end.state,
      decided_by: end.by,
      decided_at: sql<Date>`clock_timestamp()`,
      comment: end.comment,
      grant_id: end.grantId,
    })
    .where('org_id', '=', row.org_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** When the grants end that were made of requests; one that was revoked is not among them. */
export async function endsOfGrants(
  tx: Tx,
  _: Allowed,
  { orgId, ids }: { orgId: string; ids: string[] },
): Promise<Map<string, Date | null>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('access_grant')
    .select(['id', 'ends_at'])
    .where('org_id', '=', orgId)
    .where('id', '=', anyOf(ids))
    .execute()
  return new Map(rows.map((row) => [row.id, row.ends_at]))
}

/** Queues the task that tells those who could decide it, in the transaction of the request. */
export async function queueTelling(tx: Tx, _: Allowed, job: { orgId: string; id: string }): Promise<void> {
  await sql`select add_task('tell_deciders', ${JSON.stringify(job)}::json)`.execute(tx)
}
