import type { Grant, RoleSetId } from '@zoneward/permissions'
import { type Selectable, sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { grantOfRow } from '../access/held-access.ts'
import { customRoleId } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { CustomRoleTable } from '../database/schema-access.ts'

export type RoleRow = Omit<Selectable<CustomRoleTable>, 'permissions'> & { permissions: string[] }
type At = { orgId: string; id: string }

export async function findRole(tx: Tx, _: Allowed, { orgId, id }: At): Promise<RoleRow | null> {
  const row = await tx
    .selectFrom('custom_role')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, permissions: row.permissions as string[] } : null
}

/** Of the organization's own roles, by the ids that the API tells. */
export async function readDescriptions(tx: Tx, _: Allowed, orgId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('custom_role').select(['id', 'description']).where('org_id', '=', orgId).execute()
  return new Map(rows.map(({ id, description }) => [customRoleId(id), description]))
}

export async function roleOfName(tx: Tx, _: Allowed, orgId: string, name: string): Promise<string | null> {
  const row = await tx
    .selectFrom('custom_role')
    .select('id')
    .where('org_id', '=', orgId)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function countRoles(tx: Tx, _: Allowed, orgId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('custom_role')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Words = { name: string; description: string; permissions: readonly string[] }

export async function insertRole(
  tx: Tx,
  _: Allowed,
  { orgId, id }: At,
  { based_on, ...words }: Words & { based_on: string },
): Promise<void> {
  await tx
    .insertInto('custom_role')
    .values({ org_id: orgId, id, based_on, ...words, permissions: JSON.stringify(words.permissions) })
    .execute()
}

export async function updateRole(tx: Tx, _: Allowed, { orgId, id }: At, words: Words): Promise<void> {
  await tx
    .updateTable('custom_role')
    .set({ ...words, permissions: JSON.stringify(words.permissions), changed_at: sql<Date>`clock_timestamp()` })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

export async function deleteRole(tx: Tx, _: Allowed, { orgId, id }: At): Promise<void> {
  await tx.deleteFrom('custom_role').where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** Grants of the role that have not ended: those that count, and those to come. */
export async function grantsOfRole(tx: Tx, _: Allowed, orgId: string, roleId: string): Promise<Grant[]> {
  const rows = await tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('role_id', '=', roleId)
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', sql<Date>`clock_timestamp()`)]))
    .orderBy('id')
    .execute()
  return rows.map(grantOfRow)
}

/** Those that have ended give nothing any more, and go with the role. */
export async function deleteEndedGrants(tx: Tx, _: Allowed, orgId: string, roleId: string): Promise<void> {
  await tx
    .deleteFrom('access_grant')
    .where('org_id', '=', orgId)
    .where('role_id', '=', roleId)
    .where('ends_at', '<=', sql<Date>`clock_timestamp()`)
    .execute()
}

/** What open invitations would give of the role. */
export async function wishesForRole(
  tx: Tx,
  _: Allowed,
  orgId: string,
  roleId: string,
): Promise<{ email: string; scope: Grant['scope'] }[]> {
  const rows = await tx
    .selectFrom('invitation')
    .select(['email', 'grants'])
    .where('org_id', '=', orgId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .where(sql<boolean>`grants @> ${JSON.stringify([{ role_id: roleId }])}::jsonb`)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ email, grants }) =>
    (grants as { role_id: string; scope: Grant['scope'] }[])
      .filter((wish) => wish.role_id === roleId)
      .map(({ scope }) => ({ email, scope })),
  )
}

/** Customers whose own admin may hand the role out. */
export async function customersHandingOut(tx: Tx, _: Allowed, orgId: string, roleId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('customer')
    .select('name')
    .where('org_id', '=', orgId)
    .where(sql<boolean>`(ceiling -> 'roles') @> ${JSON.stringify([roleId])}::jsonb`)
    .orderBy(sql`lower(name)`)
    .execute()
  return rows.map((row) => row.name)
}

export async function openRequestsFor(tx: Tx, _: Allowed, orgId: string, roleId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('access_request')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('org_id', '=', orgId)
    .where('state', '=', 'pending')
    .where('role_id', '=', roleId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export type UseCounts = { grants: number; invitations: number; ceilings: number; requests: number }

/** How many of each name the role; a built-in one may be in very many grants. */
export async function countUses(tx: Tx, _: Allowed, orgId: string, roleId: string): Promise<UseCounts> {
  const { rows } = await sql<UseCounts>`select
    (select count(*)::int from access_grant g where g.org_id = ${orgId}::uuid and g.role_id = ${roleId}
       and (g.ends_at is null or g.ends_at > clock_timestamp())) as grants,
    (select count(*)::int from invitation i where i.org_id = ${orgId}::uuid and i.accepted_at is null and i.revoked_at is null
       and i.expires_at > clock_timestamp() and i.grants @> ${JSON.stringify([{ role_id: roleId }])}::jsonb) as invitations,
    (select count(*)::int from customer c where c.org_id = ${orgId}::uuid
       and (c.ceiling -> 'roles') @> ${JSON.stringify([roleId])}::jsonb) as ceilings,
    (select count(*)::int from access_request r where r.org_id = ${orgId}::uuid and r.state = 'pending'
       and r.role_id = ${roleId}) as requests`.execute(tx)
  return rows[0] ?? { grants: 0, invitations: 0, ceilings: 0, requests: 0 }
}

export async function roleSetOf(tx: Tx, _: Allowed, orgId: string): Promise<RoleSetId> {
  const row = await tx.selectFrom('organization').select('role_set').where('id', '=', orgId).executeTakeFirstOrThrow()
  return row.role_set
}
