import type { Grant } from './grants.ts'
import { readRecordPattern } from './pattern-json.ts'
import { printRecordPattern } from './pattern-text.ts'
import { intersect, type RecordPattern } from './record-patterns.ts'
import { roleSets } from './role-sets.ts'
import type { Role, RoleBook } from './roles.ts'
import { type Subject, scopeKinds } from './scopes.ts'
import { setOfRole } from './set-of-role.ts'

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
  const [first] = readGrantFaults(grant, { roles, targets, ...(apexLabels === undefined ? {} : { apexLabels }) })
  return first ?? null
}

export interface GrantSetting {
  readonly roles: RoleBook
  /** Who gets it: a user, or everybody in the team. */
  readonly targets: readonly Subject[]
  /** Of the zone, where the scope is one. */
  readonly apexLabels?: readonly string[]
  /** Who gives it: nobody grants to oneself. */
  readonly granterId?: string
}

/**
 * Everything that is wrong with a grant, for a form that shows it all at once; empty if nothing is.
 * @example readGrantFaults({ ...grant, startsAt: 2, endsAt: 1 }, { roles, targets: [] }).map(({ field }) => field) // ['endsAt']
 */
export function readGrantFaults(
  grant: Omit<Grant, 'id'>,
  { roles, targets, apexLabels, granterId }: GrantSetting,
): GrantFault[] {
  const role = roles.get(grant.roleId)
  const ofRole: (GrantFault | null)[] =
    role === undefined
      ? [{ field: 'roleId', message: `There is no role "${grant.roleId}"` }]
      : [checkScope(grant, role), checkTargets(grant, role, targets)]
  const oneself: GrantFault | null =
    granterId === grant.subjectId
      ? { field: 'subjectId', message: 'Nobody grants to oneself: ask somebody else' }
      : null
  const all = [checkKind(grant), ...ofRole, checkTimes(grant), checkPatterns(grant.patterns, apexLabels), oneself]
  return all.filter((fault) => fault !== null)
}

/**
 * A set may want one role for a subject at a scope, its copies counted in. The grant that is there already, or null.
 * @example exclusiveConflict(webGrant, [mailGrant], roles) // mailGrant; both are of the hosting set
 */
export function exclusiveConflict(grant: Omit<Grant, 'id'>, others: Iterable<Grant>, roles: RoleBook): Grant | null {
  const set = roleSets.find(({ id, exclusive }) => exclusive && id === setOfRole(grant.roleId, roles))
  if (set === undefined) return null
  for (const other of others) {
    const same = other.subjectId === grant.subjectId && other.scope.id === grant.scope.id
    if (same && other.scope.kind === grant.scope.kind && setOfRole(other.roleId, roles) === set.id) return other
  }
  return null
}

function checkKind({ scope }: Omit<Grant, 'id'>): GrantFault | null {
  if (scopeKinds.includes(scope.kind)) return null
  return { field: 'scope', message: `Roles are granted at one of ${scopeKinds.join(', ')}, not at a "${scope.kind}"` }
}

function checkScope({ scope }: Omit<Grant, 'id'>, role: Role): GrantFault | null {
  if (scope.kind === role.scopeKind || !scopeKinds.includes(scope.kind)) return null
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
      const zone = apexLabels.join('.')
      const message = `"${printRecordPattern(read.value)}" names nothing in ${zone}: write names in full, such as www.${zone}`
      return { field: 'patterns', message }
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
