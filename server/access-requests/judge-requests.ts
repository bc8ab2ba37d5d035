import { mayGrant } from '@zoneward/permissions'
import { findResources } from '../access/find-resource.ts'
import { peopleOf } from '../access/people.ts'
import type { Tx } from '../database/pools.ts'
import { loadGrantRights } from '../grants/grant-rights.ts'
import type { Actor } from '../http/actor.ts'
import { proposedGrant, scopeOf } from './proposed-grant.ts'
import type { RequestRow } from './store.ts'

const minute = 60_000

/**
 * Which of these requests the caller could grant now, if only for a minute: whose own access ends before what was asked
 * for may lend it for as long as that lasts. Nobody decides their own request.
 */
export async function judgeRequests(tx: Tx, actor: Actor, rows: RequestRow[]): Promise<Set<RequestRow>> {
  const waiting = rows.filter((row) => row.state === 'pending' && row.subject_id !== actor.subjectId)
  if (waiting.length === 0) return new Set()
  const found = await peopleOf(tx, actor, [...new Set(waiting.map((row) => row.subject_id))])
  const askers = new Map(found.map(({ subject }) => [subject.id, subject]))
  const places = await findResources(tx, actor.orgId, waiting.map(scopeOf))
  const rights = await loadGrantRights(tx, actor, {
    targets: [{ people: [...askers.values()] }],
    places: [...places.values()].map(({ resource }) => resource),
  })
  return new Set(
    waiting.filter((row) => {
      const asker = askers.get(row.subject_id)
      const at = places.get(`${row.scope_kind} ${row.scope_id}`)?.resource
      if (asker === undefined || at === undefined) return false
      const grant = proposedGrant(row, actor.now + minute)
      const change = { granter: rights.granter, at, targets: [asker] }
      return [grant, { ...grant, reviewRequired: true }].some(
        (each) => mayGrant(rights.index, { ...change, grant: each }).ok,
      )
    }),
  )
}
