const aFew = 2_000
const many = 50_000

/**
 * How long the guarded transaction of so many records may take: the usual second for edits by hand. A revocation waits
 * for it, so it is as short as the records allow; everything that can be done before it begins is done before.
 */
export function howLong(records: number): { longest?: `${number}s` } {
  if (records <= aFew) return {}
  return { longest: records <= many ? '8s' : '20s' }
}
