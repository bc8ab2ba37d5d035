import { describe, expect, test } from 'vitest'
import { builtInRoles, makeRoleBook } from './built-in-roles.ts'
import { checkRole } from './check-role.ts'
import { isWrite, type Permission, permissionIds } from './permissions.ts'
import { printPermissionTable, printRoleTable } from './print-role-table.ts'
import { memberBlocks } from './role-sets/msp.ts'
import { roleSet, roleSets } from './role-sets.ts'

const held = (id: string): readonly Permission[] => makeRoleBook().get(id)?.permissions ?? []

describe('the roles of the five sets', () => {
  test('are 23, each of known permissions without doubles', () => {
    expect(builtInRoles).toHaveLength(23)
    for (const role of [...builtInRoles, ...memberBlocks]) {
      expect(checkRole(role)).toBe(null)
      expect(new Set(role.permissions).size, role.id).toBe(role.permissions.length)
    }
    expect(new Set(permissionIds).size).toBe(permissionIds.length)
  })

  test('are what the reviewed tables say', async () => {
    await expect(`${printRoleTable()}\n${printPermissionTable()}`).toMatchFileSnapshot('role-table.txt')
  })

  test('a role that sees only holds no write', () => {
    const readers = ['monitoring.client', 'msp.viewer', 'zones.read_only', 'domains.user', 'hosting.stats']
    expect(readers.flatMap((id) => held(id).filter(isWrite))).toEqual([])
  })

  test('only the top roles hold everything, and an Admin of the msp set all but billing and deletion', () => {
    const top = builtInRoles.filter((role) => role.permissions.length === permissionIds.length)
    expect(top.map(({ id }) => id)).toEqual(['monitoring.administrator', 'msp.owner', 'zones.admin', 'domains.admin'])
    const lacks = permissionIds.filter((id) => !held('msp.admin').includes(id))
    expect(lacks.sort()).toEqual(['organization.delete', 'subscription.manage', 'subscription.view'])
  })

  test('a Developer of the msp set writes no DMARC record, a Domain role no hosting', () => {
    expect(held('msp.developer')).not.toContain('records.dmarc.write')
    expect(held('hosting.domain').filter((id) => id.startsWith('hosting'))).toEqual([])
    expect(held('hosting.web')).not.toContain('hosting.mail.manage')
    expect(held('hosting.manager')).not.toContain('domains.register')
  })

  test('an own role never takes the place of a built-in one', () => {
    const [owner] = builtInRoles.filter(({ id }) => id === 'msp.owner')
    const book = makeRoleBook([{ ...(owner ?? missing()), id: 'msp.viewer' }])
    expect(book.get('msp.viewer')?.name).toBe('Viewer')
  })

  function missing(): never {
    throw new Error('no owner')
  }
})

describe('a role set', () => {
  test('names roles that exist', () => {
    const book = makeRoleBook()
    const named = roleSets.flatMap((set) => [set.topRoleId, set.defaultRoleId ?? set.topRoleId, ...set.customerRoleIds])
    expect(named.filter((id) => !book.has(id))).toEqual([])
  })

  test('keeps from client accounts what only the agency does; a hosting customer starts with all of its admin', () => {
    const { customerPermissions } = roleSet('msp')
    const withheld: Permission[] = [
      'domains.transfer',
      'customers.bills.view',
      'zones.settings.manage',
      'members.view',
      'alerts.view',
      'templates.manage',
    ]
    expect(withheld.filter((id) => customerPermissions.includes(id))).toEqual([])
    expect(held('msp.client_admin').filter((id) => !customerPermissions.includes(id))).toEqual([])
    expect(roleSet('hosting').customerPermissions).toEqual(held('hosting.customer_admin'))
  })

  test('gives who is invited without a choice no more than a look', () => {
    expect(roleSets.map(({ id, defaultRoleId, mustChoose }) => [id, defaultRoleId, mustChoose])).toEqual([
      ['monitoring', null, true],
      ['msp', 'msp.member', false],
      ['hosting', null, false],
      ['zones', 'zones.user', false],
      ['domains', 'domains.user', false],
    ])
  })
})
