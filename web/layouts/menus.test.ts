import { expect, test } from 'vitest'
import type { Me } from '../session/use-me.ts'
import { consoleMenu, portalMenu } from './menus.ts'

function somebody(...permissions: string[]): Me {
  return {
    realm: 'staff',
    user: { id: 'u', name: 'Ida', email: 'ida@example.com', operator: false },
    organization: null,
    portal: null,
    customer: null,
    session: { kind: 'session', expires_at: null },
    permissions: Object.fromEntries(permissions.map((permission) => [permission, ['organization']])),
    grants: [],
  }
}
const labels = (sections: { places: { label: string }[] }[]) =>
  sections.flatMap(({ places }) => places.map(({ label }) => label))

test('who holds nothing sees the overview and its own activity', () => {
  expect(labels(consoleMenu(somebody()))).toEqual(['Overview', 'Activity'])
})

test('a section without places is left out', () => {
  expect(consoleMenu(somebody('zones.view')).map(({ label }) => label)).toEqual([null])
})

test('a viewer’s portal has no people and no keys, an admin’s has both', () => {
  expect(labels(portalMenu(somebody('zones.view'), '/portal/bakery'))).toEqual(['Overview', 'DNS', 'Activity', 'Help'])
  expect(labels(portalMenu(somebody('zones.view', 'client_users.manage', 'api_keys.create'), '/p'))).toContain('People')
})
