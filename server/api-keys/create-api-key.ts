import type { AnswerOf } from '@zoneward/api'
import type { ActorRequest } from '../http/request.ts'
import { ensureMayMake } from './ensure-may-make.ts'
import { makeKey } from './make-key.ts'
import { presentApiKeys } from './present-api-keys.ts'
import { readCeiling } from './read-ceiling.ts'

/** Makes a key of the caller's own. It has its owner's rights, live, within its ceiling; its token is shown once. */
export function createApiKey(request: ActorRequest<'api_keys.create'>): Promise<AnswerOf<'api_keys.create'>> {
  const { actor, body } = request
  return request.changeAccess(async (tx, note) => {
    const allowed = await ensureMayMake(tx, request)
    const ceiling = await readCeiling(tx, request.actor, body)
    const { row, token } = await makeKey(tx, allowed, request.actor, {
      ownerId: actor.subjectId,
      kind: 'key',
      name: body.name,
      ceiling,
      endsAt: body.expires_at === null ? null : new Date(body.expires_at),
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
