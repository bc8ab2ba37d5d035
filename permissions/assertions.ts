import type { Permission } from './permissions.ts'
import type { RecordPattern } from './record-patterns.ts'
import type { Realm, Scope } from './scopes.ts'

/** Whom an assertion is about. */
export type AssertionSubjects =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'realm'; readonly realm: Realm }
  /** Whoever holds that role at that scope, also by a team, also from a later day on. */
  | { readonly kind: 'role'; readonly roleId: string; readonly scope: Scope }
  /** A person, or everybody in a team. */
  | { readonly kind: 'subject'; readonly subjectId: string }

/** Nobody of `who`, but `except`, can ever do `permission` at `at` or below it, on any of these records. */
export interface Assertion {
  readonly id: string
  readonly who: AssertionSubjects
  readonly permission: Permission
  readonly at: Scope
  /** Names and types; absent: any record, and what is no record. */
  readonly record?: RecordPattern
  /** People, or teams with everybody in them. */
  readonly except?: readonly string[]
}
