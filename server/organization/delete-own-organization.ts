import { invalidField } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { removeOrganization } from './remove-organization.ts'
import { findOrganization } from './store.ts'

/** Deletes the caller's organization with everything in it, its audit log too, for whoever writes its name. */
export async function deleteOwnOrganization(request: ActorRequest<'organization.delete'>): Promise<null> {
  const { actor, allowed, context, query } = request
  const { orgId, accountId, address } = actor
  const name = await request.write(
    async (tx, note) => {
      const found = await findOrganization(tx, allowed, orgId)
      if (query.name !== found.name) {
        throw invalidField('name', `To delete it, give the name of the organization as it is: ${found.name}.`)
      }
      await removeOrganization(tx, orgId)
      // The log that could tell of it is gone with it; the server's own log does.
      note.nothing()
      return found.name
    },
    { longest: '900s' },
  )
  context.log.warn(
    { account: accountId, address, organization: orgId, name },
    'an organization was deleted by its owner',
  )
  return null
}
