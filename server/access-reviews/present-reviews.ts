import type { AnswerOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { describeSubjects } from '../access/describe-subjects.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { countUndecided } from './items-store.ts'
import { countVerdicts, type ReviewRow, useKnownSince } from './store.ts'

export type ShownReview = AnswerOf<'access_reviews.read'>

/** Reviews as they are listed. */
export async function presentReviews(
  tx: Tx,
  actor: Actor,
  allowed: Allowed,
  rows: ReviewRow[],
): Promise<ShownReview[]> {
  const ids = rows.map((row) => row.id)
  const verdicts = await countVerdicts(tx, allowed, actor.orgId, ids)
  const customers = rows.flatMap((row) => (row.customer_id ? [{ kind: 'customer' as const, id: row.customer_id }] : []))
  const nameOf = await nameScopes(tx, actor.orgId, customers)
  const people = await describeSubjects(
    tx,
    actor,
    rows.flatMap((row) => row.opened_by ?? []),
  )
  const since = (await useKnownSince(tx, allowed)).toISOString()
  return rows.map((row) => ({
    id: row.id,
    customer:
      row.customer_id === null
        ? null
        : { id: row.customer_id, name: nameOf({ kind: 'customer', id: row.customer_id }).name },
    opened_by: row.opened_by === null ? null : (people.get(row.opened_by)?.name ?? 'somebody who left'),
    opened_at: row.opened_at.toISOString(),
    closed_at: row.closed_at?.toISOString() ?? null,
    ...(verdicts.get(row.id) ?? { confirmed: 0, revoked: 0 }),
    undecided: row.left_undecided,
    use_known_since: since,
  }))
}

/** One review, with how much of it is left. */
export async function showReview(tx: Tx, actor: Actor, allowed: Allowed, row: ReviewRow): Promise<ShownReview> {
  const [shown] = await presentReviews(tx, actor, allowed, [row])
  if (shown === undefined) throw new Error('a review that was just read is not shown')
  return { ...shown, undecided: row.left_undecided ?? (await countUndecided(tx, allowed, row)) }
}
