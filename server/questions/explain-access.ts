import type { AnswerOf } from '@zoneward/api'
import {
  decide,
  type GrantProposal,
  type Permission,
  printRecordPattern,
  type Reason,
  type RoleBook,
} from '@zoneward/permissions'
import { isVisible } from '../access/authorize.ts'
import { describeSubjects } from '../access/describe-subjects.ts'
import { permissionWords } from '../access/permission-words.ts'
import { helpersOf, sentenceOf } from '../access/refusal.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { type NamedScope, nameScopes } from '../organization/name-scopes.ts'
import { type ReadQuestion, readQuestions } from './read-questions.ts'

type Explanation = AnswerOf<'access.explain'>

/** Why somebody may do this, or why not, what would change it, and who can. */
export async function explainAccess(tx: Tx, asking: ActorRequest<'access.explain'>): Promise<Explanation> {
  const { actor, body } = asking
  const [question] = await readQuestions(tx, asking, [body], () => '')
  const { request, place, held, subjectName } = question as ReadQuestion
  if (!request || !place || (subjectName === null && !isVisible(held, request))) throw notFound()
  const decision = decide(held.index, request, { set: held.roleSet })
  const reasons = decision.allowed ? decision.reasons : []
  const proposal = decision.allowed ? null : decision.smallestGrant
  const scopes = [...reasons.map((reason) => reason.scope), ...(proposal ? [proposal.scope] : [])]
  const nameOf = await nameScopes(tx, actor.orgId, [...scopes, body.resource])
  const teams = await describeSubjects(
    tx,
    actor,
    reasons.flatMap((reason) => reason.teamId ?? []),
  )
  const here = nameOf(body.resource)
  const who = subjectName ?? 'You'
  return {
    allowed: decision.allowed,
    sentence: verdictSentence(who, request.permission, here, decision.allowed),
    subject: subjectName ?? actor.name,
    permission: request.permission,
    resource: here,
    reasons: reasons.map((reason) => {
      const team = reason.teamId === null ? null : (teams.get(reason.teamId)?.name ?? 'a team')
      return showReason(reason, { who, team, scope: nameOf(reason.scope), here })
    }),
    nearest: decision.allowed
      ? []
      : decision.misses.map((miss) => ({ why: miss.kind, sentence: sentenceOf(miss, held.index.roles) })),
    smallest_grant: proposal && showProposal(proposal, nameOf(proposal.scope), held.index.roles),
    who_can_give: decision.allowed ? [] : await helpersOf(tx, actor, request),
  }
}

function verdictSentence(who: string, permission: Permission, here: NamedScope, allowed: boolean): string {
  return `${who} ${allowed ? 'may' : 'may not'} ${permissionWords(permission)}: ${permission} on ${named(here)}.`
}

type Chain = { who: string; team: string | null; scope: NamedScope; here: NamedScope }

function showReason({ grant, role }: Reason, { who, team, scope, here }: Chain): Explanation['reasons'][number] {
  const ends = grant.endsAt === undefined ? null : new Date(grant.endsAt).toISOString()
  const above = scope.id !== here.id
  const parts = [
    `${role.name} on ${named(scope)}`,
    team === null ? '' : `, held by the team ${team}`,
    grant.patterns === undefined ? '' : `, for ${grant.patterns.map(printRecordPattern).join(', ')}`,
    ends === null ? '' : `, until ${ends}`,
    above ? `; ${named(here)} belongs to it` : '',
  ]
  return {
    grant_id: grant.id,
    role: role.name,
    scope,
    via_team: team,
    path: [who, ...(team === null ? [] : [`team ${team}`]), role.name, named(scope), ...(above ? [named(here)] : [])],
    ends_at: ends,
    sentence: `${parts.join('')}.`,
  }
}

function showProposal({ roleId, scope: _, patterns }: GrantProposal, scope: NamedScope, roles: RoleBook) {
  const role = roles.get(roleId)?.name ?? roleId
  const narrowed = patterns ? `, for ${patterns.map(printRecordPattern).join(', ')} only` : ''
  return { role_id: roleId, role, scope, sentence: `${role} on ${named(scope)}${narrowed} would allow it.` }
}

function named({ kind, name }: NamedScope): string {
  return `the ${kind} ${name}`
}
