import { expect, test } from 'vitest'
import { tellSize } from './changes.ts'

test.each([
  [{ added: 2, removed: 1 }, '2 records added, 1 removed'],
  [{ added: 1, removed: 0 }, '1 record added'],
  [{ added: 0, removed: 3 }, '3 records removed'],
  [{ added: 0, removed: 0 }, 'no records changed'],
])('%o is told as %s', (size, words) => {
  expect(tellSize(size)).toBe(words)
})
