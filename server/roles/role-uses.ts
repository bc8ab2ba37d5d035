import type { Grant } from '@zoneward/permissions'
import type { Allowed } from '../access/authorize.ts'
import type { Tx } from '../database/pools.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { customersHandingOut, grantsOfRole, openRequestsFor, wishesForRole } from './store.ts'

/** Everything that names a role. */
export type RoleUses = {
  grants: Grant[]
  invitations: { email: string; scope: Grant['scope'] }[]
  /** Names of customers whose own admin may hand it out. */
  ceilings: string[]
  requests: number
}

export async function usesOf(tx: Tx, allowed: Allowed, orgId: string, roleId: string): Promise<RoleUses> {
  return {
    grants: await grantsOfRole(tx, allowed, orgId, roleId),
    invitations: await wishesForRole(tx, allowed, orgId, roleId),
    ceilings: await customersHandingOut(tx, allowed, orgId, roleId),
    requests: await openRequestsFor(tx, allowed, orgId, roleId),
  }
}

/** Where it is used, in words; null where it is not: `2 grants (customer Bakery), 1 open invitation (to a@b.example)`. */
export async function describeUses(tx: Tx, orgId: string, uses: RoleUses): Promise<string | null> {
  const nameOf = await nameScopes(
    tx,
    orgId,
    uses.grants.map((grant) => grant.scope),
  )
  const places = uses.grants.map(({ scope }) => `${scope.kind} ${nameOf(scope).name}`)
  const invited = [...new Set(uses.invitations.map(({ email }) => `to ${email}`))]
  const parts = [
    told(uses.grants.length, 'grant', places),
    told(invited.length, 'open invitation', invited),
    told(
      uses.ceilings.length,
      'customer whose admin may hand it out',
      uses.ceilings,
      'customers whose admins may hand it out',
    ),
    told(uses.requests, 'open request', []),
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

const fewNames = 3

function told(count: number, one: string, names: string[], many = `${one}s`): string | null {
  if (count === 0) return null
  const different = [...new Set(names)]
  const more = different.length > fewNames ? ' and others' : ''
  const where = different.length === 0 ? '' : ` (${different.slice(0, fewNames).join(', ')}${more})`
  return `${count} ${count === 1 ? one : many}${where}`
}
