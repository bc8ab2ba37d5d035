import type {
  AcceptedOf,
  AnswerOf,
  OperationId,
  operations,
  ParsedBody,
  ParsedParams,
  ParsedQuery,
} from '@zoneward/api'
import type { Context } from '../context.ts'
import type { Accepted } from './accepted.ts'
import type { ActorRequest } from './request.ts'

/** What a handler of a public operation gets: nobody is known. */
export type PublicRequest<Id extends OperationId> = {
  readonly id: Id
  readonly context: Context
  readonly params: ParsedParams<Id>
  readonly query: ParsedQuery<Id>
  readonly body: ParsedBody<Id>
  readonly headers: Headers
  readonly answerHeaders: Headers
  readonly address: string
}

type RequestOf<Id extends OperationId> = (typeof operations)[Id]['permission'] extends null
  ? PublicRequest<Id>
  : ActorRequest<Id>
// An operation with a media type of its own answers text or a stream.
type Answer<Id extends OperationId> = (typeof operations)[Id] extends { media: string }
  ? string | ReadableStream
  : (typeof operations)[Id] extends { accepted: unknown }
    ? AnswerOf<Id> | Accepted<AcceptedOf<Id>>
    : AnswerOf<Id>

/** One handler for every operation of the table; a feature's routes.ts has some of them. */
export type Handlers = { [Id in OperationId]: (request: RequestOf<Id>) => Promise<Answer<Id>> }

/** The handlers of a feature: `export const routes = { … } satisfies Routes<'zones.list' | 'zones.read'>`. */
export type Routes<Id extends OperationId> = Pick<Handlers, Id>
