import type { AnswerOf } from '@zoneward/api'
import type { Assertion, Breach, Scope } from '@zoneward/permissions'
import { describeSubjects, type ShownSubject } from '../access/describe-subjects.ts'
import { findResources, type NamedResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { dayOf } from './compose-sentence.ts'
import type { Changer } from './keep-assertions.ts'
import { keyOf } from './places-to-judge.ts'

export type ShownBreach = AnswerOf<'assertions.check'>['items'][number]['breaches'][number]

type Found = { assertion: Assertion; breach: Breach }

/** Breaches with the names of everybody and everything on the way. */
export async function describeBreaches(tx: Tx, asking: Changer, found: readonly Found[]): Promise<ShownBreach[]> {
  const subjectIds = found.flatMap(({ breach }) => [breach.subjectId, breach.teamId ?? []].flat())
  const subjects = await describeSubjects(tx, asking, subjectIds)
  const places = await findResources(
    tx,
    asking.orgId,
    found.flatMap(({ breach }) => [breach.grant.scope, placeOf(breach)]),
  )
  return found.map((one) => describe(one, { subjects, places, now: asking.now }))
}

function placeOf({ resource }: Breach): Scope {
  return { kind: resource.kind as Scope['kind'], id: resource.id }
}

type Names = { subjects: Map<string, ShownSubject>; places: Map<string, NamedResource>; now: number }

function describe({ assertion, breach }: Found, { subjects, places, now }: Names): ShownBreach {
  const { grant, role, teamId } = breach
  const named = (scope: Scope) => ({ kind: scope.kind, id: scope.id, name: places.get(keyOf(scope))?.name ?? '' })
  const words = (scope: Scope) => `${scope.kind} ${named(scope).name}`.trim()
  const subject = subjects.get(breach.subjectId) ?? unknown(breach.subjectId)
  const team = teamId === null ? null : (subjects.get(teamId)?.name ?? '')
  const scope = named(grant.scope)
  const resource = named(placeOf(breach))
  const below = keyOf(scope) === keyOf(resource) ? [] : [words(resource)]
  const way = team === null ? '' : ` through the team ${team}`
  const starts = timeOf(grant.startsAt)
  const from = starts === null || (grant.startsAt ?? 0) <= now ? '' : ` from ${dayOf(starts)}`
  return {
    subject,
    resource,
    grant_id: grant.id,
    role: role.name,
    scope,
    via_team: team,
    starts_at: starts,
    ends_at: timeOf(grant.endsAt),
    path: [subject.name, ...(team === null ? [] : [`team ${team}`]), role.name, words(grant.scope), ...below],
    sentence: `${subject.name} can do "${assertion.permission}" on the ${words(resource)}${from}: ${role.name} on the ${words(grant.scope)}${way}.`,
  }
}

function unknown(id: string): ShownSubject {
  return { id, kind: 'member', realm: 'staff', name: 'somebody', detail: '' }
}

function timeOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}
