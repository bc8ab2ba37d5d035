import {
  type Asker,
  type Grant,
  type GrantIndex,
  type MayGrant,
  mayGrant,
  mayRevoke,
  type Resource,
} from '@zoneward/permissions'
import { askerOf } from '../access/authorize.ts'
import type { Target } from '../access/describe-subjects.ts'
import { customersAbove, loadAccess } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import type { Actor } from '../http/actor.ts'

/** What it takes to judge changes of grants: what the caller holds, and what those hold whom it touches. */
export type GrantRights = { index: GrantIndex; granter: Asker }

export async function loadGrantRights(
  tx: Tx,
  actor: Actor,
  { targets, places }: { targets: Pick<Target, 'people'>[]; places: Resource[] },
): Promise<GrantRights> {
  const people = targets.flatMap((target) => target.people)
  const held = await loadAccess(tx, {
    orgId: actor.orgId,
    subjectIds: [
      ...new Set([actor.subjectId, ...actor.teamIds, ...people.flatMap(({ id, teamIds }) => [id, ...teamIds])]),
    ],
    customerIds: [...new Set(places.flatMap(customersAbove))],
  })
  return { index: held.index, granter: askerOf(actor, held) }
}

export type Touched = { grant: Omit<Grant, 'id'>; at: Resource; target: Pick<Target, 'people'> }

/** Nobody grants what they do not hold there; 403 with the reason otherwise. */
export function ensureMayGrant(rights: GrantRights, { grant, at, target }: Touched): void {
  throwRefusal(mayGrant(rights.index, { granter: rights.granter, grant, at, targets: target.people }))
}

/** Nobody takes from somebody above; 403 with the reason otherwise. */
export function ensureMayRevoke(rights: GrantRights, touched: Touched): void {
  throwRefusal(judgeRevocation(rights, touched))
}

export function judgeRevocation(rights: GrantRights, { grant, at, target }: Touched): MayGrant {
  return mayRevoke(rights.index, { granter: rights.granter, grant, at, targets: target.people })
}

/**
 * A client account with a home at a customer is bound to it: it gets nothing at another customer or at a zone of one.
 * What belongs to no customer may be granted to it.
 */
export function ensureAtHome({ shown, customerId }: Omit<Target, 'people'>, at: Resource, path: string): void {
  if (shown.realm !== 'client' || customerId === null) return
  const foreign = customersAbove(at).some((id) => id !== customerId)
  if (foreign)
    throw invalidField(path, `${shown.name} belongs to another customer: choose a place of its own customer.`)
}

function throwRefusal(judged: MayGrant): void {
  if (judged.ok) return
  const { refusal, message, permission } = judged
  // What can be wrong with the wish itself was said before, field by field; what is left is granting to oneself.
  if (refusal === 'invalid') throw invalidField('subject_id', `${message}.`)
  throw new Fault('forbidden', `${message}.`, permission === undefined ? {} : { permission })
}
