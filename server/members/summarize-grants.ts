import type { ItemOf } from '@zoneward/api'
import { isLive } from '@zoneward/permissions'
import { anyOf, grantOfRow } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { nameScopes } from '../organization/name-scopes.ts'

export type GrantSummary = ItemOf<'members.list'>['grants'][number]

/** What these subjects hold directly, now or from a later day on, as a page shows it beside their names. */
export async function summarizeGrants(
  tx: Tx,
  orgId: string,
  subjectIds: string[],
  now: number,
): Promise<(subjectId: string) => GrantSummary[]> {
  if (subjectIds.length === 0) return () => []
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('subject_id', '=', anyOf(subjectIds))
    .orderBy('id')
    .execute()
  const grants = rows.map(grantOfRow).filter(({ endsAt }) => isLive(endsAt === undefined ? {} : { endsAt }, now))
  const nameOf = await nameScopes(
    tx,
    orgId,
    grants.map((grant) => grant.scope),
  )
  const roles = await roleBook(tx, orgId)
  const bySubject = Map.groupBy(grants, (grant) => grant.subjectId)
  return (subjectId) =>
    (bySubject.get(subjectId) ?? []).map((grant) => ({
      id: grant.id,
      role_id: grant.roleId,
      role: roles.get(grant.roleId)?.name ?? grant.roleId,
      scope: nameOf(grant.scope),
      ends_at: grant.endsAt === undefined ? null : new Date(grant.endsAt).toISOString(),
    }))
}
