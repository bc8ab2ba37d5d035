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
  ensureNotIdleLonger(actor, wish)
  const token = newToken(wish.kind)
  const token_hash = hashToken(wish.kind, token)
  if (token_hash === null) throw new Error('a token of our own making is not well-formed')
  const row = await insertApiKey(tx, allowed, {
    org_id: actor.orgId,
    id: newId(),
    owner_id: wish.ownerId,
    // Whoever made the first of keys that make keys has made them all: nobody approves its own by a key of a key.
    created_by: actor.key?.createdBy ?? actor.subjectId,
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

/** Nor on, unused, for longer than that one. */
function ensureNotIdleLonger({ key }: Actor, { ceiling: { idle_days } }: KeyWish): void {
  const limit = key?.ceiling.idleLimit
  if (limit === undefined || (idle_days !== undefined && idle_days * day <= limit)) return
  const days = Math.round(limit / day)
  const detail = `The key that asks stops when it is not used for ${days === 1 ? 'a day' : `${days} days`}: a key that it makes stops then or before ("idle_days").`
  throw new Fault('forbidden', detail)
}

const day = 24 * 60 * 60_000
