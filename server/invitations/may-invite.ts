import type { Permission, Resource } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import { findResource, organizationResource } from '../access/find-resource.ts'
import type { Tx } from '../database/pools.ts'

/** Whom an invitation is for. */
export type Invited = { realm: 'staff' | 'client'; customerId: string | null; givesRoles: boolean }

type Ask = (permission: Permission, resource: Resource | null) => Promise<Allowed>

/**
 * Staff are invited with members.manage, with roles of the inviter's choice also members.roles.manage; client accounts
 * with client_users.manage, at their customer or at the organization.
 */
export async function ensureMayInvite(tx: Tx, orgId: string, invited: Invited, ask: Ask): Promise<Allowed> {
  const organization = organizationResource(orgId)
  if (invited.realm === 'staff') {
    const allowed = await ask('members.manage', organization)
    if (invited.givesRoles) await ask('members.roles.manage', organization)
    return allowed
  }
  const { customerId } = invited
  const home = customerId === null ? organization : await findResource(tx, orgId, { kind: 'customer', id: customerId })
  return ask('client_users.manage', home)
}
