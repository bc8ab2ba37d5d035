import type { ItemOf } from '@zoneward/api'
import { shownZoneName } from '../access/find-resource.ts'
import { peopleOf } from '../access/people.ts'
import type { ZoneRequest } from '../changes/authorize-edit.ts'
import type { Tx } from '../database/pools.ts'
import { namesOf, type ProposalRow } from './store.ts'
import type { Standing } from './visible-proposal.ts'

export type ShownProposal = ItemOf<'proposals.list'>
type Person = ShownProposal['author']

export type Seen = { row: ProposalRow; standing: Standing }

/** Proposals as answers have them. A client account sees its colleagues by name, and of staff "your provider" only. */
export async function presentProposals(
  tx: Tx,
  { actor, allowed }: Pick<ZoneRequest, 'actor' | 'allowed'>,
  seen: Seen[],
): Promise<ShownProposal[]> {
  const peopleNamed = actor.realm === 'client' ? await seenByClient(tx, actor, seen) : null
  // A guest gave its proposal away: whose link it used is not for it to know.
  const isGuest = actor.key?.kind === 'guest'
  const ids = seen.map(({ row }) => row.id)
  const names = peopleNamed ? null : await namesOf(tx, allowed, actor.orgId, ids)
  return seen.map(({ row, standing: { own, approves } }) => {
    const open = row.state === 'open' && !actor.viewAs
    const person = (id: string | null, name: string | undefined): Person =>
      peopleNamed ? peopleNamed(id) : { id, name: name ?? '' }
    const ofGuest = peopleNamed !== null && row.source === 'guest'
    const author = person(row.author_id, names?.get(row.id)?.author)
    return {
      id: row.id,
      zone: { id: row.zone_id, name: shownZoneName(row.zone_name) },
      author: isGuest
        ? { id: null, name: 'a guest' }
        : ofGuest
          ? { id: null, name: `a guest of ${author.name}` }
          : author,
      source: row.source as ShownProposal['source'],
      comment: row.comment,
      state: row.state,
      decided_by: row.decided_by === null ? null : person(row.decided_by, names?.get(row.id)?.decider),
      decided_at: row.decided_at?.toISOString() ?? null,
      decision: row.decision,
      change_id: row.change_id,
      created_at: row.created_at.toISOString(),
      can: {
        approve: open && approves && !own,
        reject: open && approves && !own,
        withdraw: open && row.author_id === actor.subjectId && !isGuest,
      },
    }
  })
}

async function seenByClient(tx: Tx, actor: ZoneRequest['actor'], seen: Seen[]): Promise<(id: string | null) => Person> {
  const ids = seen.flatMap(({ row }) => [row.author_id ?? [], row.decided_by ?? []].flat())
  const colleagues = await peopleOf(tx, actor, [...new Set(ids)])
  const names = new Map(colleagues.map(({ subject, name }) => [subject.id, name]))
  return (id) => {
    const name = id === null ? undefined : names.get(id)
    return name === undefined ? { id: null, name: 'your provider' } : { id, name }
  }
}
