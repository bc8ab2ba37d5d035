import { type RoleSetId, roleSet } from '@zoneward/permissions'
import { may } from '../access/authorize.ts'
import { clientReach } from '../access/client-reach.ts'
import { organizationResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'

/**
 * Where another role set begins, client accounts of every customer without a ceiling of its own may hold other things:
 * what they may hold beyond that of before has to be the caller's to give, as when a ceiling is raised.
 */
export async function ensureMayRaise(
  tx: Tx,
  actor: Actor,
  { from, to }: { from: RoleSetId; to: RoleSetId },
): Promise<void> {
  const before = roleSet(from).customerPermissions
  const more = roleSet(to).customerPermissions.filter((id) => !before.includes(id) && clientReach.includes(id))
  const resource = organizationResource(actor.orgId)
  for (const permission of more) {
    if (await may(tx, actor, { permission, resource })) continue
    const detail = `With this role set client accounts could hold "${permission}", which you do not hold yourself.`
    throw new Fault('forbidden', detail, { permission })
  }
}
