import { scope, z } from '../json.ts'

/** Every error, as application/problem+json (RFC 9457). */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum([
      'invalid',
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'rate_limited',
      'upstream',
      'internal',
    ]),
    detail: z.string().optional(),
    /** Which fields of the request are wrong, and what would be right. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Which lines of a zone file are wrong. */
    lines: z.array(z.object({ line: z.int(), message: z.string() })).optional(),
    /** forbidden: the permission that is missing, where, why the nearest grant does not help, and who can give it. */
    permission: z.string().optional(),
    nearest: z.array(z.string()).optional(),
    who_can_give: z.array(z.string()).optional(),
    /** forbidden: what POST /v1/access-requests takes to ask for the smallest grant that would allow it, if one would. */
    ask: z
      .object({
        permission: z.string(),
        resource: scope,
        record: z.object({ name: z.string(), type: z.string() }).nullable(),
      })
      .optional(),
    /** conflict: the assertion that the change would break, and by which way: who, team, role, scope, place. */
    assertion: z.object({ id: z.string(), sentence: z.string() }).optional(),
    path: z.array(z.string()).optional(),
    retry_after: z.int().optional(),
  })
  .meta({ id: 'Problem' })
