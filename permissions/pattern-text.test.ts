import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRecordPattern } from './pattern-json.ts'
import { parseRecordPattern, printRecordPattern } from './pattern-text.ts'
import type { RecordPattern } from './record-patterns.ts'

test.each<[string, RecordPattern]>([
  ['www.example.com', { kind: 'exact', labels: ['www', 'example', 'com'], types: 'all' }],
  ['WWW.Example.com. all', { kind: 'exact', labels: ['www', 'example', 'com'], types: 'all' }],
  ['**.example.com TXT', { kind: 'below', labels: ['example', 'com'], types: ['TXT'] }],
  ['+.example.com txt, cname', { kind: 'strictly_below', labels: ['example', 'com'], types: ['CNAME', 'TXT'] }],
  ['_acme-challenge.** TXT', { kind: 'first_label', label: '_acme-challenge', types: ['TXT'] }],
  [
    '_acme-challenge.** under example.com TXT',
    { kind: 'first_label', label: '_acme-challenge', under: ['example', 'com'], types: ['TXT'] },
  ],
  ['*.example.com', { kind: 'exact', labels: ['*', 'example', 'com'], types: 'all' }],
  ['**', { kind: 'below', labels: [], types: 'all' }],
  ['.', { kind: 'exact', labels: [], types: 'all' }],
  ['a\\.b.example.com', { kind: 'exact', labels: ['a.b', 'example', 'com'], types: 'all' }],
  ['a\\046b.com', { kind: 'exact', labels: ['a.b', 'com'], types: 'all' }],
  ['\\*\\*.com', { kind: 'exact', labels: ['**', 'com'], types: 'all' }],
  ['a\\\\.', { kind: 'exact', labels: ['a\\'], types: 'all' }],
  ['example.com TYPE16', { kind: 'exact', labels: ['example', 'com'], types: ['TXT'] }],
  ['example.com TYPE65280', { kind: 'exact', labels: ['example', 'com'], types: ['TYPE65280'] }],
])('%s is read', (text, pattern) => {
  expect(parseRecordPattern(text)).toEqual({ ok: true, value: pattern })
})

test.each<[string, string]>([
  ['', 'A pattern is empty'],
  ['a..com', 'has an empty label'],
  ['.com', 'has an empty label'],
  ['www.**.example.com', 'has "**" in the middle'],
  ['www.+.example.com', 'has "+" in the middle'],
  ['a.b.**', 'after more than one plain label'],
  ['**.**', 'after more than one plain label'],
  ['bücher.example', 'write international names as xn--'],
  ['a\\', 'a "\\" that escapes nothing'],
  ['a\\25.com', 'a "\\" that escapes nothing'],
  ['a\\999.com', 'a "\\" that escapes nothing'],
  [`${'a'.repeat(64)}.com`, 'a label has at most 63'],
  [`${'a.'.repeat(130)}com`, 'a name has at most 255'],
  ['example.com ANY', 'ANY is no type of records'],
  ['example.com TXT,', 'A record type is missing'],
  ['example.com T_X', 'is no record type'],
  ['example.com TYPE70000', 'is above TYPE65535'],
  ['www.example.com under com', 'goes with a fixed first label only'],
  ['a.** under **.com', 'wants a plain name'],
])('%s is refused with what would be right', (text, message) => {
  expect(parseRecordPattern(text)).toEqual({ ok: false, error: expect.stringContaining(message) })
})

const label = fc
  .string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 10,
  })
  .map((text) => text.replace(/[A-Z]/g, (char) => char.toLowerCase()))
const labels = fc.array(fc.oneof(label, fc.constantFrom('*', '**', '+', 'under')), { maxLength: 5 })
const types = fc.constantFrom<RecordPattern['types']>('all', ['TXT'], ['A', 'CNAME', 'TYPE65280'])
const anyPattern: fc.Arbitrary<RecordPattern> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exact' as const, 'below' as const, 'strictly_below' as const), labels, types }),
  fc.record({ kind: fc.constant('first_label' as const), label, types }),
  fc.record({
    kind: fc.constant('first_label' as const),
    label,
    under: fc.array(label, { minLength: 1, maxLength: 3 }),
    types,
  }),
)

test('what is printed reads back the same, as text and as JSON', () => {
  fc.assert(
    fc.property(anyPattern, (pattern) => {
      expect(parseRecordPattern(printRecordPattern(pattern))).toEqual({ ok: true, value: pattern })
      expect(readRecordPattern(JSON.parse(JSON.stringify(pattern)))).toEqual({ ok: true, value: pattern })
    }),
    { numRuns: 2000 },
  )
})

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseRecordPattern(text).ok === 'boolean'))
})

test.each<[unknown, string]>([
  [null, 'A pattern is an object'],
  [[], 'A pattern is an object'],
  [{ kind: 'regex', labels: [], types: 'all' }, 'kind is "regex"'],
  [{ kind: 'exact', labels: ['a', ''], types: 'all' }, 'has an empty label'],
  [{ kind: 'exact', labels: 'a.b', types: 'all' }, 'labels is a list of labels'],
  [{ kind: 'exact', labels: ['bücher—'], types: 'all' }, 'write it as xn--'],
  [{ kind: 'exact', labels: ['a'], types: [] }, 'types is an empty list'],
  [{ kind: 'exact', labels: ['a'] }, 'types is "all" or a list'],
  [{ kind: 'exact', labels: ['a'], types: 'all', not: true }, 'A pattern has no "not"'],
  [{ kind: 'exact', labels: ['a'], label: 'a', types: 'all' }, 'label and under go with first_label'],
  [{ kind: 'first_label', labels: ['a'], types: 'all' }, 'first_label has one label'],
  [{ kind: 'first_label', label: '', types: 'all' }, 'has an empty label'],
])('JSON %j is refused with what would be right', (json, message) => {
  expect(readRecordPattern(json)).toEqual({ ok: false, error: expect.stringContaining(message) })
})
