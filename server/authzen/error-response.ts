import type { Fault } from '../fault.ts'
import { problemResponse } from '../http/problem-response.ts'

const paths = '/access/v1/'

/** Whether a path is one of the Authorization API's. */
export function isAuthzenPath(path: string): boolean {
  return path.startsWith(paths)
}

/**
 * An error as the Authorization API wants it: the message as text, and 400 for whatever is wrong with the request
 * (https://openid.net/specs/authorization-api-1_0.html#section-10.1.2).
 */
export function authzenError(fault: Fault): Response {
  const { status, headers } = problemResponse(fault)
  headers.set('content-type', 'text/plain; charset=utf-8')
  return new Response(fault.message, { status: status === 422 ? 400 : status, headers })
}
