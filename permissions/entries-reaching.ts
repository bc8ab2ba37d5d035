import type { GrantIndex, IndexedGrant } from './grant-index.ts'
import type { Resource, Subject } from './scopes.ts'

/** A grant of somebody, or of a team of theirs, at a resource or above it. Whether it counts is for the caller. */
export interface ReachingEntry {
  readonly entry: IndexedGrant
  readonly holderId: string
}

/** All grants that reach the resource, whatever their time, role or pattern; empty lists of patterns give nothing. */
export function entriesReaching(index: GrantIndex, subject: Subject, resource: Resource): ReachingEntry[] {
  const found: ReachingEntry[] = []
  for (const holderId of [subject.id, ...subject.teamIds]) {
    const held = index.bySubject.get(holderId)
    if (held === undefined) continue
    for (const { kind, id } of resource.ancestors) {
      for (const entry of held.byScopeId.get(id) ?? []) {
        const { scope, patterns } = entry.grant
        if (scope.kind === kind && patterns?.length !== 0) found.push({ entry, holderId })
      }
    }
  }
  return found
}
