import { expect, test } from 'vitest'
import type { Role } from '../access/place.ts'
import { grantsOf, missingIn, noAccess, tellAccess } from './invite-access.ts'

const agency = { id: 'o', name: 'Agency' }
const role = (id: string, scope_kind: string): Role => ({
  id,
  set: 'msp',
  name: id,
  sentence: '',
  description: '',
  scope_kind,
  realms: ['client'],
  permissions: [],
  interface_only: false,
  block: false,
  primary: true,
  based_on: null,
})
const bakery = { id: 'c', name: 'Bakery' }

test('a role is granted on each chosen place, zones by their own level', () => {
  const access = {
    ...noAccess,
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
  const access = { ...noAccess, role: role('User', 'organization') }
  expect(grantsOf(access, agency)).toEqual([{ role_id: 'User', scope: { kind: 'organization', id: 'o' } }])
  expect(missingIn(access, 'ida@example.com')).toBeNull()
})

test('what is missing is named', () => {
  const access = { ...noAccess, role: role('Client', 'provider') }
  expect(missingIn(access, 'ida')).toBe('Write the e-mail address first.')
  expect(missingIn(access, 'ida@example.com')).toBe('Choose at least one provider first.')
  expect(missingIn(noAccess, 'ida@example.com')).toBe('Choose a role first.')
})

test('a Member’s customers are granted by building blocks and told in words', () => {
  const customers = { matrix: new Map([['c dns', 'write' as const]]), names: new Map([['c', 'Bakery']]) }
  const access = { ...noAccess, role: role('Member', 'organization'), customers }
  expect(grantsOf(access, agency)).toEqual([
    { role_id: 'Member', scope: { kind: 'organization', id: 'o' } },
    { role_id: 'msp.block.dns_write', scope: { kind: 'customer', id: 'c' } },
  ])
  expect(tellAccess(access, agency)).toEqual(['Member on Agency', 'Read & write on the DNS of Bakery'])
})
