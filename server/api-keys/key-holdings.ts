import type { AnswerOf } from '@zoneward/api'
import {
  type ApiKeyCeiling,
  type Asker,
  type CustomerCeiling,
  effectivePatterns,
  type Grant,
  type GrantIndex,
  isLive,
  isWrite,
  type Permission,
  permissionIds,
  printRecordPattern,
  type Resource,
} from '@zoneward/permissions'

export type KeyAsker = Asker & { ceilings: { customers: readonly CustomerCeiling[]; apiKey: ApiKeyCeiling } }

type Holding = AnswerOf<'api_keys.access'>['items'][number]['holdings'][number]

/** What the key can do at a place, permissions that are held alike together. The core says what; the grants, how long. */
export function holdingsAt(index: GrantIndex, asker: KeyAsker, resource: Resource): Holding[] {
  const groups = new Map<string, Holding>()
  for (const permission of permissionIds) {
    const records = effectivePatterns(index, { ...asker, permission, resource })
    if (records !== 'all' && records.length === 0) continue
    const grants = grantsWith(index, asker, resource, permission)
    const carrying = records === 'all' ? grants.filter(({ patterns }) => patterns === undefined) : grants
    const alike = {
      patterns: records === 'all' ? null : records.map(printRecordPattern).sort(),
      until: lastEnd(carrying, asker.ceilings.apiKey.endsAt),
      review_required: isWrite(permission) && carrying.every(({ reviewRequired }) => reviewRequired === true),
    }
    const key = JSON.stringify(alike)
    const group = groups.get(key)
    if (group) group.permissions.push(permission)
    else groups.set(key, { permissions: [permission], ...alike })
  }
  return [...groups.values()]
}

function grantsWith(
  index: GrantIndex,
  { subject, now }: KeyAsker,
  resource: Resource,
  permission: Permission,
): Grant[] {
  return [subject.id, ...subject.teamIds].flatMap((holderId) =>
    resource.ancestors.flatMap(({ kind, id }) =>
      (index.bySubject.get(holderId)?.byScopeId.get(id) ?? [])
        .filter(({ grant, role }) => {
          const has = role?.permissions.includes(permission) && role.realms.includes(subject.realm)
          return has && !role?.interfaceOnly && grant.scope.kind === kind && isLive(grant, now)
        })
        .map(({ grant }) => grant),
    ),
  )
}

/** When the last of them ends, or the key before; null: never. */
function lastEnd(grants: Grant[], keyEnds: number | undefined): string | null {
  const last = Math.max(...grants.map(({ endsAt }) => endsAt ?? Number.POSITIVE_INFINITY))
  const end = Math.min(last, keyEnds ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(end) ? new Date(end).toISOString() : null
}
