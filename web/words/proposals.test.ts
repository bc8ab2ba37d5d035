import { expect, test } from 'vitest'
import { proposalIn } from './proposals.ts'

test('a write that became a proposal is told from one that was written', () => {
  expect(proposalIn({ proposal: { id: 'p' }, serial: 1 })).toEqual({ id: 'p' })
  expect(proposalIn({ change: { id: 'c' }, serial: 2 })).toBeNull()
  expect(proposalIn(null)).toBeNull()
})
