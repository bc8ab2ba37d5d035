import {
  foldName,
  isAtOrBelow,
  labelsOf,
  nameToWire,
  parseName,
  relativeName,
  toAsciiName,
  typeName,
} from '@zoneward/dns'
import type { RecordRef } from '@zoneward/permissions'

/** A name as answers show it: without the final dot; the root stays ".". */
export function shownName(name: string): string {
  return name === '.' ? name : name.slice(0, -1)
}

/** A record's name inside its zone: "@", "www". Below the root, the name itself without its dot. */
export function shownOwner(owner: string, apex: string): string {
  return relativeName(owner, apex)
}

/** A record for people: `www A`. */
export function shownRecord(record: { owner: string; type: number }, apex: string): string {
  return `${shownOwner(record.owner, apex)} ${typeName(record.type)}`
}

/** A record as the access model sees it: labels of bytes, unescaped, in lower case. */
export function recordRef(owner: string, type: number): RecordRef {
  return { labels: labelsOfBytes(owner), type: typeName(type) }
}

/** The labels of a normal name, unescaped, one character a byte, in lower case. */
export function labelsOfBytes(name: string): string[] {
  const folded = foldName(name)
  if (!folded.includes('\\')) return labelsOf(folded)
  const wire = Buffer.from(nameToWire(folded))
  const labels: string[] = []
  for (let at = 0; (wire[at] ?? 0) !== 0; at += (wire[at] ?? 0) + 1)
    labels.push(wire.toString('latin1', at + 1, at + 1 + (wire[at] ?? 0)))
  return labels
}

/**
 * A record's name as people and programs write it. With a final dot it is absolute; without one it is taken as it stands
 * when it already lies in the zone ("www.example.com"), else it is completed with the zone ("www"). "@" is the zone.
 */
export function readRecordName(text: string, apex: string): { owner: string } | { error: string } {
  const ascii = toAsciiName(text.trim())
  if ('error' in ascii) return ascii
  const written = ascii.text
  const absolute = parseName(written === '@' || written.endsWith('.') ? written : `${written}.`, apex)
  if ('name' in absolute && isAtOrBelow(absolute.name, apex)) return { owner: absolute.name }
  const completed = parseName(written, apex)
  if ('error' in completed) return completed
  if (isAtOrBelow(completed.name, apex)) return { owner: completed.name }
  return { error: `"${shownName(completed.name)}" does not lie in the zone ${shownName(apex)}` }
}
