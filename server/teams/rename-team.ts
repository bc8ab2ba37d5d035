import type { AnswerOf } from '@zoneward/api'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { ensureNameFree } from './ensure-name-free.ts'
import { openTeam } from './open-team.ts'
import { presentTeams } from './present-teams.ts'
import { updateTeamName } from './store.ts'

export function renameTeam(request: ActorRequest<'teams.update'>): Promise<AnswerOf<'teams.update'>> {
  const { params, body, allowed } = request
  return request.write(async (tx, note) => {
    const { actor } = request
    const old = await openTeam(tx, allowed, actor, params.team_id)
    const { name = old.name } = body
    const team = { ...old, name }
    if (name === old.name) note.nothing()
    else {
      await ensureNameFree(tx, allowed, actor.orgId, team)
      await updateTeamName(tx, allowed, actor.orgId, team)
      const facts = { id: old.id, from: { name: old.name }, to: { name } }
      note({ customerId: old.customer_id, facts })
    }
    const [shown] = await presentTeams(tx, allowed, actor, [team])
    if (!shown) throw notFound()
    return shown
  })
}
