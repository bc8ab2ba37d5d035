import type { ParsedBody } from '@zoneward/api'
import {
  checkGrant,
  exclusiveConflict,
  isAllowed,
  type Permission,
  type Resource,
  type RoleBook,
  roleSet,
  type Scope,
  type Subject,
} from '@zoneward/permissions'
import { requestOf } from '../access/authorize.ts'
import { findResource } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import { builtInRoleBook, roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField } from '../fault.ts'
import { adminOf } from '../grants/admin-of.ts'
import { ensureAtHome, ensureMayGrant, type GrantRights, loadGrantRights } from '../grants/grant-rights.ts'
import { givingRoles, keepsMemberRoles } from '../grants/member-roles.ts'
import type { Actor } from '../http/actor.ts'

/** One role at one scope, as an invitation keeps it. */
export type Wish = { role_id: string; scope: Scope }

type Body = Pick<ParsedBody<'invitations.create'>, 'realm' | 'grants'>

/** The grants that an invitation names, with their scopes filled in; without any, the default of the role set. */
export async function readWishes(tx: Tx, actor: Actor, body: Body, customerId: string | null): Promise<Wish[]> {
  const { role_set } = await tx
    .selectFrom('organization')
    .select('role_set')
    .where('id', '=', actor.orgId)
    .executeTakeFirstOrThrow()
  if (body.grants.length === 0) return defaultWishes(actor.orgId, role_set, body.realm)
  const roles = await roleBook(tx, actor.orgId)
  const wishes = body.grants.map(({ role_id, scope }, place): Wish => {
    const role = roles.get(role_id)
    if (!role) throw invalidField(`grants.${place}.role_id`, `There is no role "${role_id}".`)
    const home = { organization: actor.orgId, customer: customerId, provider: null, zone: null, hosting: null }
    const id = scope?.id ?? home[role.scopeKind]
    if (id === null) {
      throw invalidField(`grants.${place}.scope`, `Say at which ${role.scopeKind} "${role.name}" is given.`)
    }
    return { role_id, scope: scope ?? { kind: role.scopeKind, id } }
  })
  ensureAlone(wishes, roles)
  return wishes
}

/** Some sets have one role for a person at a place. */
function ensureAlone(wishes: Wish[], roles: RoleBook): void {
  const grants = wishes.map(({ role_id, scope }, place) => ({
    id: String(place),
    subjectId: '',
    roleId: role_id,
    scope,
  }))
  for (const [place, grant] of grants.entries()) {
    const other = exclusiveConflict(grant, grants.slice(0, place), roles)
    if (other === null) continue
    const [name, admin] = [other.roleId, adminOf(grant.scope.kind)].map((id) => roles.get(id)?.name ?? id)
    const detail = `"${name}" is given there already, and roles of one level do not combine: give ${admin} instead.`
    throw invalidField(`grants.${place}`, detail)
  }
}

function defaultWishes(orgId: string, set: Parameters<typeof roleSet>[0], realm: 'staff' | 'client'): Wish[] {
  const { defaultRoleId, mustChoose, name } = roleSet(set)
  const role = defaultRoleId === null ? undefined : builtInRoleBook.get(defaultRoleId)
  if (role?.realms.includes(realm)) return [{ role_id: role.id, scope: { kind: 'organization', id: orgId } }]
  if (mustChoose || role) {
    throw invalidField('grants', `Choose what is given: in ${name} a ${realm} account has no role to begin with.`)
  }
  return []
}

/** What is given to whom, and where a client account is at home. */
export type Giving = { wishes: Wish[]; invitee: Subject; customerId: string | null }

/** Judges every wish by what the giver holds now: nobody gives what they do not hold there. */
export async function ensureMayGive(tx: Tx, giver: Actor, { wishes, invitee, customerId }: Giving): Promise<void> {
  const places = await Promise.all(wishes.map((wish) => findResource(tx, giver.orgId, wish.scope)))
  const seen = await Promise.all(places.map((place) => place !== null && isSeen(tx, giver, place)))
  const resources = places.filter((place) => place !== null)
  const target = { people: [invitee] }
  const roles = await roleBook(tx, giver.orgId)
  const rights = await loadGrantRights(tx, giver, { targets: [target], places: resources })
  const inviting = await rightsOfInviter(tx, giver, rights)
  for (const [index, { role_id, scope }] of wishes.entries()) {
    const at = places[index]
    if (!at || !seen[index]) {
      throw invalidField(`grants.${index}.scope.id`, `There is no ${scope.kind} of that id that you can see.`)
    }
    const grant = { subjectId: invitee.id, roleId: role_id, scope }
    const fault = checkGrant(grant, roles, [invitee])
    if (fault !== null) throw invalidField(`grants.${index}`, `${fault.message}.`)
    const shown = {
      id: invitee.id,
      kind: 'client_user',
      realm: invitee.realm,
      name: 'Who is invited',
      detail: '',
    } as const
    ensureAtHome({ shown, customerId }, at, `grants.${index}.scope`)
    ensureMayGrant(inviting({ role_id, scope }, invitee), { grant, at, target })
  }
}

/**
 * Who may invite members gives the role that everybody begins with, and who keeps the roles of members any other, without
 * `grants.manage`; within what they hold themselves.
 */
async function rightsOfInviter(
  tx: Tx,
  giver: Actor,
  rights: GrantRights,
): Promise<(wish: Wish, invitee: Subject) => GrantRights> {
  const { role_set } = await tx
    .selectFrom('organization')
    .select('role_set')
    .where('id', '=', giver.orgId)
    .executeTakeFirstOrThrow()
  const keeps = await keepsMemberRoles(tx, giver)
  const first = roleSet(role_set).defaultRoleId
  const assisted = givingRoles(rights, giver)
  return ({ role_id, scope }, { realm }) =>
    realm === 'staff' && scope.kind === 'organization' && (keeps || role_id === first) ? assisted : rights
}

const viewing: Permission[] = ['zones.view', 'customers.view', 'providers.view', 'hostings.view', 'client_users.manage']

async function isSeen(tx: Tx, actor: Actor, resource: Resource): Promise<boolean> {
  if (resource.kind === 'organization') return true
  const held = await heldAccess(tx, actor)
  return viewing.some((permission) => isAllowed(held.index, requestOf(actor, held, { permission, resource })))
}
