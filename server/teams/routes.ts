import { findResource } from '../access/find-resource.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import { invalidField } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { newId } from '../ids.ts'
import { addTeamMember, removeTeamMember } from './change-team-members.ts'
import { ensureMayEndTeam } from './end-team.ts'
import { ensureNameFree } from './ensure-name-free.ts'
import { openTeam } from './open-team.ts'
import { presentTeams } from './present-teams.ts'
import { renameTeam } from './rename-team.ts'
import { deleteTeam, insertTeam, selectTeams } from './store.ts'

export const teamRoutes = {
  'teams.list': listTeams,
  'teams.create': createTeam,
  'teams.update': renameTeam,
  'teams.delete': endTeam,
  'teams.members.add': addTeamMember,
  'teams.members.remove': removeTeamMember,
} satisfies Routes<
  'teams.list' | 'teams.create' | 'teams.update' | 'teams.delete' | 'teams.members.add' | 'teams.members.remove'
>

function listTeams(request: ActorRequest<'teams.list'>) {
  const { actor, query, allowed } = request
  return request.read(async (tx) => {
    const [after = null] = parseCursor(query.cursor, ['string']) ?? []
    const rows = await selectTeams(tx, allowed, { orgId: actor.orgId, after, limit: query.limit })
    const shown = await presentTeams(tx, allowed, actor, rows.slice(0, query.limit))
    const page = pageOfRows(
      rows,
      query.limit,
      (row) => row.id,
      (row) => [row.id],
    )
    return { items: shown, next: page.next }
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
    await ensureNameFree(tx, allowed, actor.orgId, team)
    await insertTeam(tx, allowed, actor.orgId, team)
    note({ customerId: customer_id, facts: { id: team.id, name, realm } })
    return { ...team, members: [], grants: [] }
  })
}

function endTeam(request: ActorRequest<'teams.delete'>): Promise<null> {
  const { actor, params, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const team = await openTeam(tx, allowed, request.actor, params.team_id)
    await ensureMayEndTeam(tx, request.actor, team.id)
    await keepLastHolder(tx, request.actor, () => deleteTeam(tx, allowed, actor.orgId, team.id))
    note({ customerId: team.customer_id, facts: { id: team.id, name: team.name } })
    return null
  })
}
