import type { AnswerOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { organizationResource } from '../access/find-resource.ts'
import { isWhole } from '../access/key-ceiling.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { hashToken, newToken } from '../http/tokens.ts'
import { newId } from '../ids.ts'
import { presentApiKeys } from './present-api-keys.ts'
import { readCeiling } from './read-ceiling.ts'
import { insertApiKey } from './store.ts'

/** Makes a key of the caller's own. It has its owner's rights, live, within its ceiling; its token is shown once. */
export function createApiKey(request: ActorRequest<'api_keys.create'>): Promise<AnswerOf<'api_keys.create'>> {
  const { actor, body } = request
  return request.changeAccess(async (tx, note) => {
    const allowed = await ensureMayMake(tx, request)
    const ceiling = await readCeiling(tx, request.actor, body)
    const token = newToken('key')
    const token_hash = hashToken('key', token)
    if (token_hash === null) throw new Error('a token of our own making is not well-formed')
    const row = await insertApiKey(tx, allowed, {
      org_id: actor.orgId,
      id: newId(),
      owner_id: actor.subjectId,
      name: body.name,
      hint: `${token.slice(0, 11)}…`,
      token_hash,
      ceiling: JSON.stringify(ceiling),
      expires_at: body.expires_at === null ? null : new Date(body.expires_at),
    })
    const [shown] = await presentApiKeys(tx, request.actor, [row])
    if (!shown) throw new Error('a key that was just made is gone')
    note({
      customerId: actor.portal?.customerId ?? null,
      facts: { id: row.id, name: row.name, ceiling, expires_at: body.expires_at },
    })
    return { ...shown, token }
  })
}

/** `api_keys.create` held anywhere is enough: the key can do nothing that its owner cannot. */
async function ensureMayMake(tx: Tx, request: ActorRequest<'api_keys.create'>): Promise<Allowed> {
  const { actor } = request
  ensureWhole(request)
  const visible = await request.visible(tx, 'api_keys.create')
  const { organizations, customers, providers, zones, hostings, exceptCustomers } = visible
  const open = customers.filter((customer) => !exceptCustomers.includes(customer.id))
  const anywhere = [organizations, open, providers, zones, hostings].some((list) => list.length > 0)
  if (anywhere) return request.allowed
  return request.authorize(tx, 'api_keys.create', organizationResource(actor.orgId))
}

/** A key that is narrowed makes no keys, since those would not be; and none lives longer than the one that made it. */
function ensureWhole({ actor, body }: ActorRequest<'api_keys.create'>): void {
  if (actor.key === null) return
  const { endsAt } = actor.key.ceiling
  if (!isWhole(actor.key.ceiling)) {
    throw new Fault('forbidden', 'A narrowed API key makes no other keys: use one that is not, or the pages.', {
      permission: 'api_keys.create',
    })
  }
  const end = body.expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(body.expires_at)
  if (endsAt !== undefined && end > endsAt) {
    const limit = new Date(endsAt).toISOString()
    throw new Fault('forbidden', `The key that asks ends at ${limit}: a key that it makes ends then or before.`)
  }
}
