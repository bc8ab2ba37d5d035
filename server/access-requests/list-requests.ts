import type { AnswerOf } from '@zoneward/api'
import { allowSelf } from '../access/authorize.ts'
import { cursorId } from '../access/cursor-parts.ts'
import { reachesAnything } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { judgeRequests } from './judge-requests.ts'
import { presentRequests } from './present-requests.ts'
import { type RequestRow, selectOwn, selectPending } from './store.ts'

type Asking = ActorRequest<'access_requests.list'>
type Answer = AnswerOf<'access_requests.list'>

/** So many waiting requests are judged for one page; if few of them are the caller's to decide, the page is short. */
const mostJudged = 1_000
const judgedAtOnce = 200

export async function listRequests(tx: Tx, request: Asking): Promise<Answer> {
  const { actor, query } = request
  const read = parseCursor(query.cursor, ['string'])
  const after = read && cursorId(read[0])
  if (query.view === 'to_decide') return listToDecide(tx, request, after)
  const { orgId, subjectId } = actor
  const rows = await selectOwn(tx, allowSelf(), { orgId, subjectId, after, limit: query.limit })
  const page = rows.slice(0, query.limit)
  return {
    items: await presentRequests(tx, actor, page),
    next: rows.length > page.length ? cursorOf(page.at(-1)) : null,
  }
}

async function listToDecide(tx: Tx, request: Asking, start: string | null): Promise<Answer> {
  const { actor, query } = request
  const visible = await request.visible(tx, 'grants.manage')
  if (!reachesAnything(visible)) return { items: [], next: null }
  const found: RequestRow[] = []
  let after = start
  for (let judged = 0; judged < mostJudged; judged += judgedAtOnce) {
    const rows = await selectPending(tx, visible, { orgId: actor.orgId, after, limit: judgedAtOnce })
    const mine = await judgeRequests(tx, actor, rows)
    found.push(...rows.filter((row) => mine.has(row)))
    if (found.length > query.limit) {
      const page = found.slice(0, query.limit)
      return { items: await presentRequests(tx, actor, page), next: cursorOf(page.at(-1)) }
    }
    if (rows.length < judgedAtOnce) return { items: await presentRequests(tx, actor, found), next: null }
    after = rows.at(-1)?.id ?? after
  }
  return { items: await presentRequests(tx, actor, found), next: after === null ? null : printCursor([after]) }
}

function cursorOf(row: RequestRow | undefined): string | null {
  return row === undefined ? null : printCursor([row.id])
}
