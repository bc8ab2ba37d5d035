import type { ItemOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { describeSubjects } from '../access/describe-subjects.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { summarizeGrants } from '../members/summarize-grants.ts'
import { membershipsOf, type TeamRow } from './store.ts'

/** Teams with the people in them and what they were granted. */
export async function presentTeams(
  tx: Tx,
  allowed: Allowed,
  actor: Actor,
  rows: TeamRow[],
): Promise<ItemOf<'teams.list'>[]> {
  const ids = rows.map((row) => row.id)
  const memberships = await membershipsOf(tx, allowed, actor.orgId, ids)
  const grantsOf = await summarizeGrants(tx, actor.orgId, ids, actor.now)
  const people = await describeSubjects(
    tx,
    actor,
    memberships.map((row) => row.user_id),
  )
  const byTeam = Map.groupBy(memberships, (row) => row.team_id)
  const membersOf = (teamId: string) =>
    (byTeam.get(teamId) ?? []).flatMap(({ user_id }) => {
      const shown = people.get(user_id)
      return shown ? [{ id: user_id, name: shown.name }] : []
    })
  return rows.map((row) => ({ ...row, members: membersOf(row.id), grants: grantsOf(row.id) }))
}
