import { nameToWire, parseName, typeName, typeNumber } from '@zoneward/dns'
import type { RecordRef } from '@zoneward/permissions'
import { invalidField } from '../fault.ts'

/**
 * The labels of a normal name as the access core wants them: bytes without escapes, letters in lower case. A label that
 * has a dot in it stays one label.
 */
export function accessLabels(name: string): string[] {
  const wire = nameToWire(name)
  const labels: string[] = []
  for (let at = 0; at < wire.length; ) {
    const length = wire[at] ?? 0
    if (length > 0) labels.push(String.fromCharCode(...wire.subarray(at + 1, at + 1 + length)).replace(/[A-Z]/g, lower))
    at += length + 1
  }
  return labels
}

/** The record that a request names, or what is wrong with the name. */
export function recordRef(record: { name: string; type: string }, path: string): RecordRef {
  const parsed = parseName(record.name, '.')
  if ('error' in parsed) throw invalidField(`${path}.name`, parsed.error)
  const type = typeNumber(record.type)
  if (type === undefined) {
    throw invalidField(`${path}.type`, `"${record.type}" is no record type: write one such as TXT or TYPE65280.`)
  }
  return { labels: accessLabels(parsed.name), type: typeName(type) }
}

const lower = (letter: string) => letter.toLowerCase()
