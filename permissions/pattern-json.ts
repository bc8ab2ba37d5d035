import { foldCase, wrongLabel } from './name-labels.ts'
import { failed, type Parsed, parsed } from './parsed.ts'
import { readTypes } from './pattern-types.ts'
import type { RecordPattern } from './record-patterns.ts'

/**
 * Reads the JSON form of a pattern, which is the pattern itself, from anything that was sent or stored.
 * @example readRecordPattern({ kind: 'below', labels: ['Example', 'com'], types: 'all' })
 * // { ok: true, value: { kind: 'below', labels: ['example', 'com'], types: 'all' } }
 */
export function readRecordPattern(json: unknown): Parsed<RecordPattern> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return failed('A pattern is an object such as {"kind":"below","labels":["example","com"],"types":"all"}')
  }
  const { kind, labels, label, under, types, ...others } = json as Record<string, unknown>
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) return failed(`A pattern has no "${unknown}": it has kind, labels or label, under, types`)
  const readTypesOf = types === 'all' || isTexts(types) ? readTypes(types) : failed('types is "all" or a list of types')
  if (!readTypesOf.ok) return readTypesOf
  if (kind === 'first_label') return readFirstLabel(label, under, labels, readTypesOf.value)
  if (kind !== 'exact' && kind !== 'below' && kind !== 'strictly_below') {
    return failed(`kind is "${String(kind)}": it is one of exact, below, strictly_below, first_label`)
  }
  if (label !== undefined || under !== undefined) return failed(`label and under go with first_label, not with ${kind}`)
  const name = readLabelList('labels', labels)
  return name.ok ? parsed({ kind, labels: name.value, types: readTypesOf.value }) : name
}

function readFirstLabel(
  label: unknown,
  under: unknown,
  labels: unknown,
  types: RecordPattern['types'],
): Parsed<RecordPattern> {
  if (labels !== undefined) return failed('first_label has one label, not labels')
  const first = readLabelList('label', [label])
  if (!first.ok) return first
  const [text = ''] = first.value
  const above = readLabelList('under', under ?? [])
  if (!above.ok) return above
  const pattern = { kind: 'first_label', label: text, types } as const
  return parsed(above.value.length === 0 ? pattern : { ...pattern, under: above.value })
}

function readLabelList(field: string, value: unknown): Parsed<string[]> {
  if (!isTexts(value)) return failed(`${field} is a list of labels such as ["example","com"]`)
  for (const label of value) {
    const wrong = wrongLabel(label, value.join('.')) ?? wrongCharacter(label)
    if (wrong !== null) return failed(`${field}: ${wrong}`)
  }
  const octets = value.reduce((sum, label) => sum + label.length + 1, 1)
  return octets > 255
    ? failed(`${field}: a name has at most 255 octets, this has ${octets}`)
    : parsed(value.map(foldCase))
}

function wrongCharacter(label: string): string | null {
  return [...label].some((char) => char > 'ÿ') ? `"${label}" is no label of bytes: write it as xn--` : null
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
