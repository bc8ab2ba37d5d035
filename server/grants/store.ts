import type { Grant, Scope, VisibleScopes } from '@zoneward/permissions'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { AccessGrantTable, Schema } from '../database/schema.ts'

export type GrantRow = Selectable<AccessGrantTable>

type Wanted = {
  orgId: string
  after: string | null
  limit: number
  subjectId: string | undefined
  scope: { kind: string | undefined; id: string | undefined }
  /** A client account is shown the grants of client accounts of its own portal only. */
  portalId: string | null
}

/** Grants at what the caller reaches, in the order they were made, one more than a page. */
export function selectGrants(tx: Tx, visible: VisibleScopes, wanted: Wanted): Promise<GrantRow[]> {
  const { orgId, after, limit, subjectId, scope, portalId } = wanted
  const place = { customer: 'customer_id', provider: 'provider_id', zone: 'zone_id', hosting: 'hosting_id' }
  let query = tx.selectFrom('access_grant').selectAll().where('org_id', '=', orgId)
  query = query
    .where(withinReach(orgId, visible, place))
    .orderBy('id')
    .limit(limit + 1)
  if (after !== null) query = query.where('id', '>', after)
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  if (scope.id !== undefined) query = query.where('scope_id', '=', scope.id)
  if (scope.kind !== undefined) query = query.where('scope_kind', '=', scope.kind as GrantRow['scope_kind'])
  if (portalId !== null) query = query.where(isOfPortal(orgId, portalId))
  return query.execute()
}

function isOfPortal(orgId: string, portalId: string) {
  return sql<boolean>`(exists (select 1 from client_user u
      where u.org_id = ${orgId}::uuid and u.id = subject_id and u.portal_id = ${portalId}::uuid)
    or exists (select 1 from team t join portal p on p.org_id = t.org_id and p.customer_id = t.customer_id
      where t.org_id = ${orgId}::uuid and t.id = subject_id and p.id = ${portalId}::uuid))`
}

/** One grant, to ask whether the caller may touch it: what it returns is not yet anybody's to see. */
export async function findGrant(tx: Tx, orgId: string, id: string): Promise<GrantRow | null> {
  const row = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** What one subject holds directly at these scopes. */
export function grantsHeldAt(
  tx: Tx,
  _: Allowed,
  held: { orgId: string; subjectId: string; scopeIds: string[] },
): Promise<GrantRow[]> {
  return tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', held.orgId)
    .where('subject_id', '=', held.subjectId)
    .where('scope_id', '=', anyOf(held.scopeIds))
    .orderBy('id')
    .execute()
}

/** What one subject holds directly by one of these roles. */
export function grantsHeldByRole(
  tx: Tx,
  _: Allowed,
  held: { orgId: string; subjectId: string; roleIds: string[] },
): Promise<GrantRow[]> {
  return tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', held.orgId)
    .where('subject_id', '=', held.subjectId)
    .where('role_id', 'in', held.roleIds)
    .orderBy('id')
    .execute()
}

export type ZonePlace = Selectable<Pick<Schema['zone'], 'id' | 'name' | 'sort_key' | 'provider_id' | 'customer_id'>>

type ZonesWanted = {
  orgId: string
  after: { sortKey: Buffer; id: string } | null
  limit: number
  q: string | undefined
  /** The home of a client account, to which zones of other customers cannot be given. */
  homeCustomerId: string | null
}

/** Zones at which the caller sees who has access, in DNS order, one more than a page. */
export function selectZonesWithin(tx: Tx, visible: VisibleScopes, wanted: ZonesWanted): Promise<ZonePlace[]> {
  const { orgId, after, limit, q, homeCustomerId } = wanted
  const place = { customer: 'zone.customer_id', provider: 'zone.provider_id', zone: 'zone.id' }
  let query = tx
    .selectFrom('zone')
    .select(['id', 'name', 'sort_key', 'provider_id', 'customer_id'])
    .where('org_id', '=', orgId)
    .where(withinReach(orgId, visible, place))
    .orderBy('sort_key')
    .orderBy('id')
    .limit(limit + 1)
  if (after) query = query.where(sql<boolean>`(sort_key, id) > (${after.sortKey}, ${after.id}::uuid)`)
  if (q) query = query.where(sql<boolean>`position(${q.toLowerCase()} in name_key) > 0`)
  if (homeCustomerId !== null) {
    query = query.where((eb) => eb.or([eb('customer_id', 'is', null), eb('customer_id', '=', homeCustomerId)]))
  }
  return query.execute()
}

const insertedAtOnce = 1_000

export async function insertGrants(tx: Tx, _: Allowed, rows: Insertable<AccessGrantTable>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += insertedAtOnce) {
    await tx
      .insertInto('access_grant')
      .values(rows.slice(from, from + insertedAtOnce))
      .execute()
  }
}

export async function updateGrant(
  tx: Tx,
  _: Allowed,
  { orgId, id, ...now }: { orgId: string; id: string; roleId: string; endsAt: Date | null },
): Promise<GrantRow> {
  return tx
    .updateTable('access_grant')
    .set({ role_id: now.roleId, ends_at: now.endsAt })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Takes grants away; the table notes it, and a restore of an older copy takes them away again. */
export async function deleteGrants(
  tx: Tx,
  _: Allowed,
  { orgId, ids }: { orgId: string; ids: string[] },
): Promise<void> {
  if (ids.length === 0) return
  await tx.deleteFrom('access_grant').where('org_id', '=', orgId).where('id', '=', anyOf(ids)).execute()
}

/** The columns of a scope: one foreign key, none for the organization. */
export function scopeColumns({ kind, id }: Scope) {
  return {
    customer_id: kind === 'customer' ? id : null,
    provider_id: kind === 'provider' ? id : null,
    zone_id: kind === 'zone' ? id : null,
    hosting_id: kind === 'hosting' ? id : null,
  }
}

export function columnsOf(grant: Grant, rest: { orgId: string; patterns: unknown; reason: string; by: string }) {
  return {
    org_id: rest.orgId,
    id: grant.id,
    subject_id: grant.subjectId,
    role_id: grant.roleId,
    ...scopeColumns(grant.scope),
    patterns: rest.patterns === null ? null : JSON.stringify(rest.patterns),
    starts_at: grant.startsAt === undefined ? null : new Date(grant.startsAt),
    ends_at: grant.endsAt === undefined ? null : new Date(grant.endsAt),
    review_required: grant.reviewRequired === true,
    reason: rest.reason,
    granted_by: rest.by,
  }
}
