import type { CustomerCeiling } from './ceilings.ts'
import { effectivePatterns } from './effective-permissions.ts'
import type { GrantIndex } from './grant-index.ts'
import { type Permission, permissionIds } from './permissions.ts'
import { areWithin } from './record-patterns.ts'
import type { AccessRequest } from './requests.ts'
import type { Resource, Subject } from './scopes.ts'

export interface Comparison {
  readonly other: Subject
  readonly me: Subject
  readonly at: Resource
  readonly now: number
  readonly customers?: readonly CustomerCeiling[]
}

/**
 * Whether somebody holds more than I do there. Nobody grants to, changes, revokes, resets or views as somebody above.
 * @example isAbove(index, { other: owner, me: admin, at: organization, now }) // true
 */
export function isAbove(index: GrantIndex, comparison: Comparison): boolean {
  return firstAbove(index, comparison) !== null
}

/** A permission that the other holds there and I do not, or for more records than I do; null if there is none. */
export function firstAbove(index: GrantIndex, { other, me, at, now, customers }: Comparison): Permission | null {
  const ceilings = customers === undefined ? {} : { ceilings: { customers } }
  const common = { resource: at, now, channel: 'interface', ...ceilings } as const
  const above = permissionIds.find((permission) => {
    const theirs: AccessRequest = { ...common, permission, subject: other }
    const mine: AccessRequest = { ...common, permission, subject: me }
    return !isNarrower(effectivePatterns(index, theirs), effectivePatterns(index, mine))
  })
  return above ?? null
}

function isNarrower(theirs: ReturnType<typeof effectivePatterns>, mine: ReturnType<typeof effectivePatterns>): boolean {
  if (mine === 'all') return true
  return theirs !== 'all' && areWithin(theirs, mine)
}
