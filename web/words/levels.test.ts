import { expect, test } from 'vitest'
import { tellCell } from './levels.ts'

test('a cell is told with what narrows it and where it comes from', () => {
  expect(tellCell('Mara', 'clinic.example', { level: 'read', narrowed: true, inherited: false })).toBe(
    'Mara may read clinic.example, some records only',
  )
  expect(tellCell('Mara', 'Bakery', { level: 'manage', narrowed: false, inherited: true })).toBe(
    'Mara may read, write and manage Bakery, from further up or through a team',
  )
})

test('who has nothing is told without limits', () => {
  expect(tellCell('Mara', 'Bakery', { level: 'none', narrowed: false, inherited: false })).toBe(
    'Mara has no access to Bakery',
  )
})
