import { type Operation, type OperationId, operations } from '@zoneward/api'
import type { Permission, Resource } from '@zoneward/permissions'
import { type Allowed, allowSelf, authorize } from '../access/authorize.ts'
import { findResource, organizationResource } from '../access/find-resource.ts'
import { mayUseApiNow } from '../access/may-use-api.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import { notFound } from '../fault.ts'
import { ensureReadsOnly } from '../view-as/reads-only.ts'
import { viewAsHeader } from '../view-as/view.ts'
import { Accepted } from './accepted.ts'
import type { Actor } from './actor.ts'
import { answerHomeless } from './answer-homeless.ts'
import { answerOfAccount, needsAccountOnly } from './answer-of-account.ts'
import { authenticate, type Caller } from './authenticate.ts'
import { ensureGuestMay } from './guest-operations.ts'
import { rememberedAnswer } from './idempotency.ts'
import { readInput } from './read-input.ts'
import { rehearse } from './rehearse.ts'
import { type ActorRequest, actorRequest } from './request.ts'
import { checkOrigin } from './request-origin.ts'
import type { Handlers, PublicRequest } from './routes.ts'

export type Incoming = Caller & { request: Request; params: Record<string, string> }

/**
 * One request, from bytes to answer, in the order that keeps the promise: who, from where, may they, then what. An
 * answer for which no permission was asked is a 500 and an alarm in the log.
 */
export async function handle(
  context: Context,
  handlers: Handlers,
  id: OperationId,
  incoming: Incoming,
): Promise<Response> {
  const operation: Operation = operations[id]
  const answerHeaders = new Headers({ 'cache-control': 'no-store' })
  if (incoming.headers.get('authorization') === null) checkOrigin(incoming.request, context.publicOrigin)
  if (operation.permission === null) {
    const input = await readInput(id, operation, incoming)
    const request: PublicRequest<OperationId> = {
      ...input,
      id,
      context,
      answerHeaders,
      headers: incoming.headers,
      address: incoming.address,
    }
    return answerOf(operation, await runPublic(handlers, id, request), answerHeaders)
  }
  const actor = await authenticate(context, id === 'view_as.end' ? withOwnEyes(incoming) : incoming)
  if (actor.kind === 'homeless') {
    if (!needsAccountOnly(id)) return answerHomeless(context, id, actor)
    if (operation.asked === 'operator' && !actor.operator) throw notFound()
    const { headers, address } = incoming
    const request = { context, person: actor, ...(await readInput(id, operation, incoming)), headers, address }
    return answerOf(operation, await answerOfAccount(id, request), answerHeaders)
  }
  ensureGuestMay(id, actor)
  if (actor.viewAs) ensureReadsOnly(id, operation, incoming.request.method)
  const input = await readInput(id, operation, incoming)
  const checks = { count: 0 }
  const ask = (tx: Tx, now: Actor) => askAtPlace(tx, now, operation, input.params)
  const open = () =>
    actor.pool.read(actor.scope, async (tx) => {
      const asked = await ask(tx, actor)
      const call = { ...input, id, actor, headers: incoming.headers, status: operation.status, context }
      return { ...asked, remembered: await rememberedAnswer(tx, call) }
    })
  const opened = await open()
  if (opened.remembered) return answerAgain(operation, opened.remembered, answerHeaders)
  const request = actorRequest({
    ...input,
    id,
    context,
    actor,
    headers: incoming.headers,
    answerHeaders,
    place: opened.place,
    allowed: opened.allowed,
    action: operation.audit,
    status: operation.status,
    changesAccess: operation.changesAccess === true,
    rehearse: (tx, step) =>
      rehearse(tx, step, {
        context,
        actor,
        ask: askAtPlace,
        run: (rehearsed) => run(handlers, rehearsed.id, rehearsed),
      }),
    decide: async (tx, now) => (await ask(tx, now)).allowed,
    onCheck: () => {
      checks.count += 1
    },
  })
  let answer: unknown
  try {
    answer = await run(handlers, id, request)
  } catch (error) {
    // Of two with one Idempotency-Key at the same time, the second stumbles over what the first has written just now.
    const { remembered } = incoming.headers.has('idempotency-key') ? await open() : opened
    if (!remembered) throw error
    return answerAgain(operation, remembered, answerHeaders)
  }
  if (operation.permission !== 'self' && !opened.checked && checks.count === 0) {
    context.log.error({ operation: id }, 'ALARM: an answer was made without asking for a permission')
    throw new Error('no permission was asked')
  }
  return answerOf(operation, answer, answerHeaders)
}

/** Whoever ends a view does so as itself. */
function withOwnEyes(incoming: Incoming): Incoming {
  const headers = new Headers(incoming.headers)
  headers.delete(viewAsHeader)
  return { ...incoming, headers }
}

export type AtPlace = { place: Resource | null; allowed: Allowed; checked: boolean }

/** The question that the table itself puts: its permission, at the place that the path names. */
async function askAtPlace(tx: Tx, actor: Actor, operation: Operation, params: unknown): Promise<AtPlace> {
  const { asked, permission } = operation
  if (actor.kind === 'api_key') await mayUseApiNow(tx, actor)
  if (asked === 'operator' && !actor.operator) throw notFound()
  if (
    asked === 'self' ||
    asked === 'operator' ||
    asked === 'list' ||
    asked === 'body' ||
    asked === 'public' ||
    permission === 'self' ||
    permission === null
  ) {
    return { place: null, allowed: allowSelf(), checked: false }
  }
  const place = await placeOf(tx, actor, asked, params)
  if (place === null) throw notFound()
  // Which record a write is about stands in its body: here only the zone has to be visible, the feature asks the rest.
  const first: Permission = asked === 'records' ? 'zones.view' : permission
  return {
    place,
    allowed: await authorize(tx, actor, { permission: first, resource: place }),
    checked: asked !== 'records',
  }
}

async function placeOf(tx: Tx, actor: Actor, asked: Operation['asked'], params: unknown): Promise<Resource | null> {
  if (asked === 'organization') return organizationResource(actor.orgId)
  const kind = asked === 'records' ? 'zone' : asked
  if (kind !== 'zone' && kind !== 'customer' && kind !== 'provider' && kind !== 'hosting') return null
  const id = (params as Record<string, string>)[`${kind}_id`] ?? ''
  return findResource(tx, actor.orgId, { kind, id })
}

// The table guarantees that the handler of an operation takes that operation's request; TypeScript cannot follow an
// index of a union, so the two are joined here, in one place.
function run(handlers: Handlers, id: OperationId, request: ActorRequest<OperationId>): Promise<unknown> {
  const handler = handlers[id] as unknown as (request: ActorRequest<OperationId>) => Promise<unknown>
  return handler(request)
}

function runPublic(handlers: Handlers, id: OperationId, request: PublicRequest<OperationId>): Promise<unknown> {
  const handler = handlers[id] as unknown as (request: PublicRequest<OperationId>) => Promise<unknown>
  return handler(request)
}

function answerAgain(
  operation: Operation,
  { status, body }: { status: number; body: unknown },
  headers: Headers,
): Response {
  return answerOf({ ...operation, status: status as 200 }, body, headers)
}

function answerOf(operation: Operation, answer: unknown, headers: Headers): Response {
  if (answer instanceof Accepted) return answerAgain(operation, { status: 202, body: answer.answer }, headers)
  if (answer instanceof ReadableStream || typeof answer === 'string') {
    headers.set('content-type', `${operation.media ?? 'text/plain'}; charset=utf-8`)
    return new Response(answer, { status: operation.status, headers })
  }
  if (operation.status === 204) return new Response(null, { status: 204, headers })
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(answer), { status: operation.status, headers })
}
