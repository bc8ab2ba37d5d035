import type { AnswerOf } from '@zoneward/api'
import type { VisibleScopes } from '@zoneward/permissions'
import { sql } from 'kysely'
import { shownZoneName } from '../access/find-resource.ts'
import { anyOf } from '../access/held-access.ts'
import { withinReach } from '../access/within-reach.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

const place = { customer: 'zone.customer_id', provider: 'zone.provider_id', zone: 'zone.id' }

// Everything here is counted within the scopes that the caller holds: `VisibleScopes` is the proof that was asked for.

export async function countZones(tx: Tx, orgId: string, visible: VisibleScopes): Promise<number> {
  const row = await tx
    .selectFrom('zone')
    .select(sql<string>`count(*)`.as('count'))
    .where('org_id', '=', orgId)
    .where(withinReach(orgId, visible, place))
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

export async function sumRecords(tx: Tx, orgId: string, visible: VisibleScopes): Promise<number> {
  const row = await tx
    .selectFrom('zone')
    .select(sql<string>`coalesce(sum(record_count), 0)`.as('sum'))
    .where('org_id', '=', orgId)
    .where(withinReach(orgId, visible, place))
    .executeTakeFirst()
  return Number(row?.sum ?? 0)
}

export async function countPlaces(
  tx: Tx,
  kind: 'customer' | 'provider',
  orgId: string,
  reached: 'all' | string[],
): Promise<number> {
  const query = tx.selectFrom(kind).select(sql<string>`count(*)`.as('count')).where('org_id', '=', orgId)
  const row = await (reached === 'all' ? query : query.where('id', '=', anyOf(reached))).executeTakeFirst()
  return Number(row?.count ?? 0)
}

type People = { orgId: string; members: boolean; clients: 'all' | string[]; invites: boolean }

export async function countPeople(tx: Tx, { orgId, members, clients, invites }: People) {
  const ofCustomers = clients === 'all' ? sql<boolean>`true` : sql<boolean>`customer_id = ${anyOf(clients)}`
  const count = async (query: ReturnType<typeof sql<{ count: string }>>) =>
    Number((await query.execute(tx)).rows[0]?.count ?? 0)
  return {
    members: members ? await count(sql`select count(*) from member where org_id = ${orgId}`) : 0,
    clients: await count(sql`select count(*) from client_user where org_id = ${orgId} and ${ofCustomers}`),
    invitations: await count(sql`select count(*) from invitation where org_id = ${orgId}
      and accepted_at is null and revoked_at is null and expires_at > clock_timestamp()
      and ((realm = 'staff' and ${invites}::boolean) or (realm = 'client' and ${ofCustomers}))`),
  }
}

export async function hasKey(tx: Tx, orgId: string, ownerId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('api_key')
    .select('id')
    .where('org_id', '=', orgId)
    .where('owner_id', '=', ownerId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

type RecentChanges = AnswerOf<'dashboard.read'>['recent_changes']

/** The last ten changes of zones within reach. A client account reads no names of staff: its pool may not. */
export async function recentChanges(tx: Tx, actor: Actor, visible: VisibleScopes): Promise<RecentChanges> {
  const { orgId, realm } = actor
  const staffName = realm === 'staff' ? sql`change.author_name` : sql`null::text`
  const rows = await tx
    .selectFrom('change')
    .innerJoin('zone', (join) =>
      join.onRef('zone.org_id', '=', 'change.org_id').onRef('zone.id', '=', 'change.zone_id'),
    )
    .leftJoin('client_user', (join) =>
      join.onRef('client_user.org_id', '=', 'change.org_id').onRef('client_user.id', '=', 'change.author_id'),
    )
    .select(['change.id', 'change.zone_id', 'zone.name', 'change.comment', 'change.added', 'change.removed'])
    .select(['change.created_at', 'client_user.name as client_name', sql<string | null>`${staffName}`.as('staff_name')])
    .where('change.org_id', '=', orgId)
    .where(withinReach(orgId, visible, place))
    .orderBy('change.id', 'desc')
    .limit(10)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    zone: { id: row.zone_id, name: shownZoneName(row.name) },
    author: row.client_name ?? row.staff_name ?? 'your provider',
    comment: row.comment,
    added: row.added,
    removed: row.removed,
    created_at: row.created_at.toISOString(),
  }))
}
