import type { Grant, Resource, RoleBook } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { findTarget, type Target } from '../access/describe-subjects.ts'
import { findResource } from '../access/find-resource.ts'
import { grantOfRow } from '../access/held-access.ts'
import { keepLastHolder } from '../access/keep-last-holder.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { ensureAlone, factsOf, whereOf } from './create-grant.ts'
import { ensureMayGrant, ensureMayRevoke } from './grant-rights.ts'
import { authorizeManaging, loadRights } from './member-roles.ts'
import { presentGrants, type ShownGrant } from './present-grants.ts'
import { ensureSound } from './read-wish.ts'
import { deleteGrants, findGrant, type GrantRow, grantsHeldAt, updateGrant } from './store.ts'

type Request = ActorRequest<'grants.update'> | ActorRequest<'grants.delete'>
type Opened = { row: GrantRow; at: Resource; allowed: Allowed; target: Target; keeps: boolean }

/** Changes the role or the end of a grant. */
export async function changeGrant(tx: Tx, note: Note, request: ActorRequest<'grants.update'>): Promise<ShownGrant> {
  const { actor, body } = request
  const { row, at, allowed, target, keeps } = await openGrant(tx, request)
  const before = grantOfRow(row)
  const after = afterPatch(before, body, actor.now)
  const roles = await roleBook(tx, actor.orgId)
  const changed = after.roleId !== before.roleId || after.endsAt !== before.endsAt
  if (changed) {
    ensureSound(after, target, { roles, zoneName: null })
    const rights = await loadRights(tx, actor, { targets: [target], places: [at], keeps })
    ensureMayRevoke(rights, { grant: before, at, target })
    // Who only makes a grant smaller gives nothing, so one's own may be made smaller too.
    if (!isLess(after, before, roles)) ensureMayGrant(rights, { grant: after, at, target })
    const held = { orgId: actor.orgId, subjectId: row.subject_id, scopeIds: [row.scope_id] }
    const others = (await grantsHeldAt(tx, allowed, held)).filter((other) => other.id !== row.id)
    ensureAlone(after, others, { who: target.shown.name, roles })
  }
  const { roleId, endsAt } = after
  const now = { orgId: actor.orgId, id: row.id, roleId, endsAt: endsAt === undefined ? null : new Date(endsAt) }
  const written = changed ? await keepLastHolder(tx, actor, () => updateGrant(tx, allowed, now)) : row
  const [shown] = await presentGrants(tx, actor, [written])
  if (!shown) throw notFound()
  const names = { subject: target.shown.name, scope: shown.scope.name }
  const was = { role: roles.get(before.roleId)?.name ?? before.roleId, ends_at: row.ends_at?.toISOString() ?? null }
  if (changed) note({ ...whereOf(written), facts: { ...factsOf(written, { ...names, roles }), was } })
  else note.nothing()
  return shown
}

/** Takes a grant away; what was made under it stops with the next request. */
export async function revokeGrant(tx: Tx, note: Note, request: ActorRequest<'grants.delete'>): Promise<null> {
  const { actor } = request
  const { row, at, allowed, target, keeps } = await openGrant(tx, request)
  const rights = await loadRights(tx, actor, { targets: [target], places: [at], keeps })
  ensureMayRevoke(rights, { grant: grantOfRow(row), at, target })
  const [shown] = await presentGrants(tx, actor, [row])
  await keepLastHolder(tx, actor, () => deleteGrants(tx, allowed, { orgId: actor.orgId, ids: [row.id] }))
  const names = { subject: target.shown.name, scope: shown?.scope.name ?? '' }
  note({ ...whereOf(row), facts: factsOf(row, { ...names, roles: await roleBook(tx, actor.orgId) }) })
  return null
}

/** The grant, if the caller manages the access there; as if there were none, if it may not know of it. */
async function openGrant(tx: Tx, request: Request): Promise<Opened> {
  const { actor, params } = request
  const row = await findGrant(tx, actor.orgId, params.grant_id)
  const at = row === null ? null : await findResource(tx, actor.orgId, grantOfRow(row).scope)
  const target = row === null ? null : await findTarget(tx, actor, row.subject_id)
  const { allowed, keeps } = await authorizeManaging(tx, request, at, target)
  if (row === null || at === null || target === null) throw notFound()
  return { row, at, allowed, target, keeps }
}

type Patch = ActorRequest<'grants.update'>['body']

function afterPatch(before: Grant, { role_id, ends_at }: Patch, now: number): Grant {
  const { endsAt: old, ...rest } = before
  const endsAt = ends_at === undefined ? old : ends_at === null ? undefined : Date.parse(ends_at)
  if (ends_at && endsAt !== undefined && endsAt <= now) {
    throw invalidField('ends_at', 'The end has passed already: choose a later one, or revoke the grant.')
  }
  return { ...rest, roleId: role_id ?? before.roleId, ...(endsAt === undefined ? {} : { endsAt }) }
}

function isLess(after: Grant, before: Grant, roles: RoleBook): boolean {
  const had = new Set<string>(roles.get(before.roleId)?.permissions)
  const has = roles.get(after.roleId)?.permissions ?? []
  const never = Number.POSITIVE_INFINITY
  return has.every((permission) => had.has(permission)) && (after.endsAt ?? never) <= (before.endsAt ?? never)
}
