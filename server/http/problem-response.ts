import { Fault, type FaultCode } from '../fault.ts'

const kinds: Record<FaultCode, readonly [status: number, title: string]> = {
  invalid: [422, 'Something in the request is not right'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  conflict: [409, 'It is not as it was'],
  rate_limited: [429, 'Too many tries'],
  upstream: [502, 'Another server did not answer as it should'],
  internal: [500, 'Something went wrong here'],
}

/**
 * A Fault as application/problem+json (RFC 9457). Nothing of it depends on the request but what the Fault says, so a
 * foreign id and one that never was are answered with the same bytes.
 */
export function problemResponse(fault: Fault): Response {
  const body = problemOf(fault)
  const { status } = body
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (fault.facts.retry_after) headers.set('retry-after', String(fault.facts.retry_after))
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(body), { status, headers })
}

/** What an answer says of a Fault. */
export function problemOf(fault: Fault) {
  const [usual, title] = kinds[fault.code]
  const { status = usual, ...facts } = fault.facts
  return {
    type: `urn:zoneward:problem:${fault.code}`,
    title,
    status,
    code: fault.code,
    detail: fault.message,
    ...facts,
  }
}

export function internalFault(): Fault {
  return new Fault('internal', 'The server could not finish this. Nothing was changed; the log has the request id.')
}
