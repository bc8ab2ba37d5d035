import { printRecordPattern, type RecordPattern } from '@zoneward/permissions'

/** Patterns as requests write them: a text for the names, a list of types or none for all. */
export function showPatterns(patterns: readonly RecordPattern[]): { names: string[]; types?: string[] }[] {
  return patterns.map((pattern) => {
    const names = [printRecordPattern({ ...pattern, types: 'all' })]
    return pattern.types === 'all' ? { names } : { names, types: [...pattern.types] }
  })
}
