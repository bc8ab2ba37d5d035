import { type Operation, type OperationId, operations, type ParsedBody, type ParsedParams } from '@zoneward/api'
import type { Ended } from '../assertions/keep-assertions.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { newId } from '../ids.ts'
import type { Actor } from './actor.ts'
import type { AtPlace } from './handle.ts'
import { type ActorRequest, actorRequest, refreshActor } from './request.ts'

/** A request that was read already. */
export type RehearsedStep = { id: OperationId; params: ParsedParams<OperationId>; body: ParsedBody<OperationId> }

type Stage = {
  context: Context
  actor: Actor
  ask: (tx: Tx, actor: Actor, operation: Operation, params: unknown) => Promise<AtPlace>
  run: (request: ActorRequest<OperationId>) => Promise<unknown>
}

/**
 * Makes a request within a transaction that its beginner rolls back: the same questions, the same handler, the same
 * refusals, but no audit event, no remembered answer, no note that a grant was used, and nothing for the caches.
 */
export async function rehearse(tx: Tx, { id, params, body }: RehearsedStep, stage: Stage): Promise<Ended[]> {
  const { context, ask, run } = stage
  const operation: Operation = operations[id]
  // A revision that nobody else ever has: what is held here was true of this transaction only, and of this step.
  const revision = `rehearsal ${newId()}`
  const actor = await refreshActor(tx, { ...stage.actor, rehearsing: true }, revision)
  const checks = { count: 0 }
  const ended: Ended[] = []
  const asked = await ask(tx, actor, operation, params)
  const request = actorRequest<OperationId>({
    id,
    context,
    actor,
    params,
    query: undefined as ActorRequest<OperationId>['query'],
    body,
    headers: new Headers(),
    answerHeaders: new Headers(),
    place: asked.place,
    allowed: asked.allowed,
    action: operation.audit,
    status: operation.status,
    changesAccess: true,
    within: { tx, onEnded: (some) => ended.push(...some) },
    rehearse: () => Promise.reject(new Error('a preview within a preview')),
    decide: async (now, who) => (await ask(now, who, operation, params)).allowed,
    onCheck: () => {
      checks.count += 1
    },
  })
  await run(request)
  if (operation.permission !== 'self' && !asked.checked && checks.count === 0)
    throw new Error('no permission was asked')
  return ended
}
