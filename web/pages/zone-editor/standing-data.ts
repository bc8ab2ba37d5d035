import type { ZoneRecord } from './record.ts'
import type { Line } from './tell-difference.ts'

/** The data that names and types have now, for the names of a difference; the list is gone through once. */
export function standingData(
  rows: readonly ZoneRecord[],
  lines: readonly Line[],
): (name: string, type: string) => string[] {
  const found = new Map<string, string[]>(lines.map(({ name, type }) => [keyOf(name, type), []]))
  for (const { name, type, data } of rows) found.get(keyOf(name, type))?.push(data)
  return (name, type) => found.get(keyOf(name, type)) ?? []
}

function keyOf(name: string, type: string): string {
  return `${name.toLowerCase()} ${type}`
}
