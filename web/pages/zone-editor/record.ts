import type { ItemOf } from '@zoneward/api/types'
import { foldName, isAtOrBelow, nameToWire, parseName, relativeName, toAsciiName } from '@zoneward/dns'

export type ZoneRecord = ItemOf<'records.list'>

/** What a person writes about a record; `owner` as it is shown inside the zone, `data` as a zone file has it. */
export type Values = { owner: string; type: string; ttl: number; data: string }

/** The zone's name as a normal name, with its final dot. */
export function apexOf(zoneName: string): string {
  const parsed = parseName(zoneName.endsWith('.') ? zoneName : `${zoneName}.`)
  return 'name' in parsed ? parsed.name : '.'
}

export function valuesOf({ owner, type, ttl, data }: Values): Values {
  return { owner, type, ttl, data }
}

export function sameValues(a: Values, b: Values): boolean {
  return a.owner === b.owner && a.type === b.type && a.ttl === b.ttl && a.data === b.data
}

/** The normal name of an owner as it is shown: "@", "www", or an absolute name with its final dot. */
export function absoluteOwner(owner: string, apex: string): string {
  const parsed = parseName(owner, apex)
  return 'name' in parsed ? parsed.name : apex
}

/**
 * A name as people type it, read as the server reads it: what already ends in the zone's name is taken as it stands,
 * everything else is completed with it.
 *
 * @example readOwner('www.example.com', 'example.com.')
 * // { owner: 'www', name: 'www.example.com.' }
 */
export function readOwner(text: string, apex: string): { owner: string; name: string } | { error: string } {
  const written = text.trim()
  if (written === '') return { error: 'Write a name, or @ for the zone itself.' }
  const ascii = toAsciiName(written)
  if ('error' in ascii) return ascii
  const absolute = parseName(ascii.text === '@' || ascii.text.endsWith('.') ? ascii.text : `${ascii.text}.`, apex)
  const read = 'name' in absolute && isAtOrBelow(absolute.name, apex) ? absolute : parseName(ascii.text, apex)
  if ('error' in read) return read
  if (!isAtOrBelow(read.name, apex)) {
    return { error: `${bare(read.name)} does not lie in the zone ${bare(apex)}.` }
  }
  return { owner: relativeName(read.name, apex), name: read.name }
}

/** The name that was meant where the zone's name was typed twice; undefined where it was not. */
export function doubledName(name: string, apex: string): string | undefined {
  if (apex === '.' || !isAtOrBelow(name, apex)) return undefined
  const relative = relativeName(name, apex)
  const zone = foldName(bare(apex))
  const folded = foldName(relative)
  if (folded === zone) return bare(apex)
  return folded.endsWith(`.${zone}`) ? relative : undefined
}

/** A name without its final dot; the root stays ".". */
export function bare(name: string): string {
  return name === '.' ? name : name.replace(/\.$/, '')
}

/** The labels of a normal name, unescaped, in lower case: what permissions are decided on. */
export function labelsUnescaped(name: string): string[] {
  const wire = nameToWire(foldName(name))
  const labels: string[] = []
  for (let at = 0; (wire[at] ?? 0) !== 0; at += (wire[at] ?? 0) + 1) {
    labels.push(String.fromCharCode(...wire.subarray(at + 1, at + 1 + (wire[at] ?? 0))))
  }
  return labels
}
