import type { ItemOf } from '@zoneward/api'
import { describeSubjects, type ShownSubject } from '../access/describe-subjects.ts'
import { grantOfRow } from '../access/held-access.ts'
import type { StoredPattern } from '../access/key-ceiling.ts'
import { roleBook } from '../access/role-book.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { judgeRevocations } from './judge-revocations.ts'
import type { GrantRow } from './store.ts'

export type ShownGrant = ItemOf<'grants.list'>

/** Grants as they are shown: names instead of ids, and whether the caller may take each away. */
export async function presentGrants(tx: Tx, actor: Actor, rows: GrantRow[]): Promise<ShownGrant[]> {
  if (rows.length === 0) return []
  const holders = rows.map((row) => row.subject_id)
  const shown = await describeSubjects(tx, actor, [...holders, ...rows.flatMap((row) => row.granted_by ?? [])])
  const nameOf = await nameScopes(
    tx,
    actor.orgId,
    rows.map((row) => grantOfRow(row).scope),
  )
  const roles = await roleBook(tx, actor.orgId)
  const judge = await judgeRevocations(tx, actor, rows)
  return rows.map((row) => ({
    id: row.id,
    subject: shown.get(row.subject_id) ?? unknown(row.subject_id, actor),
    role_id: row.role_id,
    role: roles.get(row.role_id)?.name ?? row.role_id,
    scope: nameOf(grantOfRow(row).scope),
    patterns: row.patterns as StoredPattern[] | null,
    starts_at: row.starts_at?.toISOString() ?? null,
    ends_at: row.ends_at?.toISOString() ?? null,
    review_required: row.review_required,
    reason: row.reason,
    granted_by: granterName(row, shown, actor),
    created_at: row.created_at.toISOString(),
    revocable: judge(row).ok,
  }))
}

function granterName(row: GrantRow, shown: Map<string, ShownSubject>, actor: Actor): string | null {
  if (row.granted_by === null) return null
  return shown.get(row.granted_by)?.name ?? (actor.realm === 'client' ? 'your provider' : null)
}

// A client account is shown grants of its own portal only, so this is a holder that left in this very moment.
function unknown(id: string, { realm }: Actor): ShownSubject {
  return { id, kind: realm === 'staff' ? 'member' : 'client_user', realm, name: 'somebody who left', detail: '' }
}
