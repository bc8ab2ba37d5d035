import { expect, test } from 'vitest'
import type { Me } from '../session/use-me.ts'
import { consoleMenu, portalMenu } from './menus.ts'

function somebody(...permissions: string[]): Me {
  return {
    realm: 'staff',
    user: { id: 'u', name: 'Ida', email: 'ida@example.com', operator: false },
    organization: { id: 'o', name: 'Harbour & Pine', slug: 'harbour-pine', role_set: 'msp', contact: {} },
    portal: null,
    customer: null,
    session: { kind: 'session', expires_at: null },
    permissions: Object.fromEntries(permissions.map((permission) => [permission, ['organization']])),
    grants: [],
    team_features: false,
    current_team_id: null,
    teams: [{ id: 'u', name: 'Ida', personal: true }],
    organizations: [],
    view_as: null,
  }
}
const labels = (sections: { places: { label: string }[] }[]) =>
  sections.flatMap(({ places }) => places.map(({ label }) => label))

test('who holds nothing sees the overview, what it did, and what it asked for', () => {
  expect(labels(consoleMenu(somebody()))).toEqual(['Overview', 'Activity', 'Requests'])
})

test('a section without places is left out', () => {
  expect(consoleMenu(somebody('zones.view')).map(({ label }) => label)).toEqual([null, 'Access'])
})

test('a viewer’s portal has no people and no keys, an admin’s has both', () => {
  expect(labels(portalMenu(somebody('zones.view'), '/portal/bakery'))).toEqual([
    'Overview',
    'DNS',
    'Requests',
    'Activity',
    'Help',
  ])
  expect(labels(portalMenu(somebody('zones.view', 'client_users.manage', 'api_keys.create'), '/p'))).toContain('People')
})

test('teams are in the menu of who has switched them on, and of nobody else', () => {
  const ida = somebody('members.view')
  expect(labels(consoleMenu(ida))).not.toContain('Teams')
  expect(labels(consoleMenu({ ...ida, team_features: true }))).toContain('Teams')
})

test('the page of this server is for its operator', () => {
  const ida = somebody()
  expect(labels(consoleMenu(ida))).not.toContain('Operator')
  expect(labels(consoleMenu({ ...ida, user: { ...ida.user, operator: true } }))).toContain('Operator')
})

test('whoever belongs to no organization has no menu of one', () => {
  expect(labels(consoleMenu({ ...somebody(), organization: null }))).toEqual(['Overview'])
})
