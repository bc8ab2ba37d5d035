import { bitsFor, hasBit, type IndexedGrant, indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { type Permission, permissionIds } from './permissions.ts'
import type { RoleBook } from './roles.ts'
import type { Subject } from './scopes.ts'

/** Who holds what in an organization, before or after a change of grants, roles, teams or people. */
export interface AccessState {
  readonly organizationId: string
  readonly grants: Iterable<Grant>
  readonly roles: RoleBook
  /** Those who can sign in and act. Not service accounts, nor people whose account is closed. */
  readonly people: Iterable<Subject>
  readonly now: number
}

/**
 * Permissions that somebody held at the organization without end, and nobody would any more. A change that loses one
 * is refused: so the last administrator is neither removed nor demoted nor let expire.
 * @example lastHolderLost(before, { ...before, grants: [] }).length // 69; there was an owner
 */
export function lastHolderLost(before: AccessState, after: AccessState): Permission[] {
  const kept = heldWithoutEnd(after)
  return [...heldWithoutEnd(before)].filter((permission) => !kept.has(permission))
}

/** The permissions that somebody holds at the organization now, without end, pattern or review. */
export function heldWithoutEnd(state: AccessState): Set<Permission> {
  const { bySubject } = indexGrants(state.grants, state.roles)
  const held = new Set<Permission>()
  for (const person of state.people) {
    for (const holderId of [person.id, ...person.teamIds]) {
      for (const entry of bySubject.get(holderId)?.byScopeId.get(state.organizationId) ?? []) {
        if (lasts(entry, state.now)) addHeld(held, entry, person)
      }
    }
  }
  return held
}

function lasts(entry: IndexedGrant, now: number): boolean {
  const { scope, patterns, reviewRequired } = entry.grant
  const whole = scope.kind === 'organization' && patterns === undefined && reviewRequired !== true
  return whole && entry.starts <= now && entry.ends === Number.POSITIVE_INFINITY
}

function addHeld(held: Set<Permission>, entry: IndexedGrant, person: Subject): void {
  const bits = bitsFor(entry, person.realm)
  for (const [number, permission] of permissionIds.entries()) if (hasBit(bits, number)) held.add(permission)
}
