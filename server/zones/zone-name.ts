import { foldName, parentOf, parseName, toAsciiName } from '@zoneward/dns'
import { getPublicSuffix, parse as parseSuffix } from 'tldts'

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

/** Is the name the root, or one below which the public registers names ("com", "co.uk", "github.io")? */
export function isPublicSuffix(name: string): boolean {
  if (name === '.') return true
  const host = foldName(name).slice(0, -1)
  const options = {
    allowPrivateDomains: true,
    allowIcannDomains: true,
    validateHostname: false,
    extractHostname: false,
  }
  // A suffix that no list knows is answered by the rule "*", which says nothing about a name of one label.
  return getPublicSuffix(host, options) === host && isListed(host, options)
}

function isListed(host: string, options: Parameters<typeof getPublicSuffix>[1]): boolean {
  const { isIcann, isPrivate } = parseSuffix(host, options)
  return isIcann === true || isPrivate === true
}

/** The name and the names above it, without public suffixes: where another's zone would stand in the way. */
export function ownNamesAbove(name: string): string[] {
  const names: string[] = []
  for (let at: string | undefined = foldName(name); at !== undefined; at = parentOf(at))
    if (at === foldName(name) || !isPublicSuffix(at)) names.push(at)
  return names
}
