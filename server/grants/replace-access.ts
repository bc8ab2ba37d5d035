import { type Grant, isAllowed, type Scope } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { findTarget, type Target } from '../access/describe-subjects.ts'
import { findResources, type NamedResource, organizationResource } from '../access/find-resource.ts'
import { grantOfRow } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { ensureAtHome, ensureMayGrant, ensureMayRevoke, type GrantRights, loadGrantRights } from './grant-rights.ts'
import { ensureSound } from './read-wish.ts'
import { columnsOf, deleteGrants, grantsHeldByRole, insertGrants } from './store.ts'
import { isPlain, roleOfLevel } from './zone-level.ts'

type Counts = { granted: number; revoked: number }

/** Sets none, read or write of a user on the zones named, all or nothing; zones that are not named stay as they are. */
export async function replaceZoneAccess(
  tx: Tx,
  note: Note,
  request: ActorRequest<'zone_access.replace'>,
): Promise<Counts> {
  const { actor, params, body } = request
  const wanted = new Map(body.levels.map(({ zone_id, level }) => [zone_id, level]))
  const places = await findResources(
    tx,
    actor.orgId,
    [...wanted.keys()].map((id) => ({ kind: 'zone', id })),
  )
  const zones = body.levels.map(({ zone_id }) => places.get(`zone ${zone_id}`))
  const missing = zones.indexOf(undefined)
  // The first zone is asked in full, so that a refusal is as everywhere; the others by the same rights, all in one go.
  const first = wanted.size === 0 ? organizationResource(actor.orgId) : (zones[0]?.resource ?? null)
  const allowed = await request.authorize(tx, 'grants.manage', first)
  const target = await targetOf(tx, actor, params.user_id)
  const rights = await rightsFor(tx, actor, target, places)
  const unseen = zones.findIndex((zone) => !zone || !manages(rights, zone))
  if (missing >= 0 || unseen >= 0) {
    const place = missing >= 0 ? missing : unseen
    throw invalidField(`levels.${place}.zone_id`, 'There is no such zone whose access you manage.')
  }
  const replacement = { roleIds: Object.values<string>(roleOfLevel), kind: 'zone' as const }
  const keep = (grant: Grant) => {
    const level = wanted.get(grant.scope.id)
    return level === undefined || (level !== 'none' && roleOfLevel[level] === grant.roleId)
  }
  const wishes = [...wanted].flatMap(([id, level]) => (level === 'none' ? [] : [{ roleId: roleOfLevel[level], id }]))
  const done = await replaceGrants(tx, { actor, allowed, target, rights, places, ...replacement, keep, wishes })
  tell(note, target, done, places, wanted)
  return { granted: done.granted.length, revoked: done.revoked.length }
}

/** Sets the providers that a monitoring Client sees: exactly these. */
export async function replaceProviderAccess(
  tx: Tx,
  note: Note,
  request: ActorRequest<'provider_access.replace'>,
): Promise<Counts> {
  const { actor, params, body, allowed } = request
  const target = await targetOf(tx, actor, params.user_id)
  const held = { orgId: actor.orgId, subjectId: target.shown.id, roleIds: ['monitoring.client'] }
  const ids = [
    ...new Set([
      ...body.provider_ids,
      ...(await grantsHeldByRole(tx, allowed, held)).map((row) => grantOfRow(row).scope.id),
    ]),
  ]
  const places = await findResources(
    tx,
    actor.orgId,
    ids.map((id) => ({ kind: 'provider', id })),
  )
  const missing = body.provider_ids.findIndex((id) => !places.has(`provider ${id}`))
  if (missing >= 0) throw invalidField(`provider_ids.${missing}`, 'There is no such provider here.')
  const rights = await rightsFor(tx, actor, target, places)
  const wanted = new Set(body.provider_ids)
  const done = await replaceGrants(tx, {
    ...{ actor, allowed, target, rights, places },
    kind: 'provider',
    roleIds: held.roleIds,
    keep: (grant) => wanted.has(grant.scope.id),
    wishes: [...wanted].map((id) => ({ roleId: 'monitoring.client', id })),
  })
  tell(note, target, done, places)
  return { granted: done.granted.length, revoked: done.revoked.length }
}

type Replacement = {
  actor: Actor
  allowed: Allowed
  target: Target
  rights: GrantRights
  places: Map<string, NamedResource>
  kind: 'zone' | 'provider'
  roleIds: string[]
  keep: (grant: Grant) => boolean
  wishes: { roleId: string; id: string }[]
}
type Done = { granted: Grant[]; revoked: Grant[] }

/** The difference between the plain grants of these roles that are there and those wished for, each judged. */
async function replaceGrants(tx: Tx, replacement: Replacement): Promise<Done> {
  const { actor, allowed, target, rights, places, kind, roleIds, keep, wishes } = replacement
  const subjectId = target.shown.id
  const rows = await grantsHeldByRole(tx, allowed, { orgId: actor.orgId, subjectId, roleIds })
  const there = rows.map(grantOfRow).filter((grant) => grant.scope.kind === kind && isPlain(grant))
  const at = (scope: Scope) => {
    const place = places.get(`${scope.kind} ${scope.id}`)
    if (!place) throw notFound()
    return place.resource
  }
  const revoked = there.filter((grant) => !keep(grant))
  for (const grant of revoked) ensureMayRevoke(rights, { grant, at: at(grant.scope), target })
  const has = new Set(there.map((grant) => `${grant.roleId} ${grant.scope.id}`))
  const granted = wishes
    .filter(({ roleId, id }) => !has.has(`${roleId} ${id}`))
    .map(({ roleId, id }): Grant => ({ id: newId(), subjectId, roleId, scope: { kind, id } }))
  for (const grant of granted) {
    ensureSound(grant, target, { roles: rights.index.roles, zoneName: null })
    ensureAtHome(target, at(grant.scope), kind === 'zone' ? 'levels' : 'provider_ids')
    ensureMayGrant(rights, { grant, at: at(grant.scope), target })
  }
  const rest = { orgId: actor.orgId, patterns: null, reason: '', by: actor.subjectId }
  await deleteGrants(tx, allowed, { orgId: actor.orgId, ids: revoked.map((grant) => grant.id) })
  await insertGrants(
    tx,
    allowed,
    granted.map((grant) => columnsOf(grant, rest)),
  )
  return { granted, revoked }
}

async function targetOf(tx: Tx, actor: Actor, id: string): Promise<Target> {
  const target = await findTarget(tx, actor, id)
  if (!target) throw notFound()
  return target
}

function rightsFor(tx: Tx, actor: Actor, target: Target, places: Map<string, NamedResource>): Promise<GrantRights> {
  return loadGrantRights(tx, actor, {
    targets: [target],
    places: [...places.values()].map(({ resource }) => resource),
  })
}

function manages({ index, granter }: GrantRights, { resource }: NamedResource): boolean {
  return isAllowed(index, { ...granter, permission: 'grants.manage', resource })
}

const mostNamed = 200

function tell(
  note: Note,
  target: Target,
  { granted, revoked }: Done,
  places: Map<string, NamedResource>,
  levels?: Map<string, string>,
): void {
  if (granted.length + revoked.length === 0) {
    note.nothing()
    return
  }
  const touched = [...new Set([...granted, ...revoked].map(({ scope }) => `${scope.kind} ${scope.id}`))]
  const named = touched.slice(0, mostNamed).flatMap((key) => {
    const place = places.get(key)
    if (!place) return []
    const level = levels?.get(place.resource.id)
    return [{ id: place.resource.id, name: place.name, ...(level === undefined ? {} : { level }) }]
  })
  const only = touched.length === 1 ? places.get(touched[0] ?? '')?.resource : undefined
  note({
    customerId: target.customerId,
    zoneId: only?.kind === 'zone' ? only.id : null,
    facts: {
      subject: target.shown.name,
      subject_id: target.shown.id,
      granted: granted.map(({ roleId, scope }) => ({ role_id: roleId, scope_id: scope.id })).slice(0, mostNamed),
      revoked: revoked.map(({ roleId, scope }) => ({ role_id: roleId, scope_id: scope.id })).slice(0, mostNamed),
      places: named,
    },
  })
}
