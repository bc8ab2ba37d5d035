import type { Grant } from './grants.ts'
import { readRecordPattern } from './pattern-json.ts'
import { isPermission } from './permissions.ts'
import { intersect, type RecordPattern } from './record-patterns.ts'
import { roleSets } from './role-sets.ts'
import type { Role, RoleBook } from './roles.ts'
import { realms, type Subject, scopeKinds } from './scopes.ts'

/** The field that is wrong, and a sentence that says what would be right. */
export interface GrantFault {
  readonly field: 'roleId' | 'scope' | 'patterns' | 'startsAt' | 'endsAt' | 'subjectId' | 'permissions' | 'realms'
  readonly message: string
}

/**
 * What is wrong with a grant whoever makes it, or null.
 * @param targets who gets it: a user, or everybody in the team
 * @param apexLabels of the zone, where the scope is one: patterns have to name something in it
 * @example checkGrant({ ...grant, startsAt: 2, endsAt: 1 }, roles, [])?.field // 'endsAt'
 */
export function checkGrant(
  grant: Omit<Grant, 'id'>,
  roles: RoleBook,
  targets: readonly Subject[],
  apexLabels?: readonly string[],
): GrantFault | null {
  const role = roles.get(grant.roleId)
  if (role === undefined) return { field: 'roleId', message: `There is no role "${grant.roleId}"` }
  return (
    checkScope(grant, role) ??
    checkTimes(grant) ??
    checkPatterns(grant.patterns, apexLabels) ??
    checkTargets(grant, role, targets)
  )
}

/**
 * A set may want one role for a subject at a scope. The grant that is there already, or null.
 * @example exclusiveConflict(webGrant, [mailGrant], roles) // mailGrant; both are of the hosting set
 */
export function exclusiveConflict(grant: Omit<Grant, 'id'>, others: Iterable<Grant>, roles: RoleBook): Grant | null {
  const set = roleSets.find(({ id, exclusive }) => exclusive && id === roles.get(grant.roleId)?.set)
  if (set === undefined) return null
  for (const other of others) {
    const same = other.subjectId === grant.subjectId && other.scope.id === grant.scope.id
    if (same && other.scope.kind === grant.scope.kind && roles.get(other.roleId)?.set === set.id) return other
  }
  return null
}

/** What is wrong with an organization's own role, or null. */
export function checkRole(role: Role): GrantFault | null {
  const unknown = role.permissions.find((id) => !isPermission(id))
  if (unknown !== undefined) return { field: 'permissions', message: `There is no permission "${unknown}"` }
  if (!scopeKinds.includes(role.scopeKind)) {
    return { field: 'scope', message: `A role is for one of ${scopeKinds.join(', ')}, not for "${role.scopeKind}"` }
  }
  const known = role.realms.length > 0 && role.realms.every((realm) => realms.includes(realm))
  return known ? null : { field: 'realms', message: 'A role is for staff, client, or both' }
}

function checkScope({ scope }: Omit<Grant, 'id'>, role: Role): GrantFault | null {
  if (scope.kind === role.scopeKind) return null
  return { field: 'scope', message: `"${role.name}" is granted at a ${role.scopeKind}, not at a ${scope.kind}` }
}

function checkTimes({ startsAt, endsAt }: Omit<Grant, 'id'>): GrantFault | null {
  if (startsAt !== undefined && !Number.isFinite(startsAt))
    return { field: 'startsAt', message: 'The start is no time' }
  if (endsAt !== undefined && !Number.isFinite(endsAt)) return { field: 'endsAt', message: 'The end is no time' }
  if (endsAt === undefined || startsAt === undefined || endsAt > startsAt) return null
  return { field: 'endsAt', message: 'The end is not after the start: choose a later one' }
}

function checkPatterns(patterns: Grant['patterns'], apexLabels?: readonly string[]): GrantFault | null {
  if (patterns === undefined) return null
  if (patterns.length === 0) return { field: 'patterns', message: 'No pattern is named: name one, or leave them out' }
  for (const pattern of patterns) {
    const read = readRecordPattern(pattern)
    if (!read.ok) return { field: 'patterns', message: read.error }
    if (apexLabels !== undefined && !touches(read.value, apexLabels)) {
      return { field: 'patterns', message: `A pattern names nothing in ${apexLabels.join('.')}: name something in it` }
    }
  }
  return null
}

function touches(pattern: RecordPattern, apexLabels: readonly string[]): boolean {
  return intersect(pattern, { kind: 'below', labels: apexLabels, types: 'all' }).length > 0
}

function checkTargets(grant: Omit<Grant, 'id'>, role: Role, targets: readonly Subject[]): GrantFault | null {
  const other = targets.find((target) => !role.realms.includes(target.realm))
  if (other !== undefined) {
    const who = other.realm === 'client' ? 'client accounts' : 'staff'
    return { field: 'subjectId', message: `"${role.name}" is not for ${who}: choose a role that is` }
  }
  const client = targets.some((target) => target.realm === 'client')
  if (!client || grant.scope.kind !== 'organization' || role.clientAtOrganization === true) return null
  return {
    field: 'scope',
    message: 'Client accounts hold grants below the organization only: choose a customer or zone',
  }
}
