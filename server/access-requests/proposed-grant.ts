import type { Grant, ScopeKind } from '@zoneward/permissions'
import { readPatterns, type StoredPattern } from '../access/key-ceiling.ts'
import type { RequestRow } from './store.ts'

/** The smallest grant that a request asks for, as it was kept, until `endsAt`. */
export function proposedGrant(row: RequestRow, endsAt: number): Omit<Grant, 'id'> {
  return {
    subjectId: row.subject_id,
    roleId: row.role_id,
    scope: scopeOf(row),
    ...(row.patterns === null ? {} : { patterns: readPatterns(row.patterns as StoredPattern[]) }),
    endsAt,
  }
}

// The kinds were checked when the request was made.
export function scopeOf(row: RequestRow): { kind: ScopeKind; id: string } {
  return { kind: row.scope_kind as ScopeKind, id: row.scope_id }
}

export function resourceOf(row: RequestRow): { kind: ScopeKind; id: string } {
  return { kind: row.resource_kind as ScopeKind, id: row.resource_id }
}

export function recordOf(row: RequestRow): { name: string; type: string } | null {
  return row.record as { name: string; type: string } | null
}
