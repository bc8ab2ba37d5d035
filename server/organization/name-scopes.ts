import type { Scope, ScopeKind } from '@zoneward/permissions'
import { shownZoneName } from '../access/find-resource.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

export type NamedScope = { kind: ScopeKind; id: string; name: string }

const tables = ['customer', 'provider', 'zone', 'hosting'] as const

/** The names of these scopes, in one query a kind. Names of zones are as people write them, without the final dot. */
export async function nameScopes(
  tx: Tx,
  orgId: string,
  scopes: readonly Scope[],
): Promise<(scope: Scope) => NamedScope> {
  const names = new Map<string, string>()
  const organization = await tx.selectFrom('organization').select('name').where('id', '=', orgId).executeTakeFirst()
  names.set(orgId, organization?.name ?? '')
  for (const table of tables) {
    const ids = [...new Set(scopes.filter((scope) => scope.kind === table).map((scope) => scope.id))]
    if (ids.length === 0) continue
    const rows = await tx
      .selectFrom(table)
      .select(['id', 'name'])
      .where('org_id', '=', orgId)
      .where('id', '=', anyOf(ids))
      .execute()
    for (const row of rows) names.set(row.id, table === 'zone' ? shownZoneName(row.name) : row.name)
  }
  return (scope) => ({ kind: scope.kind, id: scope.id, name: names.get(scope.id) ?? '' })
}
