import { id, nothing, pageOf, pageQuery, z } from '../json.ts'
import type { Operation } from '../operation.ts'
import { newTeam, team, teamPatch } from '../schemas/teams.ts'

const ofTeam = z.object({ team_id: id })

export const teams = {
  'teams.list': {
    summary: 'Shared teams, with their members and grants. One’s own are in `me.read`.',
    permission: 'members.view',
    asked: 'organization',
    audit: null,
    status: 200,
    query: pageQuery,
    response: pageOf(team),
  },
  'teams.create': {
    summary: 'Make a team.',
    permission: 'teams.manage',
    asked: 'organization',
    audit: 'team.created',
    changesAccess: true,
    status: 201,
    body: newTeam,
    response: team,
  },
  'teams.update': {
    summary: 'Rename a team.',
    permission: 'teams.manage',
    asked: 'organization',
    audit: 'team.changed',
    status: 200,
    params: ofTeam,
    body: teamPatch,
    response: team,
  },
  'teams.delete': {
    summary: 'Delete a team; what it was granted ends.',
    permission: 'teams.manage',
    asked: 'organization',
    audit: 'team.deleted',
    changesAccess: true,
    status: 204,
    params: ofTeam,
    response: nothing,
  },
  'teams.members.add': {
    summary: 'Put a user into a team; refused where the team holds more than the caller.',
    permission: 'teams.manage',
    asked: 'organization',
    audit: 'team.member_added',
    changesAccess: true,
    status: 204,
    params: z.object({ team_id: id, user_id: id }),
    response: nothing,
  },
  'teams.members.remove': {
    summary: 'Take a user out of a team.',
    permission: 'teams.manage',
    asked: 'organization',
    audit: 'team.member_removed',
    changesAccess: true,
    status: 204,
    params: z.object({ team_id: id, user_id: id }),
    response: nothing,
  },
} as const satisfies Record<string, Operation>
