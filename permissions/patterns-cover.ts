import type { Permission } from './permissions.ts'
import { areWithin, covers, coversBelow, notWithin, type RecordPattern } from './record-patterns.ts'
import { canonicalType, hidesBelow } from './record-permission.ts'
import type { RecordRef } from './scopes.ts'

/**
 * Whether patterns leave the permission for this record. Without a record they leave `zones.view`, of name and
 * serial, and `records.view`, of some records; anything else wants to know which record.
 * @example patternsCover([], 'records.write', undefined) // false
 */
export function patternsCover(
  patterns: readonly RecordPattern[],
  permission: Permission,
  record: RecordRef | undefined,
): boolean {
  if (permission === 'zones.view') return patterns.length > 0
  if (record === undefined) return permission === 'records.view' && patterns.length > 0
  const type = canonicalType(record.type)
  const wholeBranch = hidesBelow(type) && putsRecordsInPlace(permission)
  for (const pattern of patterns) {
    if (covers(pattern, record.labels, type) && (!wholeBranch || coversBelow(pattern, record.labels))) return true
  }
  return false
}

/**
 * The patterns without the types that they leave the permission for in name only: a name alone, without what is below
 * it, leaves no delegation to write.
 * @example usablePatterns([{ kind: 'exact', labels: ['a', 'b'], types: ['NS'] }], 'records.write') // []
 */
export function usablePatterns(patterns: readonly RecordPattern[], permission: Permission): RecordPattern[] {
  if (!putsRecordsInPlace(permission)) return [...patterns]
  return patterns.flatMap((pattern) => {
    const { kind, types } = pattern
    if (types === 'all' || kind === 'below' || kind === 'strictly_below') return [pattern]
    const left = types.filter((type) => !hidesBelow(canonicalType(type)))
    return left.length === 0 ? [] : [{ ...pattern, types: left }]
  })
}

/**
 * What of `inner` lies within none of `outer`, where a name and all below it may also lie within two of them: one for
 * the name, one for the rest. Of a delegation at the name they leave nothing, since it needs one for both.
 * @example notUsableWithin([{ kind: 'below', labels: ['b'], types: ['A', 'NS'] }], [{ kind: 'exact', labels: ['b'], types: 'all' }, { kind: 'strictly_below', labels: ['b'], types: 'all' }], 'records.write')
 * // [{ kind: 'below', labels: ['b'], types: ['NS'] }]
 */
export function notUsableWithin(
  inner: readonly RecordPattern[],
  outer: readonly RecordPattern[],
  permission: Permission,
): RecordPattern[] {
  const wholeOnly = putsRecordsInPlace(permission)
  return notWithin(inner, outer).flatMap((each): RecordPattern[] => {
    if (each.kind !== 'below') return [each]
    const { labels } = each
    const inTwo = (types: RecordPattern['types']) =>
      areWithin([{ kind: 'exact', labels, types }], outer) &&
      areWithin([{ kind: 'strictly_below', labels, types }], outer)
    if (each.types === 'all') return !wholeOnly && inTwo('all') ? [] : [each]
    const left = each.types.filter((type) => (wholeOnly && hidesBelow(canonicalType(type))) || !inTwo([type]))
    return left.length === 0 ? [] : [{ ...each, types: left }]
  })
}

// Who writes a delegation or a DNAME hides the records below it, so these have to be within the pattern too. The NS
// records of the apex hide nothing and have a permission of their own.
function putsRecordsInPlace(permission: Permission): boolean {
  return permission === 'records.write' || permission === 'records.dmarc.write' || permission === 'changes.approve'
}
