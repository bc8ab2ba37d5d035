import type { z } from '@zoneward/api'

/**
 * What a schema refused, field by field. A field that is not known is named itself, not the object around it: a bound
 * whose name is mistyped must never be taken for no bound.
 */
export function wrongFields(error: z.ZodError, place: string): { path: string; message: string }[] {
  return error.issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [undefined]
    return unknown.map((key) => ({
      path: [...issue.path, ...(key === undefined ? [] : [key])].join('.') || place,
      message: issue.message,
    }))
  })
}
