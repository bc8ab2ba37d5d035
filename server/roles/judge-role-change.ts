import { mayChangeRole, type Role, type RoleHolder, type Scope, type Subject } from '@zoneward/permissions'
import { type Allowed, askerOf } from '../access/authorize.ts'
import { findResources, organizationResource } from '../access/find-resource.ts'
import { anyOf, customersAbove, loadAccess } from '../access/held-access.ts'
import { peopleOf } from '../access/people.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { usesOf } from './role-uses.ts'

/** Nobody changes a role into what they could not give to those who hold it, nor takes from somebody above by it. */
export async function ensureMayChangeRole(
  tx: Tx,
  allowed: Allowed,
  actor: Actor,
  { before, after }: { before: Role; after: Role },
): Promise<void> {
  const holders = await holdersOf(tx, allowed, actor, before.id)
  const people = holders.flatMap(({ targets }) => targets)
  const subjects = [actor.subjectId, ...actor.teamIds, ...people.flatMap(({ id, teamIds }) => [id, ...teamIds])]
  const held = await loadAccess(tx, {
    orgId: actor.orgId,
    subjectIds: [...new Set(subjects)],
    customerIds: [...new Set(holders.flatMap(({ at }) => customersAbove(at)))],
  })
  const index = { ...held.index, roles: new Map([...held.index.roles, [before.id, before]]) }
  const judged = mayChangeRole(index, {
    editor: askerOf(actor, held),
    organization: organizationResource(actor.orgId),
    before,
    after,
    holders,
  })
  if (judged.ok) return
  if (judged.refusal === 'invalid') throw invalidField('permissions', `${judged.message}.`)
  throw new Fault('forbidden', `${judged.message}.`, judged.permission ? { permission: judged.permission } : {})
}

/** Every grant of the role and every open invitation to one, with whom it reaches. */
async function holdersOf(tx: Tx, allowed: Allowed, actor: Actor, roleId: string): Promise<RoleHolder[]> {
  const { grants, invitations } = await usesOf(tx, allowed, actor.orgId, roleId)
  const wishes = invitations.map(({ scope }) => ({ subjectId: '', roleId, scope }))
  const scopes: Scope[] = [...grants, ...wishes].map(({ scope }) => scope)
  const places = await findResources(tx, actor.orgId, scopes)
  const targetsOf = await targetsBySubject(
    tx,
    actor,
    grants.map(({ subjectId }) => subjectId),
  )
  return [...grants, ...wishes].flatMap((grant) => {
    const at = places.get(`${grant.scope.kind} ${grant.scope.id}`)?.resource
    return at ? [{ grant, at, targets: targetsOf(grant.subjectId) }] : []
  })
}

/** A user; of a team itself first, then everybody in it. */
async function targetsBySubject(tx: Tx, actor: Actor, ids: string[]): Promise<(subjectId: string) => Subject[]> {
  const people = (await peopleOf(tx, actor, ids)).map(({ subject }) => subject)
  const teams = await tx
    .selectFrom('team')
    .select(['id', 'realm'])
    .where('org_id', '=', actor.orgId)
    .where('id', '=', anyOf(ids))
    .execute()
  const byId = new Map(people.map((person) => [person.id, [person]]))
  for (const { id, realm } of teams) {
    byId.set(id, [{ id, realm, teamIds: [] }, ...people.filter((person) => person.teamIds.includes(id))])
  }
  return (subjectId) => byId.get(subjectId) ?? []
}
