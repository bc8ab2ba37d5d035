import { describe, expect, test } from 'vitest'
import {
  agency,
  agencyZone,
  ask,
  bakery,
  bakeryZone,
  clinicDns,
  index,
  now,
  people,
  person,
  roles,
  shopZone,
  things,
} from './cast.ts'
import { effectivePatterns, effectivePermissions, isCovered } from './effective-permissions.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { levelOf } from './level-of.ts'
import type { Asker } from './requests.ts'
import { holdsAnywhere, visibleScopes } from './visible-scopes.ts'
import { whoHolds } from './who-holds.ts'

const zone = things['the zone bakery.example']
const challenges = { kind: 'first_label', label: '_acme-challenge', types: ['TXT'] } as const

function asker(id: string, other: Partial<Asker> = {}): Asker {
  return { subject: person(id), now, channel: 'interface', ...other }
}

describe('the scopes that a list is made from', () => {
  const ids = (who: string, other: Partial<Asker> = {}) => {
    const { organizations, customers, providers, zones } = visibleScopes(index, {
      ...asker(who, other),
      permission: 'zones.view',
    })
    return [...organizations, ...customers, ...providers, ...zones].map(({ id }) => id)
  }

  test.each([
    ['agency-owner', [agency.id]],
    ['bakery-viewer', [bakery.id]],
    ['provider-client', [clinicDns.id]],
    ['zone-user', [shopZone.id, agencyZone.id]],
    ['agency-member', [bakery.id]],
  ])('of %s', (who, scopes) => {
    expect(ids(who)).toEqual(scopes)
  })

  test('are none by API for a Client of the interface, and for who lacks api.use', () => {
    expect(ids('provider-client', { channel: 'api' })).toEqual([])
    expect(ids('bakery-viewer', { channel: 'api' })).toEqual([])
    expect(ids('bakery-developer', { channel: 'api' })).toEqual([bakery.id])
  })

  test('name a scope once, by however many grants it is held', () => {
    const give = (id: string, patterns?: Grant['patterns']): Grant => {
      const grant = { id, subjectId: 'bakery-viewer', roleId: 'msp.viewer', scope: bakery }
      return patterns === undefined ? grant : { ...grant, patterns }
    }
    const listed = (...held: Grant[]) =>
      visibleScopes(indexGrants(held, roles), { ...asker('bakery-viewer'), permission: 'zones.view' }).customers
    const other = { ...challenges, types: ['CNAME'] }
    expect(listed(give('1'), give('2'))).toEqual([{ id: bakery.id, patterns: null }])
    expect(listed(give('1', [challenges]), give('2'))).toEqual([{ id: bakery.id, patterns: null }])
    expect(listed(give('2'), give('1', [challenges]))).toEqual([{ id: bakery.id, patterns: null }])
    expect(listed(give('1', [challenges]), give('2', [other]), give('3', [challenges]))).toEqual([
      { id: bakery.id, patterns: [challenges, other] },
    ])
  })

  test('say to which records they are narrowed', () => {
    expect(visibleScopes(index, { ...asker('bakery-acme'), permission: 'records.view' }).customers).toEqual([
      { id: bakery.id, patterns: [challenges] },
    ])
  })

  test('carry the bounds of the key and the customers that withhold', () => {
    const ceilings = {
      apiKey: { permissions: 'all', scopes: [bakeryZone], patterns: [challenges] },
      customers: [{ customerId: bakery.id, permissions: [], roleIds: [] }],
    } as const
    expect(
      visibleScopes(index, { ...asker('bakery-developer', { ceilings }), permission: 'zones.view' }),
    ).toMatchObject({
      within: [bakeryZone],
      withinPatterns: [challenges],
      exceptCustomers: [bakery.id],
      customers: [],
    })
    const { customers } = ceilings
    const listed = visibleScopes(index, {
      ...asker('bakery-developer', { ceilings: { customers } }),
      permission: 'zones.view',
    })
    expect(listed.exceptCustomers).toEqual([bakery.id])
  })

  test('leave out, by API, customers that keep it from their client accounts', () => {
    const permissions = ['zones.view'] as const
    const ceilings = { customers: [{ customerId: bakery.id, permissions, roleIds: [] }] }
    const except = (channel: 'interface' | 'api') =>
      visibleScopes(index, { ...asker('zone-user', { ceilings, channel }), permission: 'zones.view' }).exceptCustomers
    expect(except('interface')).toEqual([])
    expect(except('api')).toEqual([bakery.id])
  })

  test('name a scope that is granted twice once', () => {
    const grant = (id: string, roleId: string): Grant => ({ id, subjectId: 'zone-user', roleId, scope: shopZone })
    const twice = indexGrants([grant('1', 'zones.read_only'), grant('2', 'zones.read_write')], roles)
    const { zones } = visibleScopes(twice, { ...asker('zone-user'), permission: 'zones.view' })
    expect(zones).toEqual([{ id: shopZone.id, patterns: null }])
  })

  test('are whole where one grant is, whichever comes first', () => {
    const whole: Grant = { id: '1', subjectId: 'zone-user', roleId: 'zones.read_only', scope: shopZone }
    const narrow: Grant = { ...whole, id: '2', patterns: [challenges] }
    for (const order of [
      [whole, narrow],
      [narrow, whole],
    ]) {
      const { zones } = visibleScopes(indexGrants(order, roles), { ...asker('zone-user'), permission: 'records.view' })
      expect(zones).toEqual([{ id: shopZone.id, patterns: null }])
    }
  })

  test('a dashboard is for whoever holds it anywhere', () => {
    const may = (who: string, other: Partial<Asker> = {}) =>
      holdsAnywhere(index, { ...asker(who, other), permission: 'dashboard.view' })
    expect(people.filter(({ id }) => !may(id)).map(({ id }) => id)).toEqual(['bakery-acme'])
    const withheld = { customers: [{ customerId: bakery.id, permissions: [], roleIds: [] }] }
    expect(may('bakery-viewer', { ceilings: withheld })).toBe(false)
  })
})

describe('what is held at a resource', () => {
  test('is every permission that a check would allow', () => {
    expect([...effectivePermissions(index, { ...asker('bakery-viewer'), resource: zone })]).toEqual([
      'dashboard.view',
      'zones.view',
      'records.view',
      'domains.view',
      'websites.view',
      'dmarc.summary.view',
      'checks.view',
      'certificates.view',
    ])
  })

  test('is for some records where patterns narrow it, further by those of the key', () => {
    const request = ask('bakery-acme', 'records.view', zone)
    expect(effectivePatterns(index, request)).toEqual([challenges])
    expect(effectivePatterns(index, ask('bakery-viewer', 'records.view', zone))).toBe('all')
    expect(effectivePatterns(index, ask('clinic-viewer', 'records.view', zone))).toEqual([])
    const patterns = [{ kind: 'below', labels: ['www', 'bakery', 'example'], types: 'all' }] as const
    const ceilings = { apiKey: { permissions: 'all', scopes: 'all', patterns } } as const
    const byKey = effectivePatterns(index, ask('bakery-developer', 'records.write', zone, { ceilings }))
    expect(byKey).toEqual(patterns)
    expect(isCovered(byKey, ['a', 'www', 'bakery', 'example'], 'A')).toBe(true)
    expect(isCovered(byKey, ['bakery', 'example'], 'A')).toBe(false)
  })

  test('is a level on the zone screen, direct or from elsewhere', () => {
    const grant = (id: string, subjectId: string, roleId: string, scope: Grant['scope']): Grant => ({
      id,
      subjectId,
      roleId,
      scope,
    })
    const held = indexGrants(
      [
        grant('direct', 'zone-user', 'zones.read_only', bakeryZone),
        grant('team', 'bakers', 'zones.read_write', bakeryZone),
        grant('above', 'zone-user', 'msp.viewer', bakery),
      ],
      roles,
    )
    const subject = person('zone-user', 'bakers')
    const level = levelOf(held, { subject, now, channel: 'interface', resource: zone })
    expect(level).toMatchObject({ level: 'write', direct: 'read', inherited: 'write', partial: false })
    expect(level.sources.map(({ level: of, direct, reason }) => [reason.grant.id, of, direct])).toEqual([
      ['team', 'write', false],
      ['direct', 'read', true],
      ['above', 'read', false],
    ])
    expect(levelOf(held, { subject: person('bakery-viewer'), now, channel: 'interface', resource: zone }).level).toBe(
      'none',
    )
  })
})

test('who can do it are all people who hold it, with the grants by which', () => {
  const holders = whoHolds(index, people, {
    permission: 'records.write',
    resource: things['the zone agency.example'],
    now,
    channel: 'interface',
  })
  expect(holders.map(({ subjectId, grants }) => [subjectId, grants.map(({ id }) => id)])).toEqual([
    ['agency-owner', ['agency-owner/0']],
    ['agency-admin', ['agency-admin/0']],
    ['zone-user', ['zone-user/2']],
  ])
})
