import { expect, test } from 'vitest'
import { missingPatterns, readPatterns, tellPatterns } from './patterns.ts'

test.each([
  ['_acme-challenge.** (TXT)', [{ names: ['_acme-challenge.**'], types: ['TXT'] }]],
  ['www, blog (a, aaaa)\nmail', [{ names: ['www', 'blog'], types: ['A', 'AAAA'] }, { names: ['mail'] }]],
  ['', []],
  ['  \n ', []],
])('%j is read', (text, patterns) => {
  expect(readPatterns(text)).toEqual(patterns)
})

test('what is told is read back the same', () => {
  const patterns = [{ names: ['_acme-challenge.**'], types: ['TXT'] }, { names: ['www', '@'] }]
  expect(readPatterns(tellPatterns(patterns))).toEqual(patterns)
})

test('a field that was narrowed to nothing is not taken for every record', () => {
  expect(missingPatterns('')).toBeNull()
  expect(missingPatterns('www (A)')).toBeNull()
  expect(missingPatterns(' ')).toMatch('Write which records')
  expect(missingPatterns('(TXT)')).toMatch('Write which records')
})
