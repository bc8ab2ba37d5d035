import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { zoneChannel } from '../zones/tell-name-servers.ts'

/** Removes an organization with everything in it. Its zones are served no longer. */
export async function removeOrganization(tx: Tx, id: string): Promise<void> {
  // A million zones take their time, and nobody waits for what is being deleted.
  await sql`set local statement_timeout = '15min'`.execute(tx)
  await sql`select pg_notify(${zoneChannel}, json_build_object('apex', name_key)::text)
    from zone where org_id = ${id}::uuid and served`.execute(tx)
  await tx.deleteFrom('organization').where('id', '=', id).execute()
}
