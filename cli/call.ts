import { randomUUID } from 'node:crypto'
import { type OperationId, paths } from '@zoneward/api/paths'
import type { AnswerOf, BodyOf, ItemOf, ParamsOf, Problem, QueryOf } from '@zoneward/api/types'
import type { Connection } from './connection.ts'
import { CommandError } from './problem.ts'

type Part<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: never }
  : Record<never, never> extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value }

/** What an operation takes; parts that it does not take do not compile. */
export type Parts<Id extends OperationId> = Part<'params', ParamsOf<Id>> &
  Part<'query', QueryOf<Id>> &
  Part<'body', BodyOf<Id>>

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** Beside the parts: the serial that a change was made from, or a session's cookie instead of the key. */
export type Wire = { ifMatch?: string | number; cookie?: string }

/** One request to the API; throws a CommandError with the server's words. */
export async function call<Id extends OperationId>(
  connection: Pick<Connection, 'url'> & Partial<Connection>,
  id: Id,
  parts: Parts<Id>,
  wire: Wire = {},
): Promise<AnswerOf<Id>> {
  const answer = await send(connection, id, parts as Loose, wire)
  if (answer.status === 204) return null as AnswerOf<Id>
  const json = /\bjson\b/.test(answer.headers.get('content-type')?.replace('ndjson', '') ?? '')
  return (json ? await answer.json() : await answer.text()) as AnswerOf<Id>
}

/** The answer itself, for what is streamed and for cookies. */
export async function send(
  { url, token }: Pick<Connection, 'url'> & Partial<Connection>,
  id: OperationId,
  { params = {}, query = {}, body }: Loose,
  { ifMatch, cookie }: Wire = {},
): Promise<Response> {
  const [method, path] = paths[id]
  const address = new URL(url)
  address.pathname = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) address.searchParams.set(name, String(value))
  const headers = {
    accept: 'application/json, application/problem+json, application/x-ndjson',
    'user-agent': 'zoneward command line',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(cookie === undefined ? {} : { cookie }),
    ...(cookie === undefined && token !== undefined ? { authorization: `Bearer ${token}` } : {}),
    ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
  }
  const answer = await fetch(address, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    redirect: 'error',
  }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new CommandError(`${url} cannot be reached: ${cause}.`)
  })
  if (!answer.ok) throw await readProblem(answer)
  return answer
}

/** Every item of a list, page by page. */
export async function* everyItem<Id extends OperationId>(
  connection: Connection,
  id: Id,
  parts: Parts<Id>,
): AsyncGenerator<ItemOf<Id>> {
  const loose = parts as Loose
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = { limit: 500, ...loose.query, ...(cursor === '' ? {} : { cursor }) }
    const page = await call(connection, id, { ...loose, query } as Parts<Id>)
    const { items, next } = page as { items: ItemOf<Id>[]; next: string | null }
    yield* items
    cursor = next
  }
}

async function readProblem(answer: Response): Promise<CommandError> {
  const text = await answer.text()
  try {
    const problem = JSON.parse(text) as Problem
    return new CommandError(problem.detail ?? problem.title, problem)
  } catch {
    return new CommandError(`The server answered ${answer.status}, and not as Zoneward does: is the address right?`)
  }
}
