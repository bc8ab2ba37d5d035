import { expect, test } from 'vitest'
import { moveIn } from './matrix-keys.ts'

const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false })
const middle = { row: 5, column: 5 }

test('arrows go one cell, and stop at the edge', () => {
  expect(moveIn(press('ArrowRight'), middle, 20, 10)).toEqual({ row: 5, column: 6 })
  expect(moveIn(press('ArrowUp'), { row: 0, column: 0 }, 20, 10)).toEqual({ row: 0, column: 0 })
  expect(moveIn(press('ArrowDown'), { row: 19, column: 0 }, 20, 10)).toEqual({ row: 19, column: 0 })
})

test('Home and End stay in the row; with Ctrl they go to the corners', () => {
  expect(moveIn(press('Home'), middle, 20, 10)).toEqual({ row: 5, column: 0 })
  expect(moveIn(press('End'), middle, 20, 10)).toEqual({ row: 5, column: 9 })
  expect(moveIn(press('Home', true), middle, 20, 10)).toEqual({ row: 0, column: 0 })
  expect(moveIn(press('End', true), middle, 20, 10)).toEqual({ row: 19, column: 9 })
})

test('letters are not the grid’s', () => {
  expect(moveIn(press('a'), middle, 20, 10)).toBeNull()
})
