import type { ItemOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { describeSubjects } from '../access/describe-subjects.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import { presentGrants, type ShownGrant } from '../grants/present-grants.ts'
import type { Actor } from '../http/actor.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import type { ItemRow } from './items-store.ts'
import { type More, moreThanRole } from './more-than-role.ts'
import { useKnownSince } from './store.ts'

export type ShownItem = ItemOf<'access_review_items.list'>

const days = 24 * 60 * 60 * 1000
const month = 30 * days

/** Grants of a review with what is known of their use. */
export async function presentItems(tx: Tx, actor: Actor, allowed: Allowed, rows: ItemRow[]): Promise<ShownItem[]> {
  if (rows.length === 0) return []
  const grants = new Map((await presentGrants(tx, actor, rows)).map((grant) => [grant.id, grant]))
  const knownSince = await useKnownSince(tx, allowed)
  const moreOf = await moreThanRole(tx, actor, rows)
  const nameOf = await nameScopes(
    tx,
    actor.orgId,
    rows.flatMap((row) => moreOf(row).map(({ scope }) => scope as Scope)),
  )
  const roles = await roleBook(tx, actor.orgId)
  const deciders = await describeSubjects(
    tx,
    actor,
    rows.flatMap((row) => row.decided_by ?? []),
  )
  const showMore = ({ grantId, roleId, scope, permissions }: More) => ({
    grant_id: grantId,
    role: roles.get(roleId)?.name ?? roleId,
    scope: nameOf(scope as Scope),
    permissions,
  })
  return rows.flatMap((row) => {
    const grant = grants.get(row.id)
    if (grant === undefined) return []
    return {
      ...ofGrant(grant),
      ...useOf(row, { now: actor.now, knownSince }),
      more_than_role: moreOf(row).map(showMore),
      verdict: row.verdict,
      decided_by: row.decided_by === null ? null : (deciders.get(row.decided_by)?.name ?? 'somebody who left'),
      decided_at: row.decided_at?.toISOString() ?? null,
    }
  })
}

type Scope = Parameters<Awaited<ReturnType<typeof nameScopes>>>[0]

function ofGrant({ id, created_at, review_required: _, ...grant }: ShownGrant) {
  return { ...grant, grant_id: id, granted_at: created_at }
}

function useOf(row: ItemRow, { now, knownSince }: { now: number; knownSince: Date }) {
  const never_used = row.used_at === null
  // Before it was noted which grants are used, not being noted says nothing.
  const longKnown = Math.max(row.created_at.getTime(), knownSince.getTime()) < now - month
  return {
    never_used,
    last_used_at: row.used_at?.toISOString() ?? null,
    ends_soon: row.ends_at !== null && row.ends_at.getTime() < now + month,
    suggested: never_used && longKnown ? ('revoke' as const) : null,
  }
}
