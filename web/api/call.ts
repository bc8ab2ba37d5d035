import { type OperationId, paths } from '@zoneward/api/paths'
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from '@zoneward/api/types'
import { readViewAs } from '../session/view-as.ts'
import { Fault, readFault } from './fault.ts'

type Part<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: never }
  : Record<never, never> extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value }

/** The parts of a request that an operation takes; parts it does not take do not compile. */
export type Parts<Id extends OperationId> = Part<'params', ParamsOf<Id>> &
  Part<'query', QueryOf<Id>> &
  Part<'body', BodyOf<Id>>

export type Wire = {
  signal?: AbortSignal
  /** The serial that the caller saw; the server refuses when somebody changed the zone since. */
  ifMatch?: number
  /** Repeats of one intention carry one key, so that they are carried out once. */
  idempotencyKey?: string
  /** As the staff session itself, also from the address of a portal that is only looked at. */
  asStaff?: boolean
}

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** One request to the API: `await call('zones.read', { params: { zone_id } })`; throws a Fault. */
export async function call<Id extends OperationId>(id: Id, parts: Parts<Id>, wire: Wire = {}): Promise<AnswerOf<Id>> {
  const [method, path] = paths[id]
  const { params, query, body } = parts as Loose
  const answer = await fetch(addressOf(path, params ?? {}, query ?? {}), {
    method,
    headers: headersOf(method, body !== undefined, wire),
    // A guest is nobody but its link, also in a browser where somebody is signed in.
    credentials: guestToken() === undefined ? 'same-origin' : 'omit',
    body: body === undefined ? null : JSON.stringify(body),
    signal: wire.signal ?? null,
  }).catch((error: unknown) => {
    if (wire.signal?.aborted) throw error
    throw new Fault({ code: 'unreachable', detail: 'The server cannot be reached. Nothing was lost; try again.' })
  })
  if (!answer.ok) throw await readFault(answer)
  if (answer.status === 204) return null as AnswerOf<Id>
  const json =
    answer.headers.get('content-type')?.includes('json') && !answer.headers.get('content-type')?.includes('ndjson')
  return (json ? await answer.json() : await answer.text()) as AnswerOf<Id>
}

/** Fills `{names}` of a path and appends a query; absent values are left out. */
export function addressOf(path: string, params: Record<string, string>, query: Record<string, unknown>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? filled : `${filled}?${text}`
}

function headersOf(method: string, hasBody: boolean, wire: Wire): Record<string, string> {
  const portal = portalOf(window.location.pathname)
  const guest = guestToken()
  const viewAs = guest === undefined && !wire.asStaff ? readViewAs() : null
  return {
    accept: 'application/json, application/problem+json, application/x-ndjson',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    // The cookie of which realm counts is decided by the address the person looks at.
    ...(portal && !wire.asStaff ? { 'zoneward-portal': portal } : {}),
    ...(guest === undefined ? {} : { authorization: `Bearer ${guest}` }),
    ...(viewAs === null ? {} : { 'zoneward-view-as': viewAs }),
    ...(method === 'POST' ? { 'idempotency-key': wire.idempotencyKey ?? crypto.randomUUID() } : {}),
    ...(wire.ifMatch === undefined ? {} : { 'if-match': `"${wire.ifMatch}"` }),
  }
}

/** The slug of the portal an address belongs to; undefined in the console. */
export function portalOf(pathname: string): string | undefined {
  const slug = /^\/portal\/([^/]+)/.exec(pathname)?.[1]
  return slug === undefined ? undefined : decodeURIComponent(slug)
}

/** The secret of a guest link, on the page that it opens; it stands behind the #, which is sent to nobody. */
export function guestToken(): string | undefined {
  if (window.location.pathname !== '/guest') return undefined
  return decodeURIComponent(window.location.hash.slice(1)) || undefined
}
