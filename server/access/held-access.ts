import {
  type CustomerCeiling,
  type Grant,
  type GrantIndex,
  indexGrants,
  permissionIds,
  type Realm,
  type Resource,
  type RoleSetId,
  roleSet,
} from '@zoneward/permissions'
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import type { AccessGrantTable } from '../database/schema.ts'
import type { Actor } from '../http/actor.ts'
import { clientReach } from './client-reach.ts'
import { readPatterns, type StoredPattern } from './key-ceiling.ts'
import { roleBook } from './role-book.ts'

/** What one subject and its teams hold, ready to be asked, and the ceilings of the customers they can reach. */
export type HeldAccess = {
  index: GrantIndex
  customers: CustomerCeiling[]
  roleSet: RoleSetId
  /** Read inside a change of access that has not committed: true of this transaction only, so never cached. */
  changing: boolean
}

/** Whose access it is: the caller's, or that of somebody else in that one's own realm. */
type Holder = Pick<Actor, 'orgId' | 'subjectId' | 'realm' | 'revision'> & { rehearsing?: Actor['rehearsing'] }

const cached = new Map<string, HeldAccess>()
const mostCached = 5_000

/**
 * The caller's grants, cached under the organization's revision: every change of access moves it. Nothing else is
 * cached, least of all where a resource hangs.
 */
export async function heldAccess(tx: Tx, actor: Holder, revision = actor.revision): Promise<HeldAccess> {
  // The realm decides which ceilings are read, so what was read for another one is never taken for this.
  const key = `${actor.orgId} ${actor.subjectId} ${actor.realm} ${revision}`
  const known = cached.get(key)
  if (known) return known
  const held = await loadAccess(tx, {
    orgId: actor.orgId,
    subjectIds: [actor.subjectId, ...(await teamsOf(tx, actor))],
    realm: actor.realm,
  })
  if (held.changing || actor.rehearsing) return held
  if (cached.size >= mostCached) for (const old of [...cached.keys()].slice(0, mostCached / 2)) cached.delete(old)
  cached.set(key, held)
  return held
}

/** Teams are read again with the grants, so that both are of one moment. */
export async function teamsOf(tx: Tx, who: { orgId: string; subjectId: string }): Promise<string[]> {
  const rows = await tx
    .selectFrom('team_member')
    .select('team_id')
    .where('org_id', '=', who.orgId)
    .where('user_id', '=', who.subjectId)
    .execute()
  return rows.map((row) => row.team_id)
}

/** Which grants: those of some subjects, or those that reach a resource. */
export type Wanted =
  | {
      orgId: string
      subjectIds: string[]
      /** The realm of all of them: staff are under no customer's ceiling, so none is looked up for them alone. */
      realm?: Realm
      /** Only these customers' ceilings, and those of grants at a customer: what is asked about lies below them. */
      customerIds?: string[]
    }
  | {
      orgId: string
      near: Resource
      /** Only grants of these roles, or held by these subjects: a busy place has many that do not matter. */
      roleIds?: string[]
      subjectIds?: string[]
    }

/** Grants ready to be asked, and the ceilings that may bind them. */
export async function loadAccess(tx: Tx, wanted: Wanted): Promise<HeldAccess> {
  const { orgId } = wanted
  const grants = await grantsWanted(tx, wanted)
  const organization = await tx
    .selectFrom('organization')
    .select('role_set')
    // A change of access moves the revision in the organization's row first, in its own transaction.
    .select(sql<boolean>`coalesce(xmin::text = (pg_current_xact_id_if_assigned()::xid)::text, false)`.as('changing'))
    .where('id', '=', orgId)
    .executeTakeFirstOrThrow()
  return {
    index: indexGrants(grants.map(grantOfRow), await roleBook(tx, orgId)),
    customers: await ceilingsNear(tx, { orgId, set: organization.role_set, grants, wanted }),
    roleSet: organization.role_set,
    changing: organization.changing,
  }
}

function grantsWanted(tx: Tx, wanted: Wanted): Promise<Selectable<AccessGrantTable>[]> {
  let query = tx.selectFrom('access_grant').selectAll().where('org_id', '=', wanted.orgId)
  if ('near' in wanted) {
    query = query.where('scope_id', '=', anyOf(wanted.near.ancestors.map((scope) => scope.id)))
    if (wanted.roleIds) query = query.where('role_id', '=', sql<string>`any(${wanted.roleIds}::text[])`)
  }
  if (wanted.subjectIds) query = query.where('subject_id', '=', anyOf(wanted.subjectIds))
  return query.execute()
}

export function grantOfRow(row: Selectable<AccessGrantTable>): Grant {
  return {
    id: row.id,
    subjectId: row.subject_id,
    roleId: row.role_id,
    scope: { kind: row.scope_kind, id: row.scope_id },
    ...(row.patterns ? { patterns: readPatterns(row.patterns as StoredPattern[]) } : {}),
    ...(row.starts_at ? { startsAt: row.starts_at.getTime() } : {}),
    ...(row.ends_at ? { endsAt: row.ends_at.getTime() } : {}),
    ...(row.review_required ? { reviewRequired: true } : {}),
  }
}

/** What client accounts can ever hold at a customer: its own ceiling, or where its organization's role set starts. */
export function ceilingOf(
  row: { id: string; ceiling: { permissions: string[]; roles?: string[] } | null },
  set: RoleSetId,
): CustomerCeiling {
  const start = roleSet(set)
  const permissions = row.ceiling
    ? permissionIds.filter((id) => row.ceiling?.permissions.includes(id))
    : start.customerPermissions
  const inReach = permissions.filter((id) => clientReach.includes(id))
  return { customerId: row.id, permissions: inReach, roleIds: row.ceiling?.roles ?? start.customerRoleIds }
}

type Near = { orgId: string; set: RoleSetId; grants: Selectable<AccessGrantTable>[]; wanted: Wanted }

/** Ceilings of the customers that these grants reach: directly, by a zone or hosting, or by what is above any customer. */
async function ceilingsNear(tx: Tx, { orgId, set, grants, wanted }: Near): Promise<CustomerCeiling[]> {
  if ('realm' in wanted && wanted.realm === 'staff') return []
  const only = onlyCustomers(grants, wanted)
  if (only?.length === 0) return []
  const rows = await tx
    .selectFrom('customer')
    .select(['id', 'ceiling'])
    .where('org_id', '=', orgId)
    .where((eb) => {
      if (only) return eb('id', '=', anyOf(only))
      if (grants.some((grant) => grant.provider_id !== null)) return eb.val(true)
      const zones = eb
        .selectFrom('zone')
        .select('customer_id')
        .where('org_id', '=', orgId)
        .where('id', '=', anyOf(grants.flatMap((grant) => grant.zone_id ?? [])))
        .where('customer_id', 'is not', null)
      const hostings = eb
        .selectFrom('hosting')
        .select('customer_id')
        .where('org_id', '=', orgId)
        .where('id', '=', anyOf(grants.flatMap((grant) => grant.hosting_id ?? [])))
      return eb.or([
        eb('id', '=', anyOf(grants.flatMap((grant) => grant.customer_id ?? []))),
        eb('id', 'in', zones),
        eb('id', 'in', hostings),
        // What a client account holds at the organization reaches every customer; only a ceiling that was set bars it.
        ...(grants.some((grant) => grant.scope_kind === 'organization') ? [eb('ceiling', 'is not', null)] : []),
      ])
    })
    .execute()
  return rows.map((row) => ceilingOf(row, set))
}

// Where the question is about known places, theirs are all that can bind; null: whatever the grants reach.
function onlyCustomers(grants: Selectable<AccessGrantTable>[], wanted: Wanted): string[] | null {
  const places = 'near' in wanted ? customersAbove(wanted.near) : wanted.customerIds
  if (places === undefined) return null
  // A key's way in (`api.use`) may be held at another customer than the one asked about.
  const held = 'near' in wanted ? [] : grants.flatMap((grant) => grant.customer_id ?? [])
  return [...new Set([...places, ...held])]
}

export function customersAbove(resource: Resource): string[] {
  return resource.ancestors.filter(({ kind }) => kind === 'customer').map(({ id }) => id)
}

/** `= any(…)` with one array parameter, however long the list is. */
export function anyOf(ids: string[]) {
  return sql<string>`any(${ids}::uuid[])`
}
