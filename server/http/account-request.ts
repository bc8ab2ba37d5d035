import type { OperationId, ParsedBody, ParsedParams, ParsedQuery } from '@zoneward/api'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import type { ActorRequest } from './request.ts'

/** Whoever has an account and a session, in an organization or in none. */
export type AccountHolder = { accountId: string; sessionId: string; name: string; operator: boolean }

/** What a handler gets of an operation that is about the account or the instance, and about no organization. */
export type AccountRequest<Id extends OperationId> = {
  readonly context: Context
  readonly person: AccountHolder
  readonly params: ParsedParams<Id>
  readonly query: ParsedQuery<Id>
  readonly body: ParsedBody<Id>
  readonly headers: Headers
  readonly address: string
}

/** The same request of a member; keys and client accounts have no account. */
export function accountRequestOf<Id extends OperationId>(request: ActorRequest<Id>): AccountRequest<Id> {
  const { context, actor, params, query, body, headers } = request
  const { accountId, sessionId, name, operator, address } = actor
  if (accountId === null || sessionId === null) {
    throw new Fault('forbidden', 'Only a member who is signed in has an account: no key, no client account.')
  }
  return { context, person: { accountId, sessionId, name, operator }, params, query, body, headers, address }
}
