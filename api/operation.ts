import type { Permission } from '@zoneward/permissions'
import type { z } from './json.ts'

/**
 * Where the permission of an operation is asked:
 * `public` nobody asks; `self` any signed-in caller, about itself; `operator` whoever runs the instance; `list` the answer is filtered to what the caller
 * holds the permission at; `records` at each record that the body touches, in the zone of the path; `body` the scope stands in the body and the server's feature asks; otherwise the scope itself.
 */
export type Asked =
  | 'public'
  | 'self'
  | 'operator'
  | 'list'
  | 'body'
  | 'organization'
  | 'customer'
  | 'provider'
  | 'hosting'
  | 'zone'
  | 'records'

export type Operation = {
  summary: string
  /** null: public; 'self': signed in is enough. */
  permission: Permission | 'self' | null
  asked: Asked
  /** The audit event that a success leaves; null for reads. */
  audit: string | null
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response: z.ZodType
  status: 200 | 201 | 204
  /** The answer, with 202, to a write that somebody else has to approve first. */
  accepted?: z.ZodType
  /** It changes who may do what: it can be previewed, and is refused where it would break an assertion. */
  changesAccess?: true
  /** The content type where it is not JSON. */
  media?: 'application/x-ndjson' | 'text/dns'
}
