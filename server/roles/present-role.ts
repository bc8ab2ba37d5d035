import type { AnswerOf } from '@zoneward/api'
import type { Role, RoleSetId } from '@zoneward/permissions'
import { type Allowed, may } from '../access/authorize.ts'
import { organizationResource } from '../access/find-resource.ts'
import { builtInRoleBook, roleKey } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { roleSentence } from '../organization/role-sentence.ts'
import { countUses, findRole, roleSetOf } from './store.ts'

type Detail = AnswerOf<'roles.read'>
type Info = AnswerOf<'roles.list'>['items'][number]

const unknownUses = { grants: null, invitations: null, ceilings: null, requests: null }

export function presentRole(role: Role, primary: RoleSetId, description: string): Info {
  return {
    id: role.id,
    set: role.set,
    name: role.name,
    sentence: roleSentence(role),
    description,
    scope_kind: role.scopeKind,
    realms: [...role.realms],
    permissions: [...role.permissions],
    interface_only: role.interfaceOnly === true,
    block: role.block === true,
    primary: role.set === primary,
    based_on: role.basedOn ?? null,
  }
}

/** One role with its difference to the original, and, for who keeps the roles, where it is used. */
export async function presentDetail(tx: Tx, allowed: Allowed, actor: Actor, role: Role): Promise<Detail> {
  const { orgId } = actor
  const id = roleKey(role.id)
  const row = id === null ? null : await findRole(tx, allowed, { orgId, id })
  const original = role.basedOn === undefined ? role : (builtInRoleBook.get(role.basedOn) ?? role)
  const keeps = await may(tx, actor, { permission: 'roles.manage', resource: organizationResource(orgId) })
  return {
    ...presentRole(role, await roleSetOf(tx, allowed, orgId), row?.description ?? ''),
    added: role.permissions.filter((permission) => !original.permissions.includes(permission)),
    removed: original.permissions.filter((permission) => !role.permissions.includes(permission)),
    ...(keeps ? await countUses(tx, allowed, orgId, role.id) : unknownUses),
    changed_at: row?.changed_at.toISOString() ?? null,
  }
}
