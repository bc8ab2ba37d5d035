import { type AccessWorld, isWithheld } from './access-worlds.ts'
import type { Assertion } from './assertions.ts'
import { bitsFor, hasBit, type IndexedGrant } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { usablePatterns } from './patterns-cover.ts'
import { permissionNumber } from './permissions.ts'
import { intersect } from './record-patterns.ts'
import type { Role } from './roles.ts'
import type { Resource, Scope, Subject } from './scopes.ts'

/** Somebody who can do, or will be able to, what an assertion says nobody can; and the way there. */
export interface Breach {
  readonly subjectId: string
  readonly resource: Resource
  readonly grant: Grant
  readonly role: Role
  /** The team that holds the grant; null where the person does. */
  readonly teamId: string | null
}

/**
 * Where an assertion does not hold: every way by which somebody of the world can do it at one of the places of
 * `below`, now or later, in the interface. A grant that wants a review counts: a check says yes to it.
 * @param below places at or below the assertion's; others are passed over
 * @example findBreaches({ id: 'a', who: { kind: 'realm', realm: 'client' }, permission: 'zones.delete', at: bakery }, world, [zone]) // []
 */
export function findBreaches(assertion: Assertion, world: AccessWorld, below: Iterable<Resource>): Breach[] {
  const byHolder = peopleByHolder(assertion, world)
  const breaches: Breach[] = []
  for (const resource of below) {
    if (!hangsAt(resource, assertion.at)) continue
    for (const { kind, id } of resource.ancestors) {
      for (const entry of world.index.byScopeId().get(id) ?? []) {
        if (entry.grant.scope.kind !== kind || !couldCarry(entry, assertion, world.now)) continue
        for (const subject of byHolder.get(entry.grant.subjectId) ?? []) {
          const breach = breachOf(entry, { subject, resource, assertion, world })
          if (breach !== null) breaches.push(breach)
        }
      }
    }
  }
  return breaches
}

interface Path {
  readonly subject: Subject
  readonly resource: Resource
  readonly assertion: Assertion
  readonly world: AccessWorld
}

function breachOf(entry: IndexedGrant, { subject, resource, assertion, world }: Path): Breach | null {
  const { permission } = assertion
  const { grant, role } = entry
  const carries = hasBit(bitsFor(entry, subject.realm), permissionNumber.get(permission) ?? -1)
  if (!carries || role === undefined || isWithheld(world, subject, permission, resource)) return null
  return {
    subjectId: subject.id,
    resource,
    grant,
    role,
    teamId: grant.subjectId === subject.id ? null : grant.subjectId,
  }
}

function couldCarry({ grant, ends }: IndexedGrant, { permission, record }: Assertion, now: number): boolean {
  if (ends <= now) return false
  if (grant.patterns === undefined) return true
  if (record === undefined || permission === 'zones.view') return usablePatterns(grant.patterns, permission).length > 0
  // Each part is within the grant's own pattern, which decides whether delegations can be written by it.
  return grant.patterns.some((pattern) => {
    const parts = intersect(pattern, record).map((part) => ({ ...pattern, types: part.types }))
    return usablePatterns(parts, permission).length > 0
  })
}

function peopleByHolder(assertion: Assertion, world: AccessWorld): Map<string, Subject[]> {
  const byHolder = new Map<string, Subject[]>()
  for (const subject of world.people.values()) {
    if (!isMeant(subject, assertion, world)) continue
    for (const holderId of new Set([subject.id, ...subject.teamIds])) {
      const people = byHolder.get(holderId)
      if (people === undefined) byHolder.set(holderId, [subject])
      else people.push(subject)
    }
  }
  return byHolder
}

function isMeant(subject: Subject, { who, except = [] }: Assertion, world: AccessWorld): boolean {
  const holders = [subject.id, ...subject.teamIds]
  if (holders.some((id) => except.includes(id))) return false
  if (who.kind === 'anyone') return true
  if (who.kind === 'realm') return subject.realm === who.realm
  if (who.kind === 'subject') return holders.includes(who.subjectId)
  return holders.some((id) =>
    (world.index.bySubject.get(id)?.byScopeId.get(who.scope.id) ?? []).some(
      ({ grant, ends }) => grant.roleId === who.roleId && grant.scope.kind === who.scope.kind && ends > world.now,
    ),
  )
}

function hangsAt(resource: Resource, at: Scope): boolean {
  return resource.ancestors.some(({ kind, id }) => kind === at.kind && id === at.id)
}
