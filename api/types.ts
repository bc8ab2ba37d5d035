import type { z } from './json.ts'
import type { OperationId } from './paths.ts'
import type { problem } from './schemas/problem.ts'
import type { operations } from './table.ts'

type Table = typeof operations
type Input<T> = T extends z.ZodType ? z.input<T> : undefined
type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Part<Id extends OperationId, Key extends string> = Table[Id] extends { [K in Key]: infer T } ? T : undefined

/** What a client sends and gets: `ParamsOf<'zones.read'>`, `BodyOf<…>`, `QueryOf<…>`, `AnswerOf<…>`. */
export type ParamsOf<Id extends OperationId> = Input<Part<Id, 'params'>>
export type QueryOf<Id extends OperationId> = Input<Part<Id, 'query'>>
export type BodyOf<Id extends OperationId> = Input<Part<Id, 'body'>>
export type AnswerOf<Id extends OperationId> = Parsed<Part<Id, 'response'>>

/** What a write is answered with 202, where it became a proposal instead. */
export type AcceptedOf<Id extends OperationId> = Parsed<Part<Id, 'accepted'>>

/** The same after parsing: what a handler of the server receives. */
export type ParsedParams<Id extends OperationId> = Parsed<Part<Id, 'params'>>
export type ParsedQuery<Id extends OperationId> = Parsed<Part<Id, 'query'>>
export type ParsedBody<Id extends OperationId> = Parsed<Part<Id, 'body'>>

/** One element of a paged answer. */
export type ItemOf<Id extends OperationId> = AnswerOf<Id> extends { items: (infer Item)[] } ? Item : never

export type Problem = z.output<typeof problem>
export type { OperationId } from './paths.ts'
