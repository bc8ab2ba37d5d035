import { expect, test } from 'vitest'
import type { Role } from '../access/place.ts'
import { grantsOf, missingIn, tellAccess } from './invite-access.ts'

const agency = { id: 'o', name: 'Agency' }
const role = (id: string, scope_kind: string): Role => ({
  id,
  set: 'msp',
  name: id,
  sentence: '',
  scope_kind,
  realms: ['client'],
  permissions: [],
  interface_only: false,
  block: false,
  primary: true,
})
const bakery = { id: 'c', name: 'Bakery' }

test('a role is granted on each chosen place, zones by their own level', () => {
  const access = {
    role: role('Viewer', 'customer'),
    places: [bakery],
    zones: [{ id: 'z', name: 'shop.example', level: 'write' as const }],
  }
  expect(grantsOf(access, agency)).toEqual([
    { role_id: 'Viewer', scope: { kind: 'customer', id: 'c' } },
    { role_id: 'zones.read_write', scope: { kind: 'zone', id: 'z' } },
  ])
  expect(tellAccess(access, agency)).toEqual(['Viewer on Bakery', 'Read & write on the zone shop.example'])
})

test('a role of the organization needs no place', () => {
  const access = { role: role('User', 'organization'), places: [], zones: [] }
  expect(grantsOf(access, agency)).toEqual([{ role_id: 'User', scope: { kind: 'organization', id: 'o' } }])
  expect(missingIn(access, 'ida@example.com')).toBeNull()
})

test('what is missing is named', () => {
  const access = { role: role('Client', 'provider'), places: [], zones: [] }
  expect(missingIn(access, 'ida')).toBe('Write the e-mail address first.')
  expect(missingIn(access, 'ida@example.com')).toBe('Choose at least one provider first.')
  expect(missingIn({ role: null, places: [], zones: [] }, 'ida@example.com')).toBe('Choose a role first.')
})
