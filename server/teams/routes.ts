import { describeSubjects } from '../access/describe-subjects.ts'
import { findResource } from '../access/find-resource.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import { invalidField, notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { newId } from '../ids.ts'
import { summarizeGrants } from '../members/summarize-grants.ts'
import { addTeamMember, removeTeamMember } from './change-team-members.ts'
import { ensureMayEndTeam } from './end-team.ts'
import { deleteTeam, findTeam, insertTeam, membershipsOf, selectTeams } from './store.ts'

export const teamRoutes = {
  'teams.list': listTeams,
  'teams.create': createTeam,
  'teams.delete': endTeam,
  'teams.members.add': addTeamMember,
  'teams.members.remove': removeTeamMember,
} satisfies Routes<'teams.list' | 'teams.create' | 'teams.delete' | 'teams.members.add' | 'teams.members.remove'>

function listTeams(request: ActorRequest<'teams.list'>) {
  const { actor, query, allowed } = request
  return request.read(async (tx) => {
    const [after = null] = parseCursor(query.cursor, ['string']) ?? []
    const rows = await selectTeams(tx, allowed, { orgId: actor.orgId, after, limit: query.limit })
    const ids = rows.map((row) => row.id)
    const memberships = await membershipsOf(tx, allowed, actor.orgId, ids)
    const grantsOf = await summarizeGrants(tx, actor.orgId, ids, actor.now)
    const people = await describeSubjects(
      tx,
      actor,
      memberships.map((row) => row.user_id),
    )
    const membersOf = (teamId: string) =>
      memberships
        .filter((row) => row.team_id === teamId)
        .flatMap(({ user_id }) => {
          const shown = people.get(user_id)
          return shown ? [{ id: user_id, name: shown.name }] : []
        })
    return pageOfRows(
      rows,
      query.limit,
      (row) => ({ ...row, members: membersOf(row.id), grants: grantsOf(row.id) }),
      (row) => [row.id],
    )
  })
}

function createTeam(request: ActorRequest<'teams.create'>) {
  const { actor, body, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { name, realm, customer_id } = body
    if (customer_id !== null) {
      if (realm === 'staff') throw invalidField('customer_id', 'A team of staff belongs to no customer: leave it out.')
      const customer = await findResource(tx, actor.orgId, { kind: 'customer', id: customer_id })
      if (customer === null) throw invalidField('customer_id', 'There is no such customer.')
    }
    const team = { id: newId(), name, realm, customer_id }
    await insertTeam(tx, allowed, actor.orgId, team)
    note({ customerId: customer_id, facts: { id: team.id, name, realm } })
    return { ...team, members: [], grants: [] }
  })
}

function endTeam(request: ActorRequest<'teams.delete'>): Promise<null> {
  const { actor, params, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const team = await findTeam(tx, allowed, actor.orgId, params.team_id)
    if (team === null) throw notFound()
    await ensureMayEndTeam(tx, request.actor, team.id)
    await keepLastHolder(tx, request.actor, () => deleteTeam(tx, allowed, actor.orgId, team.id))
    note({ customerId: team.customer_id, facts: { id: team.id, name: team.name } })
    return null
  })
}
