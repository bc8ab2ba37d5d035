import { intersect, type RecordPattern } from '@zoneward/permissions'
import { accessLabels } from '../access/record-ref.ts'

/** Whether a pattern covers any name of a zone, which is named as people write it. A fixed first label may stand anywhere. */
export function liesInZone(pattern: RecordPattern, zoneName: string): boolean {
  const labels = accessLabels(zoneName === '.' ? '.' : `${zoneName}.`)
  return intersect(pattern, { kind: 'below', labels, types: 'all' }).length > 0
}
