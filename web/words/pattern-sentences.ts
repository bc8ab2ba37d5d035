import { parseRecordPattern, printRecordPattern, type RecordPattern } from '@zoneward/permissions'

type Written = { names: string[]; types?: string[] | undefined }

/** What a pattern covers, in words: "TXT records at www.example.com"; or what is wrong with it and what would be right. */
export type PatternSentence = { text: string; wrong: boolean }

/** One sentence a name: `tellPatternsInWords([{ names: ['_acme-challenge.**'], types: ['TXT'] }])`. */
export function tellPatternsInWords(patterns: Written[]): PatternSentence[] {
  return patterns.flatMap(({ names, types }) =>
    names.map((name) => {
      const read = parseRecordPattern([name, (types ?? []).join(',')].filter(Boolean).join(' '))
      return read.ok ? { text: sentenceOf(read.value), wrong: false } : { text: read.error, wrong: true }
    }),
  )
}

/** The same for a pattern that the server wrote: `tellPatternText('www.example.com A')`; what it does not know stays as it is. */
export function tellPatternText(text: string): string {
  const read = parseRecordPattern(text)
  if (!read.ok) return text
  const sentence = sentenceOf(read.value)
  return sentence.startsWith('Records') ? `r${sentence.slice(1)}` : sentence
}

/** The types that many patterns are written for, in the order of how often. */
export const commonTypes = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'CAA', 'TLSA', 'NS', 'DS'] as const

function sentenceOf(pattern: RecordPattern): string {
  return `${typesOf(pattern.types)} ${whereOf(pattern)}`
}

function typesOf(types: RecordPattern['types']): string {
  if (types === 'all') return 'Records of every type'
  const last = types.at(-1) ?? ''
  return `${types.length < 2 ? last : `${types.slice(0, -1).join(', ')} and ${last}`} records`
}

function whereOf(pattern: RecordPattern): string {
  if (pattern.kind === 'first_label') {
    const under = pattern.under?.length ? ` below ${nameOf(pattern.under)}` : ''
    return `at every name${under} that begins with ${pattern.label}`
  }
  const name = nameOf(pattern.labels)
  if (pattern.kind === 'exact') return `at ${name}, and at no other name`
  if (pattern.kind === 'below') return `at ${name} and at every name below it`
  return `at every name below ${name}, not at ${name} itself`
}

/** The name as it is written, with what has to be escaped escaped. */
function nameOf(labels: readonly string[]): string {
  return labels.length === 0 ? 'the root' : printRecordPattern({ kind: 'exact', labels, types: 'all' })
}
