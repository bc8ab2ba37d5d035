import type { Resource, RoleBook } from '@zoneward/permissions'
import { customersAbove } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { resourceOf, scopeOf } from './proposed-grant.ts'
import type { RequestRow } from './store.ts'

/** Where an event about a request belongs. */
export function whereOf(resource: Resource): { customerId: string | null; zoneId: string | null } {
  return { customerId: customersAbove(resource)[0] ?? null, zoneId: resource.kind === 'zone' ? resource.id : null }
}

/** What the audit log keeps of a request. */
export async function factsOfRequest(tx: Tx, row: RequestRow, roles: RoleBook): Promise<Record<string, unknown>> {
  const [resource, scope] = [resourceOf(row), scopeOf(row)]
  const nameOf = await nameScopes(tx, row.org_id, [resource, scope])
  return {
    request: row.id,
    subject_id: row.subject_id,
    permission: row.permission,
    resource: nameOf(resource),
    ...(row.record === null ? {} : { record: row.record }),
    role: roles.get(row.role_id)?.name ?? row.role_id,
    role_id: row.role_id,
    scope: nameOf(scope).name,
    scope_kind: row.scope_kind,
    ...(row.patterns === null ? {} : { patterns: row.patterns }),
    hours: row.hours,
    reason: row.reason,
  }
}
