import { printLabel, readLabels, type WrittenLabel } from './name-labels.ts'
import { failed, type Parsed, parsed } from './parsed.ts'
import { readTypes } from './pattern-types.ts'
import type { NamePattern, RecordPattern } from './record-patterns.ts'

/**
 * Reads `<names> [under <name>] [<TYPE>,<TYPE>…]`; without types it means all of them.
 * @example parseRecordPattern('_acme-challenge.** TXT')
 * // { ok: true, value: { kind: 'first_label', label: '_acme-challenge', types: ['TXT'] } }
 */
export function parseRecordPattern(text: string): Parsed<RecordPattern> {
  const [names, ...rest] = text.trim().split(/\s+/)
  if (names === undefined || names === '') {
    return failed('A pattern is empty: write a name such as "www.example.com" or "**.example.com"')
  }
  const under = rest[0]?.toLowerCase() === 'under' ? rest.splice(0, 2)[1] : undefined
  const name = readNames(names)
  if (!name.ok) return name
  const bounded = under === undefined ? name : readUnder(name.value, under)
  if (!bounded.ok) return bounded
  const types = readTypes(rest.length === 0 ? 'all' : rest.join('').split(','))
  return types.ok ? parsed({ ...bounded.value, types: types.value }) : types
}

/** @example printRecordPattern({ kind: 'below', labels: ['example', 'com'], types: 'all' }) // '**.example.com' */
export function printRecordPattern(pattern: RecordPattern): string {
  const types = pattern.types === 'all' ? '' : ` ${pattern.types.join(',')}`
  return printNames(pattern) + types
}

function printNames(pattern: NamePattern): string {
  if (pattern.kind === 'first_label') {
    const under = pattern.under === undefined ? '' : ` under ${printName(pattern.under)}`
    return `${printLabel(pattern.label)}.**${under}`
  }
  if (pattern.kind === 'exact') return printName(pattern.labels)
  return [pattern.kind === 'below' ? '**' : '+', ...pattern.labels.map(printLabel)].join('.')
}

function printName(labels: readonly string[]): string {
  return labels.length === 0 ? '.' : labels.map(printLabel).join('.')
}

function readNames(text: string): Parsed<NamePattern> {
  if (text === '.') return parsed({ kind: 'exact', labels: [] })
  const read = readLabels(text)
  if (!read.ok) return read
  const [first, ...others] = read.value
  if (first === undefined) return failed('A pattern is empty: write a name such as "www.example.com"')
  const texts = others.map((label) => label.text)
  const last = others.at(-1)
  if (last !== undefined && isSign(last, '**')) return readFirstLabel(text, first, others)
  const stray = others.find((label) => isSign(label, '**') || isSign(label, '+'))
  if (stray !== undefined) {
    return failed(
      `"${text}" has "${stray.text}" in the middle: it stands first ("**.example.com"), or "**" last after one label ("_acme-challenge.**")`,
    )
  }
  if (isSign(first, '**')) return parsed({ kind: 'below', labels: texts })
  if (isSign(first, '+')) return parsed({ kind: 'strictly_below', labels: texts })
  return parsed({ kind: 'exact', labels: [first.text, ...texts] })
}

function readFirstLabel(text: string, first: WrittenLabel, others: readonly WrittenLabel[]): Parsed<NamePattern> {
  if (others.length !== 1 || isSign(first, '**') || isSign(first, '+')) {
    return failed(`"${text}" ends in "**" after more than one plain label: write one, as in "_acme-challenge.**"`)
  }
  return parsed({ kind: 'first_label', label: first.text })
}

function readUnder(pattern: NamePattern, text: string): Parsed<NamePattern> {
  if (pattern.kind !== 'first_label') {
    return failed(`"under ${text}" goes with a fixed first label only: write "_acme-challenge.** under ${text}"`)
  }
  const name = readNames(text)
  if (!name.ok) return name
  if (name.value.kind !== 'exact') return failed(`"under ${text}" wants a plain name such as "under example.com"`)
  return parsed(name.value.labels.length === 0 ? pattern : { ...pattern, under: name.value.labels })
}

function isSign(label: WrittenLabel, sign: '**' | '+'): boolean {
  return label.text === sign && !label.escaped
}
