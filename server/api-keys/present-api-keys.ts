import type { ItemOf } from '@zoneward/api'
import { describeSubjects } from '../access/describe-subjects.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import type { ApiKeyRow } from './store.ts'

export type ShownApiKey = ItemOf<'api_keys.list'>

export async function presentApiKeys(tx: Tx, actor: Actor, rows: ApiKeyRow[]): Promise<ShownApiKey[]> {
  const people = await describeSubjects(
    tx,
    actor,
    rows.flatMap((row) => [row.owner_id, ...(row.created_by ? [row.created_by] : [])]),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    hint: row.hint,
    owner: { id: row.owner_id, name: people.get(row.owner_id)?.name ?? '' },
    made_by: row.created_by === null ? null : { id: row.created_by, name: people.get(row.created_by)?.name ?? '' },
    ceiling: row.ceiling as ShownApiKey['ceiling'],
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    last_used_from: row.last_used_from,
  }))
}
