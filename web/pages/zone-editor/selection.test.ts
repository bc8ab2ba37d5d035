import { expect, test } from 'vitest'
import { stepOf } from './grid-keys.ts'
import { between, toggled } from './selection.ts'

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
const press = (key: string, more: object = {}) =>
  stepOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, 5, 100, 20)

test('one more, one less, and a range from the last one', () => {
  expect([...toggled(new Set(['a']), 'c', false, rows)]).toEqual(['a', 'c'])
  expect([...toggled(new Set(['a', 'c']), 'a', false, rows)]).toEqual(['c'])
  expect([...toggled(new Set(['d']), 'b', true, rows)].sort()).toEqual(['b', 'c', 'd'])
})

test('a range reads the same from both ends', () => {
  expect(between(rows, 'c', 'a')).toEqual(between(rows, 'a', 'c'))
  expect([...between(rows, null, 'b')]).toEqual(['b'])
})

test('arrows, pages and ends move within the rows', () => {
  expect(press('ArrowDown')).toEqual({ do: 'move', to: 6, extend: false })
  expect(press('ArrowUp', { shiftKey: true })).toEqual({ do: 'move', to: 4, extend: true })
  expect(press('PageUp')).toMatchObject({ to: 0 })
  expect(press('PageDown')).toMatchObject({ to: 25 })
  expect(press('End', { ctrlKey: true })).toMatchObject({ to: 99 })
})

test('Enter and F2 edit, Delete deletes, Space selects; other keys are the browser’s', () => {
  expect(['Enter', 'F2', 'Delete', ' ', 'Escape', '/'].map((key) => press(key)?.do)).toEqual([
    'edit',
    'edit',
    'delete',
    'toggle',
    'clear',
    'search',
  ])
  expect([press('a'), press('c', { ctrlKey: true }), press('Enter', { altKey: true })]).toEqual([null, null, null])
  expect(press('a', { metaKey: true })).toEqual({ do: 'all' })
})
