import {
  type Asker,
  decide,
  firstAbove,
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
import { askOf } from '../access/refusal.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import type { Actor } from '../http/actor.ts'

/** What it takes to judge changes of grants: what the caller holds, and what those hold whom it touches. */
export type GrantRights = {
  index: GrantIndex
  granter: Asker
  /** Where `index` has more than the granter holds, so that it may give at all: what it really holds. */
  really?: GrantIndex
}

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
export function ensureMayGrant(rights: GrantRights, touched: Touched): void {
  throwRefusal(judgeGrant(rights, touched), rights, touched.at)
}

/** Nobody takes from somebody above; 403 with the reason otherwise. */
export function ensureMayRevoke(rights: GrantRights, touched: Touched): void {
  throwRefusal(judgeRevocation(rights, touched), rights, touched.at)
}

export function judgeRevocation(rights: GrantRights, touched: Touched): MayGrant {
  const { grant, at, target } = touched
  const above = judgeAbove(rights, touched)
  return above ?? mayRevoke(rights.index, { granter: rights.granter, grant, at, targets: target.people })
}

function judgeGrant(rights: GrantRights, touched: Touched): MayGrant {
  const { grant, at, target } = touched
  const beyond = judgeAbove(rights, touched) ?? judgeManaging(rights, touched)
  return beyond ?? mayGrant(rights.index, { granter: rights.granter, grant, at, targets: target.people })
}

// Who may give without `grants.manage` neither gives that one, nor touches somebody who holds it.
function judgeManaging({ really }: GrantRights, { grant }: Touched): MayGrant | null {
  if (!really?.roles.get(grant.roleId)?.permissions.includes('grants.manage')) return null
  const message = 'You do not hold "grants.manage" here'
  return { ok: false, refusal: 'permission_not_held', message, permission: 'grants.manage' }
}

function judgeAbove({ really, granter }: GrantRights, { at, target }: Touched): MayGrant | null {
  for (const other of really ? target.people : []) {
    const permission = really && firstAbove(really, { other, me: granter.subject, at, now: granter.now })
    if (!permission) continue
    return { ok: false, refusal: 'above_oneself', message: `They hold "${permission}" here and you do not`, permission }
  }
  return null
}

/**
 * A client account with a home at a customer is bound to it: it gets nothing at another customer or at a zone of one.
 * What belongs to no customer may be granted to it. A team gets what everybody in it may get.
 */
export function ensureAtHome(
  { shown, customerId, homes = [] }: Omit<Target, 'people'>,
  at: Resource,
  path: string,
): void {
  if (shown.realm !== 'client') return
  const bound = customerId === null ? homes : [customerId]
  const foreign = customersAbove(at).some((id) => bound.some((home) => home !== id))
  if (!foreign) return
  const who = customerId === null ? `Somebody in ${shown.name}` : shown.name
  throw invalidField(path, `${who} belongs to another customer: choose a place of its own customer.`)
}

function throwRefusal(judged: MayGrant, rights: GrantRights, at: Resource): void {
  if (judged.ok) return
  const { refusal, message, permission } = judged
  // What can be wrong with the wish itself was said before, field by field; what is left is granting to oneself.
  if (refusal === 'invalid') throw invalidField('subject_id', `${message}.`)
  if (permission === undefined) throw new Fault('forbidden', `${message}.`)
  const own = decide(rights.index, { ...rights.granter, permission, resource: at })
  throw new Fault('forbidden', `${message}.`, {
    permission,
    ...(own.allowed ? {} : askOf({ key: null }, own, permission)),
  })
}
