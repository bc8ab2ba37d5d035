import type { AnswerOf } from '@zoneward/api'
import { mayUseApi, type Scope } from '@zoneward/permissions'
import { organizationResource } from '../access/find-resource.ts'
import { loadAccess } from '../access/held-access.ts'
import { idlenessOf, isWhole, keyCeilingOf, type StoredKeyCeiling } from '../access/key-ceiling.ts'
import { peopleOf } from '../access/people.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { parseCursor, printCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { holdingsAt, type KeyAsker } from './key-holdings.ts'
import { placesOfKey } from './places-of-key.ts'
import { type ApiKeyRow, findApiKey } from './store.ts'

type Asking = ActorRequest<'api_keys.access'>
type Answer = AnswerOf<'api_keys.access'>

/** What a key can do now, place by place: its owner's rights, live, within its ceiling. */
export async function readKeyAccess(tx: Tx, asking: Asking): Promise<Answer> {
  const { actor, query } = asking
  const key = await findVisibleKey(tx, asking)
  const [owner] = await peopleOf(tx, actor, [key.owner_id])
  if (!owner) throw notFound()
  const { subject } = owner
  const { index, customers } = await loadAccess(tx, {
    orgId: actor.orgId,
    subjectIds: [subject.id, ...subject.teamIds],
  })
  const { networks, ...stored } = key.ceiling as StoredKeyCeiling
  const apiKey = keyCeilingOf({ ...key, ceiling: stored }, '')
  const asker: KeyAsker = { subject, now: actor.now, channel: 'api', ceilings: { customers, apiKey } }
  const { idleLimit, lastUsedAt } = idlenessOf(key)
  const about = {
    ends_at: key.expires_at?.toISOString() ?? null,
    idle_until: idleLimit === undefined ? null : new Date(lastUsedAt + idleLimit).toISOString(),
    networks: networks ?? null,
  }
  const stop = whyNotUsable(about, actor.now, mayUseApi(index, asker))
  if (stop !== null) return { usable: false, sentence: stop, ...about, items: [], next: null }
  const after = parseCursor(query.cursor, ['number', 'string'])
  const places = await placesOfKey(tx, { orgId: actor.orgId, index, asker, after, limit: query.limit + 1 })
  const shown = places.slice(0, query.limit)
  const nameOf = await nameScopes(
    tx,
    actor.orgId,
    shown.map(({ resource: { kind, id } }): Scope => ({ kind, id }) as Scope),
  )
  const items = shown.flatMap(({ scope, resource }) => {
    const holdings = holdingsAt(index, asker, resource)
    return holdings.length === 0 ? [] : [{ scope: nameOf(scope), holdings }]
  })
  const last = shown.at(-1)
  const next = places.length > query.limit && last ? printCursor([last.rank, last.scope.id]) : null
  return { usable: true, sentence: 'It does what its owner may do, at these places.', ...about, items, next }
}

function whyNotUsable(
  { ends_at, idle_until }: Pick<Answer, 'ends_at' | 'idle_until'>,
  now: number,
  opens: boolean,
): string | null {
  if (ends_at !== null && Date.parse(ends_at) <= now) return 'It has ended: no request by it is answered.'
  if (idle_until !== null && Date.parse(idle_until) <= now)
    return 'It was not used for too long and has stopped: no request by it is answered.'
  return opens
    ? null
    : 'Its owner holds nothing that opens the API ("api.use"): no request by it is answered until it is given a role with that, such as User.'
}

/** One's own, or with api_keys.manage anybody's. Who has not that learns nothing of others' keys. */
async function findVisibleKey(tx: Tx, asking: Asking): Promise<ApiKeyRow> {
  const { actor, params } = asking
  const key = await findApiKey(tx, actor.orgId, 'key', params.api_key_id)
  // A narrowed key is shown itself, as in the list of its owner's keys.
  const narrowed = actor.key !== null && !isWhole(actor.key.ceiling) && key?.id !== actor.key.id
  if (key !== null && key.owner_id === actor.subjectId && !narrowed) return key
  try {
    await asking.authorize(tx, 'api_keys.manage', organizationResource(actor.orgId))
  } catch (error) {
    throw error instanceof Fault && error.code === 'forbidden' ? notFound() : error
  }
  if (key === null) throw notFound()
  return key
}
