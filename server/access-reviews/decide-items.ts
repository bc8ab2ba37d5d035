import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import { revokeGrants } from '../grants/revoke-grants.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { databaseNow } from '../invitations/database-now.ts'
import { type ItemRow, selectGone, selectItemsById, writeItems } from './items-store.ts'
import { openReview } from './open-review.ts'
import { presentItems, type ShownItem } from './present-items.ts'
import { type ShownReview, showReview } from './present-reviews.ts'
import type { ReviewRow } from './store.ts'

type Deciding = ActorRequest<'access_reviews.decide'>
type Verdict = 'confirmed' | 'revoked'
type Wanted = { row: ItemRow; verdict: Verdict; path: string }

/** Confirms or revokes in one pass, all of it or nothing; what is decided so already stays as it is. */
export async function decideItems(tx: Tx, note: Note, request: Deciding): Promise<ShownReview> {
  const { actor } = request
  const { review, allowed } = await openReview(tx, request, true)
  if (review.closed_at !== null) throw new Fault('conflict', 'This review is closed: open another.')
  const wanted = await readDecisions(tx, allowed, review, request.body.decisions)
  if (wanted.length === 0) {
    note.nothing()
    return showReview(tx, actor, allowed, review)
  }
  const rows = wanted.map(({ row }) => row)
  const shown = new Map((await presentItems(tx, actor, allowed, rows)).map((item) => [item.grant_id, item]))
  const paths = new Map(wanted.map(({ row, path }) => [row.id, path]))
  const revoked = wanted.filter(({ verdict }) => verdict === 'revoked').map(({ row }) => row)
  await revokeGrants(tx, actor, allowed, {
    rows: revoked,
    name: ({ id }) => ({ path: paths.get(id) ?? 'decisions', words: wordsOf(shown.get(id)) }),
  })
  const decided_at = new Date(await databaseNow(tx))
  const by = { org_id: actor.orgId, review_id: review.id, decided_by: actor.subjectId, decided_at }
  const items = wanted.map(({ row: { id }, verdict }) => ({
    ...by,
    grant_id: id,
    verdict,
    facts: JSON.stringify(shown.get(id)),
  }))
  await writeItems(tx, allowed, items)
  const told = (which: Verdict) =>
    wanted.flatMap(({ row, verdict }) => (verdict === which ? factsOf(shown.get(row.id)) : []))
  const facts = { review: review.id, confirmed: told('confirmed'), revoked: told('revoked') }
  note({ customerId: review.customer_id, facts })
  return showReview(tx, actor, allowed, review)
}

/** What is to be changed; a grant that is not in the review, or that is revoked already, is named. */
async function readDecisions(
  tx: Tx,
  allowed: Allowed,
  review: ReviewRow,
  decisions: Deciding['body']['decisions'],
): Promise<Wanted[]> {
  const ids = decisions.map((decision) => decision.grant_id.toLowerCase())
  const rows = new Map((await selectItemsById(tx, allowed, review, ids)).map((row) => [row.id, row]))
  const gone = new Map((await selectGone(tx, allowed, review, { ids })).map((item) => [item.grant_id, item]))
  return decisions.flatMap(({ verdict }, place) => {
    const id = ids[place] ?? ''
    const path = `decisions.${place}.grant_id`
    if (ids.indexOf(id) !== place) throw invalidField(path, 'This grant is decided twice here: once is enough.')
    const [row, taken] = [rows.get(id), gone.get(id)]
    if (taken !== undefined && verdict === 'confirmed') {
      throw invalidField(path, `${wordsOf(taken.facts as ShownItem)} is gone already, so it cannot be confirmed.`)
    }
    if (taken !== undefined || row?.verdict === verdict) return []
    if (row === undefined)
      throw invalidField(path, 'This grant is not in the review: take one from the list of its items.')
    return [{ row, verdict, path }]
  })
}

/** @example 'Developer of Dora on the customer Bakery' */
function wordsOf(item: ShownItem | undefined): string {
  if (item === undefined) return 'This grant'
  return `${item.role} of ${item.subject.name} on the ${item.scope.kind} ${item.scope.name}`
}

function factsOf(item: ShownItem | undefined) {
  if (item === undefined) return []
  const { grant_id, subject, role, role_id, scope } = item
  const place = { scope: scope.name, scope_kind: scope.kind }
  return [{ grant: grant_id, subject: subject.name, subject_id: subject.id, role, role_id, ...place }]
}
