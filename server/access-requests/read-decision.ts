import type { ParsedBody } from '@zoneward/api'
import { areWithin, type RecordPattern, type Resource, type RoleBook, type Scope } from '@zoneward/permissions'
import { readPattern, readPatterns, type StoredPattern } from '../access/key-ceiling.ts'
import { invalidField } from '../fault.ts'
import { scopeOf } from './proposed-grant.ts'
import type { RequestRow } from './store.ts'

type Decision = ParsedBody<'access_requests.decide'>
const hour = 3_600_000

/** When the grant ends: the hours that were asked for, or fewer. */
export function endOf(row: RequestRow, { hours, ends_at }: Decision, now: number): number {
  if (hours !== undefined && ends_at !== undefined) {
    throw invalidField('ends_at', 'Give the hours or the end, not both.')
  }
  const last = now + row.hours * hour
  const asked = `${row.hours} ${row.hours === 1 ? 'hour was' : 'hours were'} asked for`
  if (hours !== undefined && hours > row.hours) throw invalidField('hours', `${asked}: give as many or fewer.`)
  if (ends_at === undefined) return now + (hours ?? row.hours) * hour
  const end = Date.parse(ends_at)
  if (end <= now) throw invalidField('ends_at', 'The end has passed already: choose a later one.')
  // A clock of the one who decides that is a little ahead is no reason to refuse what was asked for.
  if (end > last + 60_000) throw invalidField('ends_at', `${asked}: end it by ${new Date(last).toISOString()}.`)
  return Math.min(end, last)
}

/** The records of the grant: those that were asked for, or fewer. */
export function patternsOf(row: RequestRow, { patterns }: Decision): StoredPattern[] | null {
  const asked = row.patterns as StoredPattern[] | null
  if (patterns === undefined) return asked
  const read = patterns.flatMap(({ names, types }, at) =>
    names.map((name, place): RecordPattern => {
      const each = readPattern(name, types)
      if ('error' in each)
        throw invalidField(`patterns.${at}.${each.of === 'types' ? 'types' : `names.${place}`}`, `${each.error}.`)
      return each.pattern
    }),
  )
  if (asked !== null && !areWithin(read, readPatterns(asked))) {
    const names = asked.flatMap((each) => each.names).join(', ')
    throw invalidField('patterns', `These are more records than were asked for: stay within ${names}.`)
  }
  return patterns
}

export type Chosen = { roleId: string; scope: Scope }

/**
 * The role of the grant: the one that was asked for, or one that has nothing beyond it, at the same scope or at a
 * narrower one that the thing hangs below.
 */
export function roleOf(row: RequestRow, { role_id }: Decision, resource: Resource, roles: RoleBook): Chosen {
  const asked = { roleId: row.role_id, scope: scopeOf(row) }
  if (role_id === undefined || role_id === row.role_id) return asked
  const role = roles.get(role_id)
  if (role === undefined) throw invalidField('role_id', `There is no role "${role_id}": GET /v1/roles lists them all.`)
  const most = new Set<string>(roles.get(row.role_id)?.permissions)
  const beyond = role.permissions.find((permission) => !most.has(permission))
  if (beyond !== undefined) {
    throw invalidField('role_id', `${role.name} is more than was asked for: it has "${beyond}" too.`)
  }
  if (!role.permissions.some((permission) => permission === row.permission)) {
    throw invalidField('role_id', `${role.name} does not have "${row.permission}", which was asked for.`)
  }
  const scope = scopeFor(role.scopeKind, asked.scope, resource)
  if (scope !== null) return { roleId: role.id, scope }
  throw invalidField('role_id', `${role.name} is granted on a ${role.scopeKind}, which is wider than was asked for.`)
}

// Below the scope that was asked for hangs only the thing itself, and a hosting or zone hangs below its customer.
function scopeFor(kind: Scope['kind'], asked: Scope, resource: Resource): Scope | null {
  if (kind === asked.kind) return asked
  const narrower = kind === resource.kind || asked.kind === 'organization'
  const found = narrower ? resource.ancestors.find((ancestor) => ancestor.kind === kind) : undefined
  return found === undefined ? null : { kind, id: found.id }
}
