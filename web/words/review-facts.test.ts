import { expect, test } from 'vitest'
import { reviewFacts, tellProgress } from './review-facts.ts'

const plain = { never_used: false, ends_soon: false, more_than_role: [], suggested: null }
const more = (role: string, ...permissions: string[]) => ({
  grant_id: role,
  role,
  scope: { kind: 'zone' as const, id: 'z', name: 'a.example' },
  permissions,
})

test('nothing strange is nothing to say', () => {
  expect(reviewFacts(plain)).toEqual([])
})

test('the gravest comes first', () => {
  const facts = reviewFacts({ never_used: true, ends_soon: true, more_than_role: [], suggested: 'revoke' })
  expect(facts.map(({ word }) => word)).toEqual(['Not needed?', 'Never used', 'Ends soon'])
})

test('a permission that two grants give is counted once', () => {
  const item = {
    ...plain,
    more_than_role: [more('Admin', 'zones.delete', 'zones.view'), more('Owner', 'zones.delete')],
  }
  expect(reviewFacts(item)[0]?.sentence).toBe('Holds 2 permissions here that the role does not have, by Admin, Owner.')
})

test('what is left is told where it was counted', () => {
  expect(tellProgress({ confirmed: 12, revoked: 3, undecided: 40 })).toBe('12 confirmed, 3 revoked, 40 left')
  expect(tellProgress({ confirmed: 12, revoked: 3, undecided: null })).toBe('12 confirmed, 3 revoked')
})
