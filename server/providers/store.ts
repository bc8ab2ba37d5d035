import type { VisibleScopes } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'

export type ProviderRow = { id: string; name: string; kind: 'built_in'; created_at: Date; sort: string }
type At = { orgId: string; id: string }

function selectProviders(tx: Tx, orgId: string) {
  return tx
    .selectFrom('provider')
    .select(['id', 'name', 'kind', 'created_at', sql<string>`lower(name)`.as('sort')])
    .where('org_id', '=', orgId)
}

/** Providers within these scopes by name, after a place. */
export function providerPage(
  tx: Tx,
  orgId: string,
  scopes: VisibleScopes,
  page: { q: string | undefined; after: readonly [string, string] | null; limit: number },
): Promise<ProviderRow[]> {
  let query = selectProviders(tx, orgId)
  if (!scopes.organizations.some((scope) => scope.id === orgId))
    query = query.where('id', '=', anyOf(scopes.providers.map((scope) => scope.id)))
  if (scopes.within && !scopes.within.some((scope) => scope.id === orgId))
    query = query.where('id', '=', anyOf(scopes.within.map((scope) => scope.id)))
  if (page.q) query = query.where(sql<boolean>`position(${page.q.toLowerCase()} in lower(name)) > 0`)
  if (page.after) query = query.where(sql<boolean>`(lower(name), id) > (${page.after[0]}, ${page.after[1]}::uuid)`)
  return query.orderBy(sql`lower(name)`).orderBy('id').limit(page.limit).execute()
}

export async function providerById(tx: Tx, _: Allowed, at: At): Promise<ProviderRow | null> {
  return (await selectProviders(tx, at.orgId).where('id', '=', at.id).executeTakeFirst()) ?? null
}

export async function zoneCounts(tx: Tx, orgId: string, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; zones: number }>`
    select p.id, (select count(*)::int from zone z where z.org_id = ${orgId}::uuid and z.provider_id = p.id) as zones
    from unnest(${ids}::uuid[]) as p(id)`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.zones]))
}

export async function insertProvider(
  tx: Tx,
  _: Allowed,
  at: At,
  row: { name: string; kind: 'built_in' },
): Promise<void> {
  await tx
    .insertInto('provider')
    .values({ org_id: at.orgId, id: at.id, ...row })
    .execute()
}

export async function renameProvider(tx: Tx, _: Allowed, at: At, name: string): Promise<void> {
  await tx.updateTable('provider').set({ name }).where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}

export async function deleteProvider(tx: Tx, _: Allowed, at: At): Promise<void> {
  await tx.deleteFrom('provider').where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}
