import { firstAbove, type Resource, type Subject } from '@zoneward/permissions'
import { loadAccess, teamsOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'

type Other = { id: string; realm: 'staff' | 'client'; name: string }

/** Nobody removes somebody who holds more than they do there. */
export async function ensureNotAbove(tx: Tx, actor: Actor, other: Other, at: Resource): Promise<void> {
  const { orgId } = actor
  const them: Subject = { ...other, teamIds: await teamsOf(tx, { orgId, subjectId: other.id }) }
  const me: Subject = { id: actor.subjectId, realm: actor.realm, teamIds: actor.teamIds }
  if (them.id === me.id) return
  const ids = [them.id, ...them.teamIds, me.id, ...me.teamIds]
  const held = await loadAccess(tx, { orgId, subjectIds: ids })
  const above = firstAbove(held.index, { other: them, me, at, now: actor.now, customers: held.customers })
  if (above === null) return
  throw new Fault('forbidden', `${other.name} holds "${above}" here and you do not.`, { permission: above })
}
