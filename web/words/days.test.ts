import { expect, test } from 'vitest'
import { dayIn, dayOf, endOfDay, startOfDay } from './days.ts'

test('a day lasts to its last second', () => {
  const [start, end] = [startOfDay('2026-11-21'), endOfDay('2026-11-21')]
  expect(Date.parse(end ?? '') - Date.parse(start ?? '')).toBe(86_399_000)
})

test('an empty field is no time', () => {
  expect(endOfDay('')).toBeNull()
  expect(startOfDay('soon')).toBeNull()
})

test('the day of a moment is that of the reader, and the last moment of a day belongs to it', () => {
  expect(dayOf(endOfDay('2026-11-21') ?? '')).toBe('2026-11-21')
  expect(dayOf(startOfDay('2026-03-01') ?? '')).toBe('2026-03-01')
})

test('a day from now on is later than today', () => {
  expect(dayIn(14) > dayIn(0)).toBe(true)
})
