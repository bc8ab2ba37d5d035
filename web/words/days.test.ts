import { expect, test } from 'vitest'
import { endOfDay, startOfDay } from './days.ts'

test('a day lasts to its last second', () => {
  const [start, end] = [startOfDay('2026-11-21'), endOfDay('2026-11-21')]
  expect(Date.parse(end ?? '') - Date.parse(start ?? '')).toBe(86_399_000)
})

test('an empty field is no time', () => {
  expect(endOfDay('')).toBeNull()
  expect(startOfDay('soon')).toBeNull()
})
