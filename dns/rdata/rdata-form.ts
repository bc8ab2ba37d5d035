import type { KindName } from './kinds.ts'
import { layoutOf } from './layouts.ts'
import { parseRdata } from './parse-rdata.ts'
import { printKnown, printRdata } from './print-rdata.ts'
import { joinTxt, splitTxt } from './txt.ts'
import { type RdataField, TYPE_TABLE } from './type-table.ts'

// Kinds whose text stands in quotes in a zone file, and without them in a form.
const QUOTED: ReadonlySet<KindName> = new Set<KindName>(['string', 'optionalString', 'text'])

/**
 * The fields of a type in their order, for a form: name, kind and a few plain words of help. None for a type that is
 * not understood, whose data is written as a whole.
 *
 * @example rdataFields(15).map((field) => field.name)
 * // ['preference', 'host']
 */
export function rdataFields(type: number): readonly RdataField[] {
  return TYPE_TABLE[type] ?? []
}

/** The types that have fields, in order of their numbers. */
export function typedTypes(): number[] {
  return Object.keys(TYPE_TABLE).map(Number)
}

/**
 * The values of a type's fields, in the order of `rdataFields`, from a record's text. Texts come without their quotes,
 * their escapes kept; the pieces of TXT come as one plain text when cutting it again gives the same pieces. `joinRdata` is the way back.
 *
 * @example splitRdata(257, '0 issue "letsencrypt.org"')
 * // { values: ['0', 'issue', 'letsencrypt.org'] }
 */
export function splitRdata(type: number, text: string, origin?: string): { values: string[] } | { error: string } {
  const parsed = parseRdata(type, text, origin)
  if ('error' in parsed) return parsed
  const fields = rdataFields(type)
  if (fields.length === 0) return { values: [printRdata(type, parsed.rdata)] }
  const values = printKnown(type, parsed.rdata, origin)
  return { values: values.map((value, i) => unquoted(value, fields[i]?.kind)) }
}

/**
 * A record's text from the values of a form, in the order of `rdataFields`. Texts may come with or without quotes,
 * of any length.
 *
 * @example joinRdata(16, ['v=spf1 -all'])
 * // { text: '"v=spf1 -all"' }
 */
export function joinRdata(
  type: number,
  values: readonly string[],
  origin?: string,
): { text: string } | { error: string } {
  const fields = rdataFields(type)
  const parts = fields.length === 0 ? values : fields.map((field, i) => quoted(values[i] ?? '', field.kind))
  const parsed = parseRdata(type, parts.join(' '), origin)
  if ('error' in parsed) return parsed
  return {
    text: printRdata(type, parsed.rdata, layoutOf(type) !== undefined && origin !== undefined ? { origin } : {}),
  }
}

function unquoted(value: string, kind: KindName | undefined): string {
  if (kind === 'strings') {
    const joined = joinTxt(value)
    return splitTxt(joined) === value && !joined.startsWith('"') ? joined : value
  }
  const bare = value.slice(1, -1)
  // Kept in quotes: what would be taken for quoted when it comes back, and an empty text that could also be left out.
  const keep = bare.startsWith('\\"') || (kind === 'optionalString' && bare === '')
  return kind !== undefined && QUOTED.has(kind) && value !== '' && !keep ? bare : value
}

function quoted(value: string, kind: KindName): string {
  if (kind === 'strings') return value.startsWith('"') ? value : splitTxt(value)
  if (!QUOTED.has(kind) || (kind === 'optionalString' && value === '')) return value.trim()
  return value.startsWith('"') ? value : `"${value.replace(/(\\.)|"/gs, (found) => (found === '"' ? '\\"' : found))}"`
}
