import type { Assertion } from './assertions.ts'
import { isNarrowable } from './grant-index.ts'
import { readRecordPattern } from './pattern-json.ts'
import { isPermission } from './permissions.ts'
import { intersect } from './record-patterns.ts'
import type { RoleBook } from './roles.ts'
import { realms, scopeKinds } from './scopes.ts'

/** The field that is wrong, and a sentence that says what would be right. */
export interface AssertionFault {
  readonly field: 'who' | 'permission' | 'at' | 'record' | 'except'
  readonly message: string
}

/**
 * What is wrong with an assertion, or null.
 * @param apexLabels of the zone, where `at` is one: the record has to be in it
 * @example checkAssertion({ id: 'a', who: { kind: 'anyone' }, permission: 'zones.eat', at: bakery }, roles)?.field // 'permission'
 */
export function checkAssertion(
  assertion: Assertion,
  roles: RoleBook,
  apexLabels?: readonly string[],
): AssertionFault | null {
  const { permission, at } = assertion
  if (!isPermission(permission)) {
    return fault('permission', `There is no permission "${permission}": choose one of the list, such as "zones.delete"`)
  }
  if (!scopeKinds.includes(at.kind)) {
    return fault('at', `An assertion is about one of ${scopeKinds.join(', ')}, not about a "${at.kind}"`)
  }
  return checkWho(assertion.who, roles) ?? checkRecord(assertion, apexLabels) ?? checkExcept(assertion)
}

function checkWho(who: Assertion['who'], roles: RoleBook): AssertionFault | null {
  if (who.kind === 'anyone') return null
  if (who.kind === 'realm') {
    return realms.includes(who.realm) ? null : fault('who', `"${who.realm}" is no realm: choose staff or client`)
  }
  if (who.kind === 'subject') {
    return who.subjectId === '' ? fault('who', 'Nobody is named: choose a person or a team') : null
  }
  if (who.kind !== 'role') return fault('who', 'An assertion is about anyone, a realm, a role, or a person or team')
  const role = roles.get(who.roleId)
  if (role === undefined) return fault('who', `There is no role "${who.roleId}"`)
  if (role.scopeKind === who.scope.kind) return null
  return fault('who', `"${role.name}" is granted at a ${role.scopeKind}, not at a ${who.scope.kind}`)
}

function checkRecord({ permission, record }: Assertion, apexLabels?: readonly string[]): AssertionFault | null {
  if (record === undefined) return null
  if (!isNarrowable(permission)) {
    return fault(
      'record',
      `"${permission}" is not about records: leave the record out, or name a permission of records`,
    )
  }
  const read = readRecordPattern(record)
  if (!read.ok) return fault('record', read.error)
  if (apexLabels === undefined) return null
  const inside = intersect(read.value, { kind: 'below', labels: apexLabels, types: 'all' }).length > 0
  return inside ? null : fault('record', `The record names nothing in ${apexLabels.join('.')}: name something in it`)
}

function checkExcept({ who, except }: Assertion): AssertionFault | null {
  if (except === undefined) return null
  if (except.includes('')) return fault('except', 'An exception is empty: name a person or a team')
  const itself = who.kind === 'subject' && except.includes(who.subjectId)
  return itself ? fault('except', 'Whom the assertion is about cannot be its exception: it would say nothing') : null
}

function fault(field: AssertionFault['field'], message: string): AssertionFault {
  return { field, message }
}
