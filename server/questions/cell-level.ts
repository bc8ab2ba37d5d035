import type { AnswerOf } from '@zoneward/api'
import {
  type AccessRequest,
  type Asker,
  decide,
  type GrantIndex,
  isAllowed,
  type Permission,
  permissionEntry,
  type Resource,
} from '@zoneward/permissions'
import { narrowedGrants } from './narrowed-grants.ts'

export type Cell = AnswerOf<'access.matrix'>['cells'][number][number]

// What makes a level: to see what is there, to change it, to say who else may. Own keys and the dashboard are no access.
const levels: readonly (readonly [Exclude<Cell['level'], 'none'>, readonly Permission[]])[] = [
  ['manage', ['grants.manage']],
  [
    'write',
    [
      ...(['records.write', 'records.dmarc.write', 'zones.settings.manage', 'zones.create', 'domains.manage'] as const),
      ...(['hostings.manage', 'hosting.web.manage', 'hosting.mail.manage', 'websites.manage'] as const),
      ...(['customers.manage', 'providers.manage'] as const),
    ],
  ],
  [
    'read',
    [
      ...(['records.view', 'zones.view', 'domains.view', 'hostings.view', 'websites.view'] as const),
      ...(['customers.view', 'providers.view'] as const),
    ],
  ],
]

/** What somebody can do with a thing, at most. */
export function cellLevel(index: GrantIndex, asker: Asker, resource: Resource): Cell {
  for (const [level, permissions] of levels) {
    const ways = permissions
      .filter((permission) => meansSomething(permission, resource))
      .flatMap((permission) => wayOf(index, { ...asker, permission, resource }) ?? [])
    if (ways.length === 0) continue
    return {
      level,
      inherited: ways.every(({ direct }) => !direct),
      narrowed: ways.every(({ narrowed }) => narrowed),
    }
  }
  return { level: 'none', inherited: false, narrowed: false }
}

// To write records is nothing that one does with a hosting; and websites of a customer are no way into its hostings.
function meansSomething(permission: Permission, { kind }: Resource): boolean {
  if (kind === 'hosting' && permission.startsWith('websites.')) return false
  return permissionEntry(permission).scopeKinds.some((one) => one === kind)
}

/** Whether it is held, by a grant at the very thing or by way of a team or something above, and for all records or some. */
function wayOf(index: GrantIndex, request: AccessRequest): { direct: boolean; narrowed: boolean } | null {
  const { subject, resource } = request
  const isDirect = (grant: { subjectId: string; scope: { id: string } }) =>
    grant.subjectId === subject.id && grant.scope.id === resource.id
  if (isAllowed(index, request)) {
    const decision = decide(index, request)
    if (!decision.allowed) return null
    return { direct: decision.reasons.some(({ grant }) => isDirect(grant)), narrowed: decision.partial }
  }
  const grants = narrowedGrants(index, request)
  return grants.length === 0 ? null : { direct: grants.some(isDirect), narrowed: true }
}
