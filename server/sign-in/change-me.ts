import type { AnswerOf } from '@zoneward/api'
import { teamsOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'
import { meOf } from './read-me.ts'
import { updateCurrentTeam, updateTeamFeatures } from './store.ts'

/** Switches one's own team features, or the team that this session works for. */
export function changeMe(request: ActorRequest<'me.update'>): Promise<AnswerOf<'me.update'>> {
  const { body, allowed } = request
  if (request.actor.kind !== 'session') {
    throw new Fault('conflict', 'These are settings of the pages: an API key always works for its owner alone.')
  }
  return request.write(async (tx, note) => {
    const { actor } = request
    const teamFeatures = body.team_features ?? actor.teamFeatures
    const currentTeamId = await wantedTeam(tx, actor, teamFeatures, body.current_team_id)
    if (currentTeamId !== actor.currentTeamId) await updateCurrentTeam(tx, allowed, actor, currentTeamId)
    if (body.team_features === undefined) note.nothing()
    else {
      const old = await updateTeamFeatures(tx, allowed, actor, teamFeatures)
      if (old === teamFeatures) note.nothing()
      else note({ customerId: actor.portal?.customerId ?? null, facts: { team_features: { old, new: teamFeatures } } })
    }
    return meOf(tx, { ...actor, teamFeatures, currentTeamId })
  })
}

/** Null is the personal team, which goes by its user's own id too. */
async function wantedTeam(
  tx: Tx,
  actor: Actor,
  teamFeatures: boolean,
  wanted: string | null | undefined,
): Promise<string | null> {
  if (wanted === null || wanted?.toLowerCase() === actor.subjectId) return null
  if (wanted === undefined) return teamFeatures ? actor.currentTeamId : null
  if (!teamFeatures) {
    throw invalidField('current_team_id', 'Team features are off: switch them on before you choose a team.')
  }
  const id = wanted.toLowerCase()
  if ((await teamsOf(tx, actor)).includes(id)) return id
  throw invalidField('current_team_id', 'You are in no such team: choose one of your own, or null for yourself.')
}
