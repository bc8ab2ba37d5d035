import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import { invalidField, notFound } from '../fault.ts'
import type { AccountRequest } from '../http/account-request.ts'
import { zoneChannel } from '../zones/tell-name-servers.ts'
import { selectOrganizations } from './store.ts'

/** Deletes an organization with everything in it, for whoever writes its name. Its zones are served no longer. */
export async function deleteOrganization(request: AccountRequest<'operator.organizations.delete'>): Promise<null> {
  const { context, person, params, query, address } = request
  const pool = context.database.staff
  const onlyId = params.organization_id
  const [found] = await selectOrganizations(pool.kysely, person, { after: null, limit: 1, onlyId })
  if (!found) throw notFound()
  if (query.name !== found.name) {
    throw invalidField('name', `To delete it, give the name of the organization as it is: ${found.name}.`)
  }
  await pool.write(found.id, async (tx) => {
    await beLong(tx)
    await sql`select pg_notify(${zoneChannel}, json_build_object('apex', name_key)::text)
      from zone where org_id = ${found.id}::uuid and served`.execute(tx)
    await tx.deleteFrom('organization').where('id', '=', found.id).execute()
  })
  const what = { organization: found.id, name: found.name, zones: Number(found.zones) }
  context.log.warn({ operator: person.accountId, address, ...what }, 'the operator deleted an organization')
  return null
}

// A million zones take their time, and nobody waits for what is being deleted.
async function beLong(tx: Tx): Promise<void> {
  await sql`set local statement_timeout = '15min'`.execute(tx)
}
