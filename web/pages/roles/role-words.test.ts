import { expect, test } from 'vitest'
import { tellRealms, tellUses } from './role-words.ts'

test('where a role is used is told in words', () => {
  expect(tellUses({ grants: 3, invitations: 1, ceilings: 2, requests: 0 })).toBe(
    '3 grants, 1 open invitation and 2 customers whose admins may hand it out',
  )
  expect(tellUses({ grants: 1, invitations: 0, ceilings: 0, requests: 0 })).toBe('1 grant')
})

test('a role that is used nowhere, or whose uses are not told, has no words', () => {
  expect(tellUses({ grants: 0, invitations: 0, ceilings: 0, requests: 0 })).toBeNull()
  expect(tellUses({ grants: null, invitations: null, ceilings: null, requests: null })).toBeNull()
})

test('realms are told as people call them', () => {
  expect(tellRealms(['staff', 'client'])).toBe('staff and clients')
})
