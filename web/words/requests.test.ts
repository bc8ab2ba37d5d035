import { expect, test } from 'vitest'
import { tellHours, tellRequest } from './requests.ts'

test('hours are told in the largest unit that fits without rest', () => {
  expect([1, 8, 24, 36, 72, 168].map(tellHours)).toEqual(['1 hour', '8 hours', '1 day', '36 hours', '3 days', '1 week'])
})

test('the record is told where the sentence does not have it', () => {
  const record = { name: 'www.bakery.example', type: 'A' }
  expect(tellRequest({ sentence: 'change records of bakery.example', record })).toMatch(/, on www\.bakery\.example A$/)
  expect(tellRequest({ sentence: 'change www.bakery.example A', record })).toBe('change www.bakery.example A')
  expect(tellRequest({ sentence: 'see zones', record: null })).toBe('see zones')
})
