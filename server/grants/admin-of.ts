import type { ScopeKind } from '@zoneward/permissions'

/** The one role of a level that has what all the others have: proposed where a second one was wished for. */
export function adminOf(kind: ScopeKind): string {
  return kind === 'hosting' ? 'hosting.hosting_admin' : 'hosting.customer_admin'
}
