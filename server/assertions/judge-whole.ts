import type { Assertion, Breach, Grant, RoleBook } from '@zoneward/permissions'
import { sql } from 'kysely'
import { findResource } from '../access/find-resource.ts'
import { anyOf, grantOfRow } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import { rolesCarrying } from './grants-to-judge.ts'
import { judge } from './judge.ts'

type Whole = { orgId: string; roles: RoleBook; now: number }

/** Every way by which an assertion is broken as things are, whatever was changed. */
export async function judgeWhole(tx: Tx, assertion: Assertion, whole: Whole): Promise<Breach[]> {
  const { orgId } = whole
  const assertions = [assertion]
  const grants = await grantsThatCould(tx, assertion, whole)
  const found = await judge(tx, { ...whole, orgId, assertions, grants, places: [] })
  return found.get(assertion) ?? []
}

async function grantsThatCould(tx: Tx, assertion: Assertion, { orgId, roles, now }: Whole): Promise<Grant[]> {
  const carrying = rolesCarrying([assertion], roles)
  let query = tx
    .selectFrom('access_grant')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('role_id', '=', sql<string>`any(${carrying}::text[])`)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', new Date(now))]))
  const { at, who } = assertion
  // Only what is granted at a zone or hosting or above it reaches it; what is at a customer also comes across providers.
  if (at.kind === 'zone' || at.kind === 'hosting') {
    const resource = await findResource(tx, orgId, at)
    query = query.where('scope_id', '=', anyOf(resource?.ancestors.map(({ id }) => id) ?? []))
  }
  if (who.kind === 'realm') {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('subject')
          .select('subject.id')
          .whereRef('subject.org_id', '=', 'access_grant.org_id')
          .whereRef('subject.id', '=', 'access_grant.subject_id')
          .where('subject.realm', '=', who.realm),
      ),
    )
  }
  return (await query.execute()).map(grantOfRow)
}
