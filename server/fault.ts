import type { ScopeKind } from '@zoneward/permissions'

export type FaultCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'upstream'
  | 'internal'

/** What a caller is told beside the sentence; every key is a member of problem+json. */
export type FaultFacts = {
  fields?: { path: string; message: string }[]
  lines?: { line: number; message: string }[]
  permission?: string
  nearest?: string[]
  who_can_give?: string[]
  /** What to ask for with POST /v1/access-requests; absent where no grant would help. */
  ask?: {
    permission: string
    resource: { kind: ScopeKind; id: string }
    record: { name: string; type: string } | null
  }
  /** The assertion that a change would break, and by which way: who, team, role, scope, place. */
  assertion?: { id: string; sentence: string }
  path?: string[]
  retry_after?: number
  /** Where HTTP has a closer number than the code's own: 412 for an If-Match that no longer holds (RFC 9110, 13.1.1), 405. */
  status?: 400 | 405 | 412 | 503
}

/** The one kind of error that features throw: a code, a sentence for people, and facts. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly facts: FaultFacts

  constructor(code: FaultCode, detail: string, facts: FaultFacts = {}) {
    super(detail)
    this.code = code
    this.facts = facts
  }
}

/** One wrong field: `invalidField('name', 'An empty label stands in "a..b".')`. */
export function invalidField(path: string, message: string): Fault {
  return new Fault('invalid', message, { fields: [{ path, message }] })
}

/** Whatever was asked for, the same words: what a caller may not see does not exist. */
export function notFound(): Fault {
  return new Fault('not_found', 'There is nothing here that you can see.')
}
