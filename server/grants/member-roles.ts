import { indexGrants, isAllowed, type Resource, type Role } from '@zoneward/permissions'
import { type Allowed, may } from '../access/authorize.ts'
import type { Target } from '../access/describe-subjects.ts'
import { organizationResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { type GrantRights, loadGrantRights } from './grant-rights.ts'

type Request = ActorRequest<'grants.create'> | ActorRequest<'grants.update'> | ActorRequest<'grants.delete'>

/**
 * Who keeps the roles of members (`members.roles.manage`) gives and takes these at the organization, without
 * `grants.manage`, which is for every place and everybody. All other bounds stay: what one holds, and nobody above.
 */
export async function authorizeManaging(
  tx: Tx,
  request: Request,
  at: Resource | null,
  target: Target | null,
): Promise<{ allowed: Allowed; keeps: boolean }> {
  const { actor } = request
  const ofMember = at?.kind === 'organization' && target?.shown.kind === 'member'
  const keeps = ofMember && (await keepsMemberRoles(tx, actor))
  return { keeps, allowed: await request.authorize(tx, keeps ? keeping : 'grants.manage', at) }
}

export function keepsMemberRoles(tx: Tx, actor: Actor): Promise<boolean> {
  return may(tx, actor, { permission: keeping, resource: organizationResource(actor.orgId) })
}

type Wanted = Parameters<typeof loadGrantRights>[2] & { keeps: boolean }

export async function loadRights(tx: Tx, actor: Actor, { keeps, ...wanted }: Wanted): Promise<GrantRights> {
  const rights = await loadGrantRights(tx, actor, wanted)
  return keeps ? givingRoles(rights, actor) : rights
}

const keeping = 'members.roles.manage'

/**
 * The rights of somebody who may give roles at the organization by another permission than `grants.manage`. The core
 * asks that one first, so it is added, and what is really held is kept beside for what must not follow from it.
 */
export function givingRoles(rights: GrantRights, { orgId, subjectId }: Actor): GrantRights {
  const { index, granter } = rights
  const resource = organizationResource(orgId)
  if (isAllowed(index, { ...granter, permission: 'grants.manage', resource })) return rights
  const role: Role = {
    id: 'keeping.member_roles',
    name: 'Keeper of roles',
    set: 'custom',
    scopeKind: 'organization',
    realms: ['staff'],
    permissions: ['grants.manage'],
  }
  const scope = { kind: 'organization', id: orgId } as const
  const grants = [...index.bySubject.values()].flatMap(({ all }) => all.map(({ grant }) => grant))
  const roles = new Map([...index.roles, [role.id, role]])
  return {
    granter,
    really: index,
    index: indexGrants([...grants, { id: newId(), subjectId, roleId: role.id, scope }], roles),
  }
}
