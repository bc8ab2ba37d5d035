import { firstAbove, type Resource } from '@zoneward/permissions'
import { findTarget } from '../access/describe-subjects.ts'
import { findResources, organizationResource } from '../access/find-resource.ts'
import { loadAccess } from '../access/held-access.ts'
import { permissionWords } from '../access/permission-words.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'

/**
 * A key carries the rights of its owner: so nobody makes one of a service account that holds more than they do, at the
 * organization or wherever something was granted to it, nor takes such an account away.
 */
export async function ensureNotAbove(
  tx: Tx,
  actor: Actor,
  account: { id: string; name: string },
  doing: string,
): Promise<void> {
  const target = await findTarget(tx, actor, account.id)
  const [other] = target?.people ?? []
  if (!other) return
  const me = { id: actor.subjectId, realm: actor.realm, teamIds: actor.teamIds }
  const { index, customers } = await loadAccess(tx, {
    orgId: actor.orgId,
    subjectIds: [...new Set([me, other].flatMap(({ id, teamIds }) => [id, ...teamIds]))],
  })
  const scopes = [other.id, ...other.teamIds].flatMap((id) =>
    (index.bySubject.get(id)?.all ?? []).map(({ grant }) => grant.scope),
  )
  const found = await findResources(tx, actor.orgId, scopes)
  const organization = organizationResource(actor.orgId)
  const places: { resource: Resource; name: string }[] = [{ resource: organization, name: 'the organization' }]
  for (const { resource, name } of [...places, ...found.values()]) {
    const permission = firstAbove(index, { other, me, at: resource, now: actor.now, customers })
    if (permission === null) continue
    throw new Fault(
      'forbidden',
      `${account.name} holds more than you do at ${name}: "${permission}" (${permissionWords(permission)}). ${doing} needs somebody who holds that too.`,
      { permission },
    )
  }
}
