import { findTarget } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { grantOfRow } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { ensureMayRevoke, loadGrantRights } from '../grants/grant-rights.ts'
import type { Actor } from '../http/actor.ts'

/** Deleting a team revokes what it was granted, from everybody in it: each grant is judged as a revocation. */
export async function ensureMayEndTeam(tx: Tx, actor: Actor, teamId: string): Promise<void> {
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', actor.orgId)
    .where('subject_id', '=', teamId)
    .execute()
  const target = await findTarget(tx, actor, teamId)
  if (target === null) throw notFound()
  const grants = rows.map(grantOfRow)
  const places = await findResources(
    tx,
    actor.orgId,
    grants.map((grant) => grant.scope),
  )
  const resources = [...places.values()].map(({ resource }) => resource)
  const rights = await loadGrantRights(tx, actor, { targets: [target], places: resources })
  for (const grant of grants) {
    const at = places.get(`${grant.scope.kind} ${grant.scope.id}`)?.resource
    if (at) ensureMayRevoke(rights, { grant, at, target })
  }
}
