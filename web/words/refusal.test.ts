import { expect, test } from 'vitest'
import { tellWhoCanGive } from './refusal.ts'

test('one who can give is named alone, several with or', () => {
  expect(tellWhoCanGive(['your provider'])).toBe('Your provider can give you this.')
  expect(tellWhoCanGive(['Anna Berg', 'Tom Ott'])).toBe('Anna Berg or Tom Ott can give you this.')
  expect(tellWhoCanGive(['A', 'B', 'C', 'D'])).toBe('A, B or C can give you this.')
})

test('where nobody is known nothing is said', () => {
  expect(tellWhoCanGive([])).toBeNull()
})
