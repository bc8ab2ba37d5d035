import { expect, test } from 'vitest'
import { permissionsAt, type Role, rolesAt } from './place.ts'

const role = (id: string, scope_kind: string, realms: Role['realms'], primary = false): Role => ({
  id,
  set: 'msp',
  name: id,
  sentence: '',
  description: '',
  scope_kind,
  realms,
  permissions: [],
  interface_only: false,
  block: false,
  primary,
  based_on: null,
})

test('roles of the organization’s own set come first', () => {
  const roles = [role('other', 'zone', ['client']), role('own', 'zone', ['client'], true)]
  expect(rolesAt(roles, 'zone').map(({ id }) => id)).toEqual(['own', 'other'])
})

test('own roles come before the sets that are not in use', () => {
  const own = { ...role('custom.1', 'zone', ['client']), set: 'custom' }
  const roles = [role('other', 'zone', ['client']), own, role('set', 'zone', ['client'], true)]
  expect(rolesAt(roles, 'zone').map(({ id }) => id)).toEqual(['set', 'custom.1', 'other'])
})

test('a role of another kind of place or another realm is not offered', () => {
  const roles = [role('owner', 'organization', ['staff']), role('viewer', 'customer', ['client'])]
  expect(rolesAt(roles, 'customer', 'staff')).toEqual([])
  expect(rolesAt(roles, 'customer', 'client').map(({ id }) => id)).toEqual(['viewer'])
})

test('only permissions that mean something on a place are asked about', () => {
  const all = [
    { id: 'records.view', area: 'records', sentence: '', scopes: ['organization', 'zone'], writes: false },
    { id: 'members.view', area: 'people', sentence: '', scopes: ['organization'], writes: false },
  ]
  expect(permissionsAt(all, 'zone').map(({ id }) => id)).toEqual(['records.view'])
})
