import type { AnswerOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { cursorId } from '../access/cursor-parts.ts'
import { describeSubjects } from '../access/describe-subjects.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { endOfWindow, selectGone, selectItems } from './items-store.ts'
import { exceedingPairs } from './more-than-role.ts'
import { openReview } from './open-review.ts'
import { presentItems, type ShownItem } from './present-items.ts'
import type { ReviewRow } from './store.ts'

type Asking = ActorRequest<'access_review_items.list'>

/** Each is held against everything that its holder has there, so a page compares so many at most, and may be short. */
const mostCompared = 20_000

/** The grants of a review in the order they were made, and among them those that it revoked. */
export async function listItems(tx: Tx, request: Asking): Promise<AnswerOf<'access_review_items.list'>> {
  const { actor, query } = request
  const { limit, show } = query
  const { review, allowed } = await openReview(tx, request)
  const read = parseCursor(query.cursor, ['string'])
  const after = read && cursorId(read[0])
  const compared = show === 'more_than_role'
  const exceeding = compared ? exceedingPairs(await roleBook(tx, actor.orgId)) : []
  const until = compared ? await endOfWindow(tx, allowed, review, { after, size: mostCompared }) : null
  const rows = await selectItems(tx, allowed, review, { after, limit, show, exceeding, until })
  const gone = show === 'all' ? await goneItems(tx, actor, allowed, review, { after, limit }) : []
  const ids = [...rows.map(({ id }) => id), ...gone.map((item) => item.grant_id)].sort()
  const last = ids[limit - 1]
  const onPage = (id: string) => last === undefined || id <= last
  const shown = await presentItems(
    tx,
    actor,
    allowed,
    rows.filter(({ id }) => onPage(id)),
  )
  const items = [...shown, ...gone.filter((item) => onPage(item.grant_id))]
    // The roles were sieved in SQL; ceilings and realms are the core's to say.
    .filter((item) => show !== 'more_than_role' || item.more_than_role.length > 0)
    .sort((left, right) => (left.grant_id < right.grant_id ? -1 : 1))
  const rest = ids.length > limit && last !== undefined ? last : until
  return { items, next: rest === null ? null : printCursor([rest]) }
}

async function goneItems(
  tx: Tx,
  actor: Actor,
  allowed: Allowed,
  review: ReviewRow,
  page: { after: string | null; limit: number },
): Promise<ShownItem[]> {
  const rows = await selectGone(tx, allowed, review, page)
  const deciders = await describeSubjects(
    tx,
    actor,
    rows.flatMap((row) => row.decided_by ?? []),
  )
  return rows.map((row) => ({
    // As it was shown when it was decided.
    ...(row.facts as ShownItem),
    revocable: false,
    verdict: row.verdict,
    decided_by: row.decided_by === null ? null : (deciders.get(row.decided_by)?.name ?? 'somebody who left'),
    decided_at: row.decided_at?.toISOString() ?? null,
  }))
}
