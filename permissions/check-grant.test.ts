import { describe, expect, test } from 'vitest'
import { agency, bakery, bakeryHosting, bakeryZone, person, roles, shopZone } from './cast.ts'
import { checkGrant, exclusiveConflict, readGrantFaults } from './check-grant.ts'
import { checkRole } from './check-role.ts'
import type { Grant } from './grants.ts'
import type { Role } from './roles.ts'

describe('a grant that makes no sense', () => {
  const good: Omit<Grant, 'id'> = { subjectId: 'bakery-viewer', roleId: 'msp.viewer', scope: bakery }
  const zoneGrant = { ...good, roleId: 'zones.read_only', scope: bakeryZone }

  test.each<[string, Omit<Grant, 'id'>, string, string]>([
    ['an unknown role', { ...good, roleId: 'msp.king' }, 'roleId', 'There is no role "msp.king"'],
    [
      'a role at another kind of scope',
      { ...good, scope: bakeryZone },
      'scope',
      'granted at a customer, not at a zone',
    ],
    ['an end before the start', { ...good, startsAt: 2, endsAt: 1 }, 'endsAt', 'not after the start'],
    ['an end at the start', { ...good, startsAt: 2, endsAt: 2 }, 'endsAt', 'not after the start'],
    ['an end that is no time', { ...good, endsAt: Number.NaN }, 'endsAt', 'no time'],
    ['no pattern in the list', { ...good, patterns: [] }, 'patterns', 'No pattern is named'],
    [
      'an empty label',
      { ...good, patterns: [{ kind: 'exact', labels: [''], types: 'all' }] },
      'patterns',
      'empty label',
    ],
    [
      'a name outside the zone',
      { ...zoneGrant, patterns: [{ kind: 'exact', labels: ['www', 'clinic', 'example'], types: 'all' }] },
      'patterns',
      'names nothing in bakery.example',
    ],
    ['a role of the other realm', { ...good, roleId: 'msp.block.dns_read' }, 'subjectId', 'not for client accounts'],
  ])('%s is named', (_, grant, field, message) => {
    expect(checkGrant(grant, roles, [person('bakery-viewer')], ['bakery', 'example'])).toEqual({
      field,
      message: expect.stringContaining(message),
    })
  })

  test('a client account holds grants below the organization only, but for the zones User’s own role', () => {
    const organizationRole = { ...(roles.get('zones.user') ?? { id: '' }), id: 'own.user', clientAtOrganization: false }
    const book = new Map([...roles, ['own.user', organizationRole as never]])
    const grant = { subjectId: 'zone-user', roleId: 'own.user', scope: agency }
    expect(checkGrant(grant, book, [person('zone-user')])?.field).toBe('scope')
    expect(checkGrant({ ...grant, roleId: 'zones.user' }, book, [person('zone-user')])).toBe(null)
  })

  test('a role of its own with an unknown permission is named', () => {
    const role = roles.get('msp.viewer')
    if (role === undefined) throw new Error('no role')
    expect(checkRole(role)).toBe(null)
    expect(checkRole({ ...role, permissions: ['zones.eat' as never] })?.message).toBe(
      'There is no permission "zones.eat"',
    )
    expect(checkRole({ ...role, realms: [] })?.field).toBe('realms')
  })

  test('a second hosting role of a subject at a scope is refused, another set’s is not', () => {
    const mail: Grant = { id: 'm', subjectId: 'p', roleId: 'hosting.mail', scope: bakeryHosting }
    const web = { subjectId: 'p', roleId: 'hosting.web', scope: bakeryHosting }
    expect(exclusiveConflict(web, [mail], roles)).toBe(mail)
    expect(exclusiveConflict({ ...web, subjectId: 'q' }, [mail], roles)).toBe(null)
    expect(exclusiveConflict({ ...web, roleId: 'zones.read_only', scope: shopZone }, [mail], roles)).toBe(null)
  })

  test('a custom copy of a hosting role counts as one of the set, and a copy of the copy too', () => {
    const web = roles.get('hosting.web') as Role
    const copy: Role = { ...web, id: 'custom.1', set: 'custom', basedOn: 'hosting.web' }
    const again: Role = { ...copy, id: 'custom.2', basedOn: 'custom.1' }
    const other: Role = { ...copy, id: 'custom.3', basedOn: 'msp.viewer' }
    const book = new Map([...roles, ...[copy, again, other].map((role): [string, Role] => [role.id, role])])
    const mail: Grant = { id: 'm', subjectId: 'p', roleId: 'hosting.mail', scope: bakeryHosting }
    const held = (roleId: string) => exclusiveConflict({ ...mail, roleId }, [mail], book)
    expect([held('custom.1'), held('custom.2'), held('custom.3')]).toEqual([mail, mail, null])
    const taken = { ...mail, roleId: 'custom.2' }
    expect(exclusiveConflict(mail, [taken], book)).toBe(taken)
  })

  test('a second role at another hosting, or at a customer of the same id, is no conflict', () => {
    const mail: Grant = { id: 'm', subjectId: 'p', roleId: 'hosting.mail', scope: bakeryHosting }
    const elsewhere = { ...mail, roleId: 'hosting.web', scope: { kind: 'hosting', id: 'other' } } as const
    const customer = { ...mail, roleId: 'hosting.domain', scope: { kind: 'customer', id: bakeryHosting.id } } as const
    expect(exclusiveConflict(elsewhere, [mail], roles)).toBe(null)
    expect(exclusiveConflict(customer, [mail], roles)).toBe(null)
  })

  test('everything that is wrong is told at once, each with its field', () => {
    const wrong = {
      subjectId: 'bakery-viewer',
      roleId: 'msp.king',
      scope: { kind: 'planet' as never, id: 'mars' },
      patterns: [{ kind: 'exact' as const, labels: ['www', '**', 'example'], types: 'all' as const }],
      startsAt: 2,
      endsAt: 1,
    }
    const targets = [person('bakery-viewer')]
    const faults = readGrantFaults(wrong, { roles, targets, apexLabels: ['clinic', 'org'], granterId: 'bakery-viewer' })
    expect(faults).toEqual([
      { field: 'scope', message: expect.stringContaining('not at a "planet"') },
      { field: 'roleId', message: 'There is no role "msp.king"' },
      { field: 'endsAt', message: expect.stringContaining('choose a later one') },
      { field: 'patterns', message: expect.stringContaining('names nothing in clinic.org') },
      { field: 'subjectId', message: expect.stringContaining('Nobody grants to oneself') },
    ])
    expect(readGrantFaults(good, { roles, targets, granterId: 'agency-owner' })).toEqual([])
  })

  test.each<[string, Partial<Role>, string, string]>([
    ['without a name', { name: ' ' }, 'name', 'write one'],
    ['for an unknown kind of scope', { scopeKind: 'planet' as never }, 'scope', 'not for "planet"'],
    ['for an unknown realm', { realms: ['staff', 'martian' as never] }, 'realms', 'staff, client, or both'],
    ['copied from an unknown one', { basedOn: 'msp.king' }, 'basedOn', 'no role "msp.king"'],
    ['copied from itself', { basedOn: 'custom.1' }, 'basedOn', 'copy of itself'],
    ['copied from its own copy', { basedOn: 'custom.2' }, 'basedOn', 'copy of itself'],
  ])('a role %s is named', (_, other, field, message) => {
    const role: Role = { ...(roles.get('msp.viewer') as Role), id: 'custom.1', set: 'custom', ...other }
    const copy: Role = { ...role, id: 'custom.2', basedOn: 'custom.1' }
    const book = new Map([...roles, [role.id, role], [copy.id, copy]])
    expect(checkRole(role, book)).toEqual({ field, message: expect.stringContaining(message) })
    expect(
      checkRole({ ...role, name: 'Own', scopeKind: 'customer', realms: ['staff'], basedOn: 'msp.viewer' }, book),
    ).toBe(null)
  })
})
