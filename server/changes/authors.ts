import { anyOf } from '../access/held-access.ts'
import type { Tx } from '../database/pools.ts'
import type { Realm } from '../database/schema.ts'
import type { Actor } from '../http/actor.ts'

export type Author = { id: string | null; name: string }

/** When and by whom something was written. */
export type Writing = { author: Author; at: Date }

/**
 * Who made these changes, and when. Staff see every name, also of people who have left. A client user sees its
 * colleagues by name and of staff only "your provider"; the portal has no right to the column with the names.
 */
export async function writingsOf(tx: Tx, actor: Actor, changeIds: string[]): Promise<Map<string, Writing>> {
  if (changeIds.length === 0) return new Map()
  const query = tx.selectFrom('change').where('org_id', '=', actor.orgId).where('id', '=', anyOf(changeIds))
  if (actor.realm === 'staff' && actor.key?.kind !== 'guest') {
    const rows = await query.select(['id', 'author_id', 'author_name', 'created_at']).execute()
    return new Map(
      rows.map((row) => [row.id, { author: { id: row.author_id, name: row.author_name }, at: row.created_at }]),
    )
  }
  const rows = await query.select(['id', 'author_id', 'author_realm', 'created_at']).execute()
  // A guest knows nobody, whoever made its link.
  const names = actor.key?.kind === 'guest' ? null : await colleagues(tx, actor, rows)
  return new Map(rows.map((row) => [row.id, { author: seenByClient(row, names), at: row.created_at }]))
}

/** The caller as the author of a change. The name is kept for staff even when the author has left. */
export function authorOf(actor: Actor) {
  const { subjectId, realm, name, key } = actor
  return { author_id: subjectId, author_realm: realm, author_name: name, api_key_id: key?.id ?? null }
}

async function colleagues(tx: Tx, actor: Actor, rows: { author_id: string | null; author_realm: string }[]) {
  const ids = rows.flatMap((row) => (row.author_realm === 'client' && row.author_id ? [row.author_id] : []))
  if (ids.length === 0) return new Map<string, string>()
  const users = await tx
    .selectFrom('client_user')
    .select(['id', 'name'])
    .where('org_id', '=', actor.orgId)
    .where('id', '=', anyOf([...new Set(ids)]))
    .execute()
  return new Map(users.map((user) => [user.id, user.name]))
}

function seenByClient(
  row: { author_id: string | null; author_realm: Realm | 'system' },
  names: Map<string, string> | null,
): Author {
  if (row.author_realm !== 'client') return { id: null, name: 'your provider' }
  if (names === null) return { id: null, name: 'the customer' }
  const name = row.author_id ? names.get(row.author_id) : undefined
  return name === undefined ? { id: null, name: 'somebody who has left' } : { id: row.author_id, name }
}
