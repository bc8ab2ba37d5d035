import type { AccessRequest } from '@zoneward/permissions'
import { effectivePatterns, type Grant, type GrantIndex, isLive } from '@zoneward/permissions'

/** The live grants by which somebody may do it to some records of a zone, where they may not to all. */
export function narrowedGrants(index: GrantIndex, request: AccessRequest): Grant[] {
  const { subject, resource, permission, now } = request
  const narrowed = [subject.id, ...subject.teamIds].flatMap((holderId) =>
    resource.ancestors.flatMap(({ kind, id }) =>
      (index.bySubject.get(holderId)?.byScopeId.get(id) ?? []).filter(
        ({ grant, role }) =>
          grant.patterns !== undefined &&
          grant.scope.kind === kind &&
          isLive(grant, now) &&
          role?.permissions.includes(permission) === true &&
          role.realms.includes(subject.realm),
      ),
    ),
  )
  // Ceilings and what a pattern can narrow at all are the core's to say.
  if (narrowed.length === 0 || effectivePatterns(index, request).length === 0) return []
  return narrowed.map(({ grant }) => grant)
}
