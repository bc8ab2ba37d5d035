import { isDeepStrictEqual } from 'node:util'
import { exclusiveConflict, type Grant, type RoleBook } from '@zoneward/permissions'
import { findTarget } from '../access/describe-subjects.ts'
import { findResources } from '../access/find-resource.ts'
import { grantOfRow } from '../access/held-access.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField, notFound } from '../fault.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { adminOf } from './admin-of.ts'
import { ensureAtHome, ensureMayGrant } from './grant-rights.ts'
import { authorizeManaging, loadRights } from './member-roles.ts'
import { presentGrants, type ShownGrant } from './present-grants.ts'
import { readWish } from './read-wish.ts'
import { columnsOf, findGrant, type GrantRow, grantsHeldAt, insertGrants } from './store.ts'

/** Gives a role at a scope. The same grant again is the one that is there already. */
export async function createGrant(tx: Tx, note: Note, request: ActorRequest<'grants.create'>): Promise<ShownGrant> {
  const { actor, body } = request
  const place = (await findResources(tx, actor.orgId, [body.scope])).get(`${body.scope.kind} ${body.scope.id}`)
  const target = await findTarget(tx, actor, body.subject_id)
  const { allowed, keeps } = await authorizeManaging(tx, request, place?.resource ?? null, target)
  if (!place) throw notFound()
  const { resource, name } = place
  if (!target) throw invalidField('subject_id', 'There is no such person or team here: choose one from the list.')
  ensureAtHome(target, resource, 'scope')
  const zoneName = resource.kind === 'zone' ? absolute(name) : null
  const roles = await roleBook(tx, actor.orgId)
  const wish = readWish(body, target, { now: actor.now, zoneName, roles })
  const rights = await loadRights(tx, actor, { targets: [target], places: [resource], keeps })
  ensureMayGrant(rights, { grant: wish, at: resource, target })
  const held = { orgId: actor.orgId, subjectId: target.shown.id, scopeIds: [resource.id] }
  const others = await grantsHeldAt(tx, allowed, held)
  const same = others.find((row) => isSame(row, wish))
  if (same) {
    note.nothing()
    return shownGrant(tx, request, same)
  }
  ensureAlone(wish, others, { who: target.shown.name, roles })
  const grant: Grant = { ...wish, id: newId() }
  const rest = { orgId: actor.orgId, patterns: body.patterns, reason: body.reason, by: actor.subjectId }
  await insertGrants(tx, allowed, [columnsOf(grant, rest)])
  const row = await findGrant(tx, actor.orgId, grant.id)
  if (!row) throw notFound()
  note({ ...whereOf(row), facts: factsOf(row, { subject: target.shown.name, scope: name, roles }) })
  return shownGrant(tx, request, row)
}

/** The customer and zone of an event about a grant. */
export function whereOf(row: GrantRow): { customerId: string | null; zoneId: string | null } {
  return { customerId: row.customer_id, zoneId: row.zone_id }
}

/** What the audit log keeps of a grant. */
export function factsOf(row: GrantRow, names: { subject: string; scope: string; roles: RoleBook }) {
  return {
    grant: row.id,
    subject: names.subject,
    subject_id: row.subject_id,
    role: names.roles.get(row.role_id)?.name ?? row.role_id,
    role_id: row.role_id,
    scope: names.scope,
    scope_kind: row.scope_kind,
    ...(row.patterns === null ? {} : { patterns: row.patterns }),
    ...(row.starts_at === null ? {} : { starts_at: row.starts_at.toISOString() }),
    ...(row.ends_at === null ? {} : { ends_at: row.ends_at.toISOString() }),
    ...(row.reason === '' ? {} : { reason: row.reason }),
  }
}

/** Roles of an exclusive set do not combine: the second is refused, with the one role that has both. */
export function ensureAlone(
  wish: Omit<Grant, 'id'>,
  others: GrantRow[],
  { who, roles }: { who: string; roles: RoleBook },
): void {
  const conflict = exclusiveConflict(wish, others.map(grantOfRow), roles)
  if (conflict === null) return
  const [has, wanted, both] = [conflict.roleId, wish.roleId, adminOf(wish.scope.kind)].map(
    (id) => roles.get(id)?.name ?? id,
  )
  const detail = `${who} is ${has} here, and roles of one level do not combine: instead of adding ${wanted}, change it to ${both}.`
  throw new Fault('conflict', detail)
}

async function shownGrant(tx: Tx, { actor }: ActorRequest<'grants.create'>, row: GrantRow): Promise<ShownGrant> {
  const [shown] = await presentGrants(tx, actor, [row])
  if (!shown) throw notFound()
  return shown
}

function isSame(row: GrantRow, wish: Omit<Grant, 'id'>): boolean {
  const { id: _, ...there } = grantOfRow(row)
  return isDeepStrictEqual(there, wish)
}

function absolute(name: string): string {
  return name === '.' ? name : `${name}.`
}
