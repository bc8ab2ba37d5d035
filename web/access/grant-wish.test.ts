import { expect, test } from 'vitest'
import { bodyOf, emptyWish, lacking, localOf, momentOf } from './grant-wish.ts'

const ida = { id: 'ida', name: 'Ida', realm: 'staff' as const }
const place = { kind: 'zone' as const, id: 'z', name: 'a.example' }
const full = { ...emptyWish, subject: ida, roleId: 'zones.read' }

test('a form without somebody or a role makes no request', () => {
  expect(bodyOf({ ...full, subject: null }, place)).toBeNull()
  expect(bodyOf({ ...full, roleId: '' }, place)).toBeNull()
})

test('what is left empty narrows nothing', () => {
  expect(bodyOf(full, place)).toMatchObject({ patterns: null, starts_at: null, ends_at: null, review_required: false })
})

test('records are read from what was written', () => {
  expect(bodyOf({ ...full, patterns: 'www.a.example (a, aaaa)' }, place)?.patterns).toEqual([
    { names: ['www.a.example'], types: ['A', 'AAAA'] },
  ])
})

test('an end before the start, and records that are not named, are told before anything is sent', () => {
  const times = { startsAt: '2026-12-09T09:00', endsAt: '2026-12-03T09:00' }
  expect(lacking({ ...full, ...times })).toBe('It ends before it begins.')
  expect(lacking({ ...full, patterns: ' ' })).toMatch(/which records/)
  expect(lacking(full)).toBeNull()
})

test('a local time survives the way to a moment and back', () => {
  expect(localOf(momentOf('2026-12-03T09:30'))).toBe('2026-12-03T09:30')
  expect(localOf(null)).toBe('')
  expect(momentOf('')).toBeNull()
})
