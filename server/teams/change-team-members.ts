import { findTarget, type Target } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { grantOfRow } from '../access/held-access.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import { ensureAtHome, ensureMayGrant, ensureMayRevoke, loadGrantRights } from '../grants/grant-rights.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { openTeam } from './open-team.ts'
import { deleteMembership, insertMembership, type TeamRow } from './store.ts'

/** Puts a user into a team. That gives it all that the team holds, so each grant is judged as one given to the user. */
export function addTeamMember(request: ActorRequest<'teams.members.add'>): Promise<null> {
  const { actor, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { team, user } = await openMembership(tx, request)
    ensureFits(team, user)
    await judgeGrants(tx, request.actor, team, user, 'give')
    const added = await insertMembership(tx, allowed, { orgId: actor.orgId, teamId: team.id, userId: user.shown.id })
    if (added) note({ customerId: team.customer_id, facts: { team: team.name, user: user.shown.name } })
    else note.nothing()
    return null
  })
}

/** Takes a user out of a team, and with that what it held through it. */
export function removeTeamMember(request: ActorRequest<'teams.members.remove'>): Promise<null> {
  const { actor, allowed } = request
  return request.changeAccess(async (tx, note) => {
    const { team, user } = await openMembership(tx, request)
    // Anybody may step out of a team.
    if (user.shown.id !== actor.subjectId) await judgeGrants(tx, request.actor, team, user, 'take')
    const membership = { orgId: actor.orgId, teamId: team.id, userId: user.shown.id }
    const removed = await keepLastHolder(tx, request.actor, () => deleteMembership(tx, allowed, membership))
    if (removed) note({ customerId: team.customer_id, facts: { team: team.name, user: user.shown.name } })
    else note.nothing()
    return null
  })
}

type Request = ActorRequest<'teams.members.add'> | ActorRequest<'teams.members.remove'>

async function openMembership(tx: Tx, { actor, params, allowed }: Request): Promise<{ team: TeamRow; user: Target }> {
  const team = await openTeam(tx, allowed, actor, params.team_id)
  const user = await findTarget(tx, actor, params.user_id)
  if (user === null || user.shown.kind === 'team') throw notFound()
  return { team, user }
}

function ensureFits(team: TeamRow, { shown, customerId }: Target): void {
  if (shown.realm !== team.realm) {
    const who = team.realm === 'staff' ? 'staff' : 'client accounts'
    throw invalidField('user_id', `${team.name} is a team of ${who}, and ${shown.name} is not one of them.`)
  }
  if (team.customer_id !== null && team.customer_id !== customerId) {
    throw invalidField('user_id', `${shown.name} belongs to another customer than the team ${team.name}.`)
  }
}

async function judgeGrants(tx: Tx, actor: Actor, team: TeamRow, user: Target, what: 'give' | 'take'): Promise<void> {
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', actor.orgId)
    .where('subject_id', '=', team.id)
    .execute()
  const grants = rows.map(grantOfRow)
  const places = await findResources(
    tx,
    actor.orgId,
    grants.map((grant) => grant.scope),
  )
  const resources = [...places.values()].map(({ resource }) => resource)
  const rights = await loadGrantRights(tx, actor, { targets: [user], places: resources })
  const me = { realm: actor.realm, teamIds: [] }
  for (const grant of grants) {
    const at = places.get(`${grant.scope.kind} ${grant.scope.id}`)?.resource
    if (!at) continue
    const { id: _, ...rest } = grant
    // To join a team oneself is judged as putting anybody into it: who could give all that it holds may.
    const target = user.shown.id === actor.subjectId ? { people: [{ ...me, id: newId() }] } : user
    const subjectId = target.people[0]?.id ?? user.shown.id
    const touched = { grant: { ...rest, subjectId }, at, target }
    if (what === 'give') ensureAtHome(user, at, 'user_id')
    if (what === 'give') ensureMayGrant(rights, touched)
    else ensureMayRevoke(rights, touched)
  }
}
