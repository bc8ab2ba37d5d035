import { sql } from 'kysely'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import type { ListedZone } from './zone-page.ts'

export async function zoneWithNames(tx: Tx, _: Allowed, orgId: string, id: string): Promise<ListedZone | null> {
  const { rows } = await sql<ListedZone>`
    select z.id, z.name, z.sort_key, z.provider_id, p.name as provider_name, z.customer_id, c.name as customer_name,
      z.serial, z.record_count, z.served, z.created_at, z.changed_at
    from zone z join provider p on p.org_id = z.org_id and p.id = z.provider_id
    left join customer c on c.org_id = z.org_id and c.id = z.customer_id
    where z.org_id = ${orgId}::uuid and z.id = ${id}::uuid`.execute(tx)
  return rows[0] ?? null
}

/** The data of the NS records of the zone itself. */
export async function apexNameServers(
  tx: Tx,
  _: Allowed,
  orgId: string,
  zone: Pick<ListedZone, 'id' | 'sort_key'>,
): Promise<Buffer[]> {
  const rows = await tx
    .selectFrom('record')
    .select('rdata')
    .where('org_id', '=', orgId)
    .where('zone_id', '=', zone.id)
    .where('sort_key', '=', zone.sort_key)
    .where('type', '=', 2)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.rdata)
}

export type NewZoneRow = {
  id: string
  provider_id: string
  customer_id: string | null
  name: string
  name_key: string
  sort_key: Buffer
  serial: string
  record_count: number
  served: boolean
}

export async function insertZone(tx: Tx, _: Allowed, orgId: string, row: NewZoneRow): Promise<void> {
  await tx
    .insertInto('zone')
    .values({ org_id: orgId, ...row })
    .execute()
}

/** Zones of the organization with this name, at any provider. */
export async function zonesNamed(tx: Tx, _: Allowed, orgId: string, nameKey: string) {
  return tx
    .selectFrom('zone')
    .select(['id', 'provider_id', 'customer_id', 'served', 'name', 'name_key', 'sort_key'])
    .where('org_id', '=', orgId)
    .where('name_key', '=', nameKey)
    .orderBy('id')
    .execute()
}

export async function moveZone(
  tx: Tx,
  _: Allowed,
  at: { orgId: string; id: string },
  to: { customer_id: string | null; provider_id: string; served: boolean },
): Promise<void> {
  await tx.updateTable('zone').set(to).where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}

export async function setServed(tx: Tx, _: Allowed, at: { orgId: string; id: string }, served: boolean): Promise<void> {
  await tx.updateTable('zone').set({ served }).where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}

export async function deleteZoneRow(tx: Tx, _: Allowed, at: { orgId: string; id: string }): Promise<void> {
  await tx.deleteFrom('zone').where('org_id', '=', at.orgId).where('id', '=', at.id).execute()
}
