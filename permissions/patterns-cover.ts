import type { Permission } from './permissions.ts'
import { covers, coversBelow, type RecordPattern } from './record-patterns.ts'
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
 * Whether patterns leave the permission for any record at all. A name alone, without what is below it, leaves no
 * delegation to write.
 * @example leavesSome([{ kind: 'exact', labels: ['a', 'b'], types: ['NS'] }], 'records.write') // false
 */
export function leavesSome(patterns: readonly RecordPattern[], permission: Permission): boolean {
  if (permission === 'zones.view' || !putsRecordsInPlace(permission)) return patterns.length > 0
  return patterns.some(({ kind, types }) => {
    const branch = kind === 'below' || kind === 'strictly_below'
    return types === 'all' || types.some((type) => branch || !hidesBelow(canonicalType(type)))
  })
}

// Who writes a delegation or a DNAME hides the records below it, so these have to be within the pattern too. The NS
// records of the apex hide nothing and have a permission of their own.
function putsRecordsInPlace(permission: Permission): boolean {
  return permission === 'records.write' || permission === 'records.dmarc.write' || permission === 'changes.approve'
}
