import type { ItemOf } from '@zoneward/api'
import { describeSubjects } from '../access/describe-subjects.ts'
import type { StoredKeyCeiling } from '../access/key-ceiling.ts'
import type { KeyRow } from '../api-keys/guest-keys.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { nameScopes } from '../organization/name-scopes.ts'

type Shown = ItemOf<'guest_links.list'>

export async function presentGuestLinks(tx: Tx, actor: Actor, rows: KeyRow[]): Promise<Shown[]> {
  const owners = await describeSubjects(
    tx,
    actor,
    rows.map((row) => row.owner_id),
  )
  const ceilings = rows.map((row) => row.ceiling as StoredKeyCeiling)
  const nameOf = await nameScopes(
    tx,
    actor.orgId,
    ceilings.flatMap(({ scopes = [] }) => scopes),
  )
  return rows.map((row) => ({
    id: row.id,
    ...linkOf(row.ceiling as StoredKeyCeiling, nameOf),
    note: row.name,
    owner: { id: row.owner_id, name: owners.get(row.owner_id)?.name ?? '' },
    hint: row.hint,
    created_at: row.created_at.toISOString(),
    ends_at: (row.expires_at ?? row.created_at).toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    last_used_from: row.last_used_from,
  }))
}

/** What a link is for, as its ceiling says. */
export function linkOf(
  { scopes = [], patterns = [], permissions = [] }: StoredKeyCeiling,
  nameOf: Awaited<ReturnType<typeof nameScopes>>,
): Pick<Shown, 'zone' | 'patterns' | 'may_propose'> {
  const [zone] = scopes
  return {
    zone: { id: zone?.id ?? '', name: zone ? nameOf(zone).name : '' },
    patterns: patterns.map(({ names, types }) => ({ names, ...(types ? { types } : {}) })),
    may_propose: permissions.includes('changes.propose'),
  }
}
