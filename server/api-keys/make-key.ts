import type { Allowed } from '../access/authorize.ts'
import type { StoredKeyCeiling } from '../access/key-ceiling.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { hashToken, newToken } from '../http/tokens.ts'
import { newId } from '../ids.ts'
import { type ApiKeyRow, insertApiKey } from './store.ts'

export type KeyWish = {
  ownerId: string
  kind: 'key' | 'guest'
  name: string
  ceiling: StoredKeyCeiling
  endsAt: Date | null
}

/** Makes a key, and the token that opens it: the database keeps its hash only, so it can be told once. */
export async function makeKey(
  tx: Tx,
  allowed: Allowed,
  actor: Actor,
  wish: KeyWish,
): Promise<{ row: ApiKeyRow; token: string }> {
  ensureNotLonger(actor, wish)
  const token = newToken(wish.kind)
  const token_hash = hashToken(wish.kind, token)
  if (token_hash === null) throw new Error('a token of our own making is not well-formed')
  const row = await insertApiKey(tx, allowed, {
    org_id: actor.orgId,
    id: newId(),
    owner_id: wish.ownerId,
    created_by: actor.subjectId,
    kind: wish.kind,
    name: wish.name,
    hint: `${token.slice(0, `zw_${wish.kind}_`.length + 4)}…`,
    token_hash,
    ceiling: JSON.stringify(wish.ceiling),
    expires_at: wish.endsAt,
  })
  return { row, token }
}

/** No key lives longer than the one that made it. */
function ensureNotLonger({ key }: Actor, { endsAt }: KeyWish): void {
  const limit = key?.ceiling.endsAt
  if (limit === undefined || (endsAt !== null && endsAt.getTime() <= limit)) return
  const until = new Date(limit).toISOString()
  throw new Fault('forbidden', `The key that asks ends at ${until}: a key that it makes ends then or before.`)
}
