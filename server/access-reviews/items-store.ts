import type { VisibleScopes } from '@zoneward/permissions'
import { type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { AccessGrantTable } from '../database/schema.ts'
import type { AccessReviewItemTable } from '../database/schema-access.ts'
import type { ReviewRow } from './store.ts'

// The items of a review are the grants as they stand: only what was decided is written, so that opening a review of a
// hundred thousand grants costs nothing, and a page of it is a range of the grants' own index.

export type ItemRow = Selectable<AccessGrantTable> &
  Pick<Selectable<AccessReviewItemTable>, 'verdict' | 'decided_by' | 'decided_at'> & { used_at: Date | null }

export type Shown = 'all' | 'undecided' | 'never_used' | 'ends_soon' | 'more_than_role'

type Page = {
  after: string | null
  limit: number
  show: Shown
  /** Pairs of roles "held other", where the other has a permission that the held one lacks. */
  exceeding: string[]
  /** Nothing beyond this grant is looked at; null for all. */
  until: string | null
}

/** Grants of the review that are there, in the order of their ids, one more than a page. */
export function selectItems(tx: Tx, _: Allowed, review: ReviewRow, page: Page): Promise<ItemRow[]> {
  let query = itemsOf(tx, review)
    .orderBy('access_grant.id')
    .limit(page.limit + 1)
  if (page.after !== null) query = query.where('access_grant.id', '>', page.after)
  if (page.until !== null) query = query.where('access_grant.id', '<=', page.until)
  if (page.show === 'undecided') query = query.where('item.grant_id', 'is', null)
  if (page.show === 'never_used') query = query.where('used.grant_id', 'is', null)
  if (page.show === 'ends_soon') query = query.where(sql<SqlBool>`access_grant.ends_at < now() + interval '30 days'`)
  if (page.show === 'more_than_role') query = query.where(holdsMore(page.exceeding))
  return query.execute()
}

/** The grant after so many further ones; null where there are fewer. */
export async function endOfWindow(
  tx: Tx,
  _: Allowed,
  review: ReviewRow,
  { after, size }: { after: string | null; size: number },
): Promise<string | null> {
  const ids = itemsOf(tx, review).clearSelect().select('access_grant.id').orderBy('access_grant.id')
  const found = await (after === null ? ids : ids.where('access_grant.id', '>', after))
    .offset(size - 1)
    .limit(1)
    .executeTakeFirst()
  return found?.id ?? null
}

/** Those of the review among these grants. */
export function selectItemsById(tx: Tx, _: Allowed, review: ReviewRow, ids: string[]): Promise<ItemRow[]> {
  return itemsOf(tx, review).where('access_grant.id', '=', anyOf(ids)).execute()
}

export async function countUndecided(tx: Tx, _: Allowed, review: ReviewRow): Promise<number> {
  const { count } = await itemsOf(tx, review)
    .clearSelect()
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('item.grant_id', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

// What was granted before the review was opened and has not ended, and whatever was decided in it.
function itemsOf(tx: Tx, { org_id, id, customer_id, opened_at, closed_at }: ReviewRow) {
  const place = {
    ...{ customer: 'access_grant.customer_id', provider: 'access_grant.provider_id' },
    ...{ zone: 'access_grant.zone_id', hosting: 'access_grant.hosting_id' },
  }
  return tx
    .selectFrom('access_grant')
    .leftJoin('grant_use as used', (join) =>
      join.onRef('used.org_id', '=', 'access_grant.org_id').onRef('used.grant_id', '=', 'access_grant.id'),
    )
    .leftJoin('access_review_item as item', (join) =>
      join
        .onRef('item.org_id', '=', 'access_grant.org_id')
        .onRef('item.grant_id', '=', 'access_grant.id')
        .on('item.review_id', '=', id),
    )
    .selectAll('access_grant')
    .select(['used.used_at', 'item.verdict', 'item.decided_by', 'item.decided_at'])
    .where('access_grant.org_id', '=', org_id)
    .where(withinReach(org_id, everythingAt(org_id, customer_id), place))
    .where((eb) =>
      eb.or([
        eb('item.grant_id', 'is not', null),
        eb.and([
          eb.val(closed_at === null),
          eb('access_grant.created_at', '<=', opened_at),
          sql<SqlBool>`(access_grant.ends_at is null or access_grant.ends_at > now())`,
        ]),
      ]),
    )
}

function everythingAt(orgId: string, customerId: string | null): VisibleScopes {
  const here = [{ id: customerId ?? orgId, patterns: null }]
  return {
    organizations: customerId === null ? here : [],
    customers: customerId === null ? [] : here,
    providers: [],
    zones: [],
    hostings: [],
    within: null,
    withinPatterns: null,
    exceptCustomers: [],
  }
}

/** Another live grant of the holder, or of a team of it, reaches the same place with a permission that this role lacks. */
function holdsMore(exceeding: string[]) {
  // Holders times places, each a probe of the index by subject and scope.
  return sql<SqlBool>`exists (select 1
    from unnest(array(select access_grant.subject_id union all select m.team_id from team_member m
      where m.org_id = access_grant.org_id and m.user_id = access_grant.subject_id)) as holder (id)
    cross join unnest(array(select access_grant.scope_id union all select access_grant.org_id
      union all select unnest(array[z.customer_id, z.provider_id]) from zone z
        where z.org_id = access_grant.org_id and z.id = access_grant.zone_id
      union all select h.customer_id from hosting h
        where h.org_id = access_grant.org_id and h.id = access_grant.hosting_id)) as place (id)
    join access_grant other on other.org_id = access_grant.org_id
      and other.subject_id = holder.id and other.scope_id = place.id
    where other.id <> access_grant.id
      and (other.starts_at is null or other.starts_at <= now()) and (other.ends_at is null or other.ends_at > now())
      and access_grant.role_id || ' ' || other.role_id = any(${exceeding}::text[]))`
}

type Gone = Pick<Selectable<AccessReviewItemTable>, 'grant_id' | 'facts' | 'verdict' | 'decided_by' | 'decided_at'>

/** Items whose grant is no longer there, in the order of their ids, one more than a page: what was kept of them. */
export function selectGone(
  tx: Tx,
  _: Allowed,
  review: ReviewRow,
  wanted: { after: string | null; limit: number } | { ids: string[] },
): Promise<Gone[]> {
  let query = tx
    .selectFrom('access_review_item as item')
    .select(['item.grant_id', 'item.facts', 'item.verdict', 'item.decided_by', 'item.decided_at'])
    .where('item.org_id', '=', review.org_id)
    .where('item.review_id', '=', review.id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('access_grant as there')
            .select('there.id')
            .whereRef('there.org_id', '=', 'item.org_id')
            .whereRef('there.id', '=', 'item.grant_id'),
        ),
      ),
    )
    .orderBy('item.grant_id')
  if ('ids' in wanted) return query.where('item.grant_id', '=', anyOf(wanted.ids)).execute()
  if (wanted.after !== null) query = query.where('item.grant_id', '>', wanted.after)
  return query.limit(wanted.limit + 1).execute()
}

export async function writeItems(tx: Tx, _: Allowed, rows: Insertable<AccessReviewItemTable>[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('access_review_item')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'review_id', 'grant_id']).doUpdateSet((eb) => ({
        facts: eb.ref('excluded.facts'),
        verdict: eb.ref('excluded.verdict'),
        decided_by: eb.ref('excluded.decided_by'),
        decided_at: eb.ref('excluded.decided_at'),
      })),
    )
    .execute()
}
