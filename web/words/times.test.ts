import { expect, test } from 'vitest'
import { count, tellDistance } from './times.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

test.each([
  ['2026-11-21T11:59:58Z', 'just now'],
  ['2026-11-21T11:59:30Z', '30 seconds ago'],
  ['2026-11-21T11:57:00Z', '3 minutes ago'],
  ['2026-11-21T09:00:00Z', '3 hours ago'],
  ['2026-11-20T11:00:00Z', 'yesterday'],
  ['2026-11-27T12:00:00Z', 'in 6 days'],
  ['2026-09-21T12:00:00Z', '2 months ago'],
  ['2024-11-21T12:00:00Z', '2 years ago'],
  ['never', 'never'],
])('%s is %s', (at, words) => {
  expect(tellDistance(at, now)).toBe(words)
})

test('one is not many', () => {
  expect(count(1, 'zone')).toBe('1 zone')
  expect(count(1234, 'zone')).toBe('1,234 zones')
  expect(count(0, 'person', 'people')).toBe('0 people')
})
