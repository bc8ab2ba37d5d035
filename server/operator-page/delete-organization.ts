import { invalidField, notFound } from '../fault.ts'
import type { AccountRequest } from '../http/account-request.ts'
import { removeOrganization } from '../organization/remove-organization.ts'
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
  await pool.write(found.id, (tx) => removeOrganization(tx, found.id))
  const what = { organization: found.id, name: found.name, zones: Number(found.zones) }
  context.log.warn({ operator: person.accountId, address, ...what }, 'the operator deleted an organization')
  return null
}
