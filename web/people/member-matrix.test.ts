import { expect, test } from 'vitest'
import { cellOf, diffMatrix, readMatrix, wishesOf } from './member-matrix.ts'

const grant = (id: string, role_id: string, customer = 'c') => ({
  id,
  role_id,
  scope: { kind: 'customer', id: customer },
})

test('building blocks at customers make the matrix, other roles do not', () => {
  const matrix = readMatrix([
    grant('1', 'msp.block.dns_write'),
    grant('2', 'msp.member'),
    grant('3', 'msp.block.dmarc_read', 'd'),
  ])
  expect([...matrix]).toEqual([
    ['c dns', 'write'],
    ['d dmarc', 'read'],
  ])
})

test('where both levels were given the wider one shows', () => {
  expect(
    readMatrix([grant('1', 'msp.block.dns_write'), grant('2', 'msp.block.dns_read')]).get(cellOf('c', 'dns')),
  ).toBe('write')
})

test('raising a level gives the wider block and ends the narrower', () => {
  const wanted = new Map([[cellOf('c', 'dns'), 'write' as const]])
  expect(diffMatrix([grant('1', 'msp.block.dns_read')], wanted)).toEqual({
    give: [{ role_id: 'msp.block.dns_write', customer_id: 'c' }],
    end: ['1'],
  })
})

test('an unchanged matrix asks for nothing, and other roles are left alone', () => {
  const grants = [grant('1', 'msp.block.dns_read'), grant('2', 'hosting.manager')]
  expect(diffMatrix(grants, readMatrix(grants))).toEqual({ give: [], end: [] })
})

test('none is no wish', () => {
  expect(wishesOf(new Map([[cellOf('c', 'dns'), 'none' as const]]))).toEqual([])
})
