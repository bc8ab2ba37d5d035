import { foldName, parentOf, parseName, toAsciiName } from '@zoneward/dns'
import { getPublicSuffix } from 'tldts'

/** A zone's name as people type it, as a normal name; international names in their ASCII form. */
export function readZoneName(text: string): { name: string } | { error: string } {
  const ascii = toAsciiName(text.trim())
  if ('error' in ascii) return ascii
  const written = ascii.text === '.' || ascii.text.endsWith('.') ? ascii.text : `${ascii.text}.`
  const parsed = parseName(written)
  if ('error' in parsed) return parsed
  if (parsed.name.startsWith('*.'))
    return { error: 'A zone cannot begin with "*": make the zone above it, and the record "*" in it' }
  return parsed
}

/**
 * Is the name the root, or one below which the public registers names ("com", "co.uk", "github.io")? A name of one
 * label that no list knows is one too: the list's own rule for those is "*".
 */
export function isPublicSuffix(name: string): boolean {
  if (name === '.') return true
  const host = foldName(name).slice(0, -1)
  const options = { allowPrivateDomains: true, validateHostname: false, extractHostname: false }
  return getPublicSuffix(host, options) === host
}

/** The name and the names above it, without public suffixes: where another's zone would stand in the way. */
export function ownNamesAbove(name: string): string[] {
  const names: string[] = []
  for (let at: string | undefined = foldName(name); at !== undefined; at = parentOf(at))
    if (at === foldName(name) || !isPublicSuffix(at)) names.push(at)
  return names
}
