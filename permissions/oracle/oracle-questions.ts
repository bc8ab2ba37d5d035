// The other five questions, answered the slow way: by asking the first one about everything.

import type { Assertion } from '../assertions.ts'
import type { CustomerCeiling } from '../ceilings.ts'
import type { Grant } from '../grants.ts'
import type { RecordPattern } from '../record-patterns.ts'
import type { AccessRequest } from '../requests.ts'
import type { Role } from '../roles.ts'
import type { RecordRef, Resource, Subject } from '../scopes.ts'
import { oracleAllows, oracleCovers } from './oracle.ts'

export interface OracleWorld {
  readonly people: readonly Subject[]
  readonly roles: readonly Role[]
  readonly grants: readonly Grant[]
  readonly ceilings: readonly CustomerCeiling[]
  readonly now: number
}

/** List: the things on which the request is allowed. */
export function oracleList(world: OracleWorld, request: AccessRequest, things: readonly Resource[]): Resource[] {
  return things.filter((resource) => oracleAllows(world.grants, world.roles, { ...request, resource }))
}

/** Who: the people whose request would be allowed. */
export function oracleWho(world: OracleWorld, question: Omit<AccessRequest, 'subject'>): string[] {
  const able = world.people.filter((subject) => oracleAllows(world.grants, world.roles, { ...question, subject }))
  return able.map((subject) => subject.id)
}

/** In the interface: 0 not at all, 1 with a review, 2 freely. Only writes are reviewed. */
export function oracleLevel(
  world: OracleWorld,
  asked: Pick<AccessRequest, 'permission' | 'resource' | 'now'> & { readonly subjectId: string },
): 0 | 1 | 2 {
  const subject = world.people.find((person) => person.id === asked.subjectId)
  if (subject === undefined) return 0
  const { permission, resource, now } = asked
  const request = { subject, permission, resource, now, channel: 'interface' } as const
  const bounded = { ...request, ceilings: { customers: world.ceilings } }
  if (!oracleAllows(world.grants, world.roles, bounded)) return 0
  const unreviewed = world.grants.filter((grant) => grant.reviewRequired !== true)
  const looks = permission.endsWith('.view') || permission === 'api.use' || permission === 'lookup.use'
  return looks || oracleAllows(unreviewed, world.roles, bounded) ? 2 : 1
}

/** Assertions: whether this person can, now or later, do there what the assertion says nobody can. */
export function oracleBreaks(world: OracleWorld, assertion: Assertion, subject: Subject, resource: Resource): boolean {
  const { at, permission } = assertion
  const inPlace = resource.ancestors.some((each) => each.kind === at.kind && each.id === at.id)
  if (!inPlace || !isMeant(world, assertion, subject)) return false
  const moments = [world.now, ...world.grants.map((grant) => grant.startsAt ?? 0)].filter((each) => each >= world.now)
  const request = { subject, permission, channel: 'interface', ceilings: { customers: world.ceilings } } as const
  return moments.some((now) =>
    recordsToTry(world, assertion).some((record) => {
      const place = record === undefined ? resource : { ...resource, record }
      return oracleAllows(world.grants, world.roles, { ...request, resource: place, now })
    }),
  )
}

function isMeant(world: OracleWorld, { who, except = [] }: Assertion, subject: Subject): boolean {
  if (except.includes(subject.id) || subject.teamIds.some((id) => except.includes(id))) return false
  switch (who.kind) {
    case 'anyone':
      return true
    case 'realm':
      return subject.realm === who.realm
    case 'subject':
      return subject.id === who.subjectId || subject.teamIds.includes(who.subjectId)
    case 'role':
      return world.grants.some(
        ({ subjectId, roleId, scope, endsAt = Number.POSITIVE_INFINITY }) =>
          (subjectId === subject.id || subject.teamIds.includes(subjectId)) &&
          roleId === who.roleId &&
          `${scope.kind} ${scope.id}` === `${who.scope.kind} ${who.scope.id}` &&
          endsAt > world.now,
      )
  }
}

function recordsToTry(world: OracleWorld, { permission, record }: Assertion): (RecordRef | undefined)[] {
  if (!/^(records|changes)\./.test(permission)) return [undefined]
  const patterns = world.grants.flatMap((grant) => grant.patterns ?? [])
  if (record === undefined) return [undefined, ...recordsAround(patterns)]
  return recordsAround([...patterns, record]).filter(({ labels, type }) => oracleCovers(record, labels, type))
}

/**
 * Enough records to tell any two sets of records apart that these patterns can describe: every name they mention, with
 * a label more, and with a first label that stands on one nobody mentions, since `a` itself may be mentioned; of every
 * type they mention, and of the others one that hides nothing, NS and DNAME.
 */
export function recordsAround(patterns: readonly RecordPattern[]): RecordRef[] {
  const names = new Map<string, readonly string[]>()
  const firsts = patterns.flatMap((pattern) => (pattern.kind === 'first_label' ? [pattern.label] : []))
  const tops = patterns.map((pattern) => (pattern.kind === 'first_label' ? (pattern.under ?? []) : pattern.labels))
  const more = [[], ['~'], ...firsts.flatMap((label) => [[label], [label, '~']])]
  for (const top of tops) {
    for (const labels of more) names.set(JSON.stringify([...labels, ...top]), [...labels, ...top])
  }
  const mentioned = patterns.flatMap((pattern) => (pattern.types === 'all' ? [] : pattern.types))
  const types = [...new Set([...mentioned, 'NS', 'DNAME', 'CAA'])]
  return [...names.values()].flatMap((labels) => types.map((type) => ({ labels, type })))
}

/** Whether somebody holds the permission at the organization from now on for good: whole, and without a review. */
export function oracleStays(world: OracleWorld, organizationId: string, permission: string): boolean {
  const lasting = world.grants.filter(
    ({ scope, patterns, reviewRequired, endsAt }) =>
      scope.kind === 'organization' && patterns === undefined && reviewRequired !== true && endsAt === undefined,
  )
  const organization = { kind: 'organization', id: organizationId } as const
  const resource = { ...organization, ancestors: [organization] }
  return world.people.some((subject) => {
    const request = { subject, permission: permission as AccessRequest['permission'], resource, now: world.now }
    return oracleAllows(lasting, world.roles, { ...request, channel: 'interface' })
  })
}
