import type { Person } from '../access/people.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'

/** Where a person finds the requests: in the console, or in its portal. */
export async function requestsLink(
  tx: Tx,
  { publicOrigin }: Context,
  { orgId, person }: { orgId: string; person: Person },
): Promise<string> {
  if (person.subject.realm === 'staff') return `${publicOrigin}/access/requests`
  const { slug } = await tx
    .selectFrom('portal')
    .innerJoin('client_user', (join) =>
      join.onRef('client_user.portal_id', '=', 'portal.id').onRef('client_user.org_id', '=', 'portal.org_id'),
    )
    .select('portal.slug')
    .where('portal.org_id', '=', orgId)
    .where('client_user.id', '=', person.subject.id)
    .executeTakeFirstOrThrow()
  return `${publicOrigin}/portal/${slug}/requests`
}
