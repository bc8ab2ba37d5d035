import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './use-address.ts'

test('a search of digits stays text', () => {
  expect(parseSearch('?q=42&type=A')).toEqual({ q: '42', type: 'A' })
})

test('what is empty is not written', () => {
  expect(stringifySearch({ q: '', type: undefined, level: 'read' })).toBe('?level=read')
  expect(stringifySearch({})).toBe('')
})

test('a wildcard survives the address', () => {
  expect(parseSearch(stringifySearch({ q: '*.example.com & co' }))).toEqual({ q: '*.example.com & co' })
})
