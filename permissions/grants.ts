import type { RecordPattern } from './record-patterns.ts'
import type { Scope } from './scopes.ts'

/** A subject gets a role at a scope, perhaps narrowed to records and to a time. Times are milliseconds since 1970. */
export interface Grant {
  readonly id: string
  /** A user's or a team's id. */
  readonly subjectId: string
  readonly roleId: string
  readonly scope: Scope
  /** Any of them has to cover the record. Absent: all records. An empty list covers nothing. */
  readonly patterns?: readonly RecordPattern[]
  /** Counts from this moment on. */
  readonly startsAt?: number
  /** Counts before this moment, not at it. */
  readonly endsAt?: number
  /** What it writes becomes a proposal. */
  readonly reviewRequired?: boolean
}

/** @example isLive({ endsAt: 100 }, 100) // false; exactly now is over */
export function isLive(grant: Pick<Grant, 'startsAt' | 'endsAt'>, now: number): boolean {
  return (grant.startsAt ?? Number.NEGATIVE_INFINITY) <= now && now < (grant.endsAt ?? Number.POSITIVE_INFINITY)
}
