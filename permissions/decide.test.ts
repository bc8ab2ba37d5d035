import { describe, expect, test } from 'vitest'
import {
  agency,
  ask,
  bakery,
  bakeryZone,
  clinic,
  customers,
  index,
  now,
  person,
  record,
  resource,
  roles,
  things,
} from './cast.ts'
import type { ApiKeyCeiling } from './ceilings.ts'
import { type Decision, decide, isAllowed } from './decide.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import type { AccessRequest } from './requests.ts'

const zone = things['the zone bakery.example']
const www = record(zone, 'www.bakery.example', 'A')

function grantOf(roleId: string, other: Partial<Grant> = {}): Grant {
  return { id: 'g', subjectId: 'p', roleId, scope: bakery, ...other }
}

function request(other: Partial<AccessRequest> = {}): AccessRequest {
  const subject = { id: 'p', realm: 'client', teamIds: [] } as const
  return { subject, permission: 'records.view', resource: zone, now, channel: 'interface', ...other }
}

function refused(decision: Decision) {
  if (decision.allowed) throw new Error('expected a refusal')
  return decision
}

describe('where a grant reaches', () => {
  const held = indexGrants([grantOf('msp.viewer')], roles)

  test('a grant on a customer covers zones added later', () => {
    expect(isAllowed(held, request({ resource: resource('zone', 'new.example', bakery, agency) }))).toBe(true)
  })

  test('a zone moved to another customer is out of reach at once', () => {
    expect(isAllowed(held, request({ resource: { ...zone, ancestors: [bakeryZone, clinic, agency] } }))).toBe(false)
  })

  test('ids that differ in case are different', () => {
    const Bakery = { kind: 'customer', id: 'Bakery' } as const
    expect(isAllowed(held, request({ resource: { ...zone, ancestors: [bakeryZone, Bakery, agency] } }))).toBe(false)
    expect(isAllowed(held, request({ subject: { id: 'P', realm: 'client', teamIds: [] } }))).toBe(false)
  })

  test('the same id of another kind of scope is another scope', () => {
    const provider = { kind: 'provider', id: 'bakery' } as const
    expect(isAllowed(held, request({ resource: { ...zone, ancestors: [bakeryZone, provider, agency] } }))).toBe(false)
  })

  test('a member taken out of a team keeps nothing of it', () => {
    const team = indexGrants([grantOf('msp.viewer', { subjectId: 'bakers' })], roles)
    expect(isAllowed(team, request({ subject: { id: 'p', realm: 'client', teamIds: ['bakers'] } }))).toBe(true)
    expect(isAllowed(team, request())).toBe(false)
  })

  test('a grant of a role that is gone counts for nothing', () => {
    expect(isAllowed(indexGrants([grantOf('role-that-was-deleted')], roles), request())).toBe(false)
  })
})

describe('time', () => {
  test.each([
    ['before the start', { startsAt: now + 1 }, false],
    ['exactly at the start', { startsAt: now }, true],
    ['just before the end', { endsAt: now + 1 }, true],
    ['exactly at the end', { endsAt: now }, false],
  ])('%s', (_, time, allowed) => {
    expect(isAllowed(indexGrants([grantOf('msp.viewer', time)], roles), request())).toBe(allowed)
  })
})

describe('record patterns', () => {
  const texts: Partial<Grant> = { patterns: [{ kind: 'below', labels: ['bakery', 'example'], types: ['TXT'] }] }
  const narrow = indexGrants([grantOf('hosting.customer_admin', texts)], roles)
  const may = (permission: AccessRequest['permission'], at = zone) =>
    isAllowed(narrow, request({ permission, resource: at }))

  test('who may write TXT only makes no CNAME, NS or DNAME', () => {
    const write = (type: string) => may('records.write', record(zone, 'www.bakery.example', type))
    expect(['TXT', 'TYPE16', 'CNAME', 'NS', 'DNAME', 'TYPE2', 'A'].filter(write)).toEqual(['TXT', 'TYPE16'])
  })

  test('who holds a name makes no delegation there, since it would hide what stands below', () => {
    const exact: Partial<Grant> = { patterns: [{ kind: 'exact', labels: ['shop', 'bakery', 'example'], types: 'all' }] }
    const branch: Partial<Grant> = {
      patterns: [{ kind: 'below', labels: ['shop', 'bakery', 'example'], types: 'all' }],
    }
    const delegation = request({
      permission: 'records.dmarc.write',
      resource: record(zone, 'shop.bakery.example', 'NS'),
    })
    expect(isAllowed(indexGrants([grantOf('hosting.domain', exact)], roles), delegation)).toBe(false)
    expect(isAllowed(indexGrants([grantOf('hosting.domain', branch)], roles), delegation)).toBe(true)
  })

  test('they give the zone’s name and some records, and say that it is in part', () => {
    for (const permission of ['zones.view', 'records.view'] as const) {
      expect(decide(narrow, request({ permission }))).toMatchObject({ allowed: true, partial: true })
    }
    expect(may('records.write')).toBe(false)
  })

  test('they give nothing else of the role', () => {
    const others = ['zones.settings.manage', 'domains.transfer', 'grants.manage', 'checks.view', 'api.use'] as const
    expect(others.filter((permission) => may(permission))).toEqual([])
  })

  test('an escaped dot makes no two labels', () => {
    const exact: Partial<Grant> = { patterns: [{ kind: 'exact', labels: ['a.b', 'example'], types: 'all' }] }
    const held = indexGrants([grantOf('msp.developer', exact)], roles)
    const at = (...labels: string[]) => request({ resource: { ...zone, record: { labels, type: 'A' } } })
    expect(isAllowed(held, at('a.b', 'example'))).toBe(true)
    expect(isAllowed(held, at('a', 'b', 'example'))).toBe(false)
  })
})

describe('the API', () => {
  test('a role of the interface never counts for the API, whatever else is held', () => {
    const monitoring = grantOf('monitoring.client', { scope: { kind: 'provider', id: 'main-dns' } })
    const user = grantOf('zones.user', { id: 'u', scope: agency })
    const both = indexGrants([monitoring, user], roles)
    expect(isAllowed(both, request())).toBe(true)
    const decision = refused(decide(both, request({ channel: 'api' })))
    expect(decision.misses[0]).toMatchObject({ kind: 'interface_only' })
  })

  test('without api.use every request is refused', () => {
    const decision = refused(decide(index, ask('bakery-viewer', 'zones.view', zone, { channel: 'api' })))
    expect(decision.misses).toContainEqual({ kind: 'no_api_use' })
    expect(isAllowed(index, ask('bakery-viewer', 'zones.view', zone))).toBe(true)
  })

  test.each([
    ['just before its end', { endsAt: now + 1 }, true],
    ['exactly at its end', { endsAt: now }, false],
    ['before its start', { startsAt: now + 1 }, false],
  ])('api.use opens it %s: %j, %s', (_, time, allowed) => {
    const held = indexGrants([grantOf('msp.viewer'), grantOf('zones.user', { id: 'u', scope: agency, ...time })], roles)
    expect(isAllowed(held, request({ channel: 'api' }))).toBe(allowed)
  })

  test('api.use that a customer’s ceiling withholds opens nothing', () => {
    const withheld = [{ customerId: bakery.id, permissions: ['records.view'], roleIds: [] }] as const
    const elsewhere = grantOf('zones.read_only', { id: 'z', scope: { kind: 'zone', id: 'agency.example' } })
    const held = indexGrants([grantOf('msp.developer'), elsewhere], roles)
    const at = things['the zone agency.example']
    expect(isAllowed(held, request({ resource: at, channel: 'api' }))).toBe(true)
    expect(isAllowed(held, request({ resource: at, channel: 'api', ceilings: { customers: withheld } }))).toBe(false)
  })

  test('a key makes any request one of the API', () => {
    const ceilings = { customers, apiKey: { permissions: 'all', scopes: 'all' } } as const
    expect(isAllowed(index, ask('bakery-viewer', 'zones.view', zone, { ceilings }))).toBe(false)
  })

  test('a key does nothing that its owner may not do any more', () => {
    const ceilings = { apiKey: { permissions: ['records.write'], scopes: 'all' } } as const
    const write = request({ permission: 'records.write', resource: www, channel: 'api', ceilings })
    expect(isAllowed(indexGrants([grantOf('msp.developer')], roles), write)).toBe(true)
    expect(isAllowed(indexGrants([grantOf('msp.viewer')], roles), write)).toBe(false)
    expect(isAllowed(indexGrants([], roles), write)).toBe(false)
  })
})

describe('ceilings', () => {
  const key = (other: Partial<ApiKeyCeiling>): AccessRequest =>
    ask('bakery-admin', 'records.write', www, {
      channel: 'api',
      ceilings: { customers, apiKey: { permissions: 'all', scopes: 'all', ...other } },
    })

  test.each<[string, Partial<ApiKeyCeiling>, string | null]>([
    ['nothing', {}, null],
    ['permissions', { permissions: ['records.view'] }, 'api_key.permissions'],
    ['another scope', { scopes: [clinic] }, 'api_key.scopes'],
    ['a scope above', { scopes: [agency] }, null],
    ['records', { patterns: [{ kind: 'first_label', label: '_acme-challenge', types: ['TXT'] }] }, 'api_key.patterns'],
    ['another network', { networkAllowed: () => false }, 'api_key.networks'],
    ['an end, exactly now', { endsAt: now }, 'api_key.end'],
    ['an end to come', { endsAt: now + 1 }, null],
    ['idleness', { idleLimit: 10, lastUsedAt: now - 10 }, 'api_key.idle'],
    ['idleness not reached', { idleLimit: 10, lastUsedAt: now - 9 }, null],
  ])('a key bounded by %s', (_, bounds, ceiling) => {
    const decision = decide(index, key(bounds))
    expect(decision.allowed ? null : decision.ceiling).toBe(ceiling)
    expect(decision.allowed ? null : decision.smallestGrant).toBe(null)
  })

  test('a key for some records opens nothing but records', () => {
    const bounds: Partial<ApiKeyCeiling> = { patterns: [{ kind: 'below', labels: [], types: 'all' }] }
    expect(isAllowed(index, { ...key(bounds), permission: 'checks.view' })).toBe(false)
    expect(isAllowed(index, key(bounds))).toBe(true)
  })

  test('a key for some records sees a zone in part, though its owner sees all of it', () => {
    const patterns = [{ kind: 'first_label', label: '_acme-challenge', types: ['TXT'] }] as const
    const view = { ...key({ patterns }), permission: 'records.view', resource: zone } as const
    expect(decide(index, view)).toMatchObject({ allowed: true, partial: true })
    expect(decide(index, { ...key({}), permission: 'records.view', resource: zone })).toMatchObject({ partial: false })
  })

  test('looking as somebody else writes nothing', () => {
    const ceilings = { customers, viewAs: true }
    expect(refused(decide(index, ask('agency-owner', 'records.write', www, { ceilings }))).ceiling).toBe('view_as')
    expect(isAllowed(index, ask('agency-owner', 'records.view', www, { ceilings }))).toBe(true)
    expect(isAllowed(index, ask('agency-owner', 'view_as.use', zone, { ceilings }))).toBe(false)
  })

  test('a customer’s ceiling holds for its client accounts whatever role they are given, and not for staff', () => {
    const held = indexGrants([grantOf('hosting.customer_admin')], roles)
    const domain = { permission: 'domains.transfer', resource: things['the domain of bakery'] } as const
    expect(isAllowed(held, request(domain))).toBe(true)
    expect(isAllowed(held, request({ ...domain, ceilings: { customers } }))).toBe(false)
    const staff = { id: 'p', realm: 'staff', teamIds: [] } as const
    expect(isAllowed(held, request({ ...domain, ceilings: { customers }, subject: staff }))).toBe(true)
  })

  test('a client account never holds what belongs to the organization', () => {
    const held = indexGrants([grantOf('msp.owner', { scope: agency }), grantOf('zones.user', { scope: agency })], roles)
    const at = { resource: things['the agency'] }
    expect(isAllowed(held, request({ ...at, permission: 'members.view' }))).toBe(false)
    expect(isAllowed(held, request({ ...at, permission: 'dashboard.view' }))).toBe(true)
  })
})

describe('reasons', () => {
  test('name every grant, the team and the scope by which it is allowed', () => {
    const own = grantOf('msp.viewer', { id: 'own' })
    const team = grantOf('zones.read_only', { id: 'team', subjectId: 'bakers', scope: bakeryZone })
    const subject = { id: 'p', realm: 'client', teamIds: ['bakers'] } as const
    const decision = decide(indexGrants([own, team], roles), request({ subject }))
    expect(decision).toMatchObject({
      allowed: true,
      partial: false,
      reasons: [
        { grant: own, teamId: null, scope: bakery, role: { name: 'Viewer' } },
        { grant: team, teamId: 'bakers', scope: bakeryZone },
      ],
    })
  })

  test('a review is required only if every reason requires it', () => {
    const reviewed = grantOf('msp.developer', { reviewRequired: true })
    const free = grantOf('zones.read_write', { id: 'free', scope: bakeryZone })
    const write = request({ permission: 'records.write', resource: www })
    expect(decide(indexGrants([reviewed], roles), write)).toMatchObject({ reviewRequired: true })
    expect(decide(indexGrants([reviewed, free], roles), write)).toMatchObject({ reviewRequired: false })
    const view = { ...write, permission: 'records.view' } as const
    expect(decide(indexGrants([reviewed], roles), view)).toMatchObject({ reviewRequired: false })
  })
})

describe('refusals', () => {
  test.each<[string, Grant, string]>([
    ['an ended grant', grantOf('msp.developer', { endsAt: now }), 'expired'],
    ['a grant to come', grantOf('msp.developer', { startsAt: now + 1 }), 'not_started'],
    ['a grant elsewhere', grantOf('msp.developer', { scope: clinic }), 'other_scope'],
    ['a role that lacks it', grantOf('msp.viewer'), 'role_lacks_it'],
    ['a role of the other realm', grantOf('msp.block.dns_write'), 'wrong_realm'],
    [
      'a pattern for other records',
      grantOf('msp.developer', { patterns: [{ kind: 'exact', labels: ['a'], types: 'all' }] }),
      'pattern_does_not_cover',
    ],
  ])('name %s as a near miss', (_, grant, kind) => {
    const write = request({ permission: 'records.write', resource: www })
    const decision = refused(decide(indexGrants([grant], roles), write))
    expect(decision.misses).toEqual([{ kind, grant, holderId: 'p' }])
  })

  test('do not name what is elsewhere and over', () => {
    const over = indexGrants([grantOf('msp.developer', { scope: clinic, endsAt: now })], roles)
    expect(refused(decide(over, request({ permission: 'records.write', resource: www }))).misses).toEqual([])
  })

  test('propose the smallest grant of the set, for just this record', () => {
    const write = ask('bakery-viewer', 'records.write', www)
    expect(refused(decide(index, write, { set: 'zones' })).smallestGrant).toEqual({
      subjectId: 'bakery-viewer',
      roleId: 'zones.read_write',
      scope: bakeryZone,
      patterns: [{ kind: 'exact', labels: ['www', 'bakery', 'example'], types: ['A'] }],
    })
    expect(refused(decide(index, write, { set: 'msp' })).smallestGrant).toMatchObject({
      roleId: 'msp.developer',
      scope: bakery,
    })
  })

  test('propose the whole branch where a delegation is wanted', () => {
    const delegation = ask('bakery-viewer', 'records.dmarc.write', record(zone, 'shop.bakery.example', 'NS'))
    expect(refused(decide(index, delegation, { set: 'zones' })).smallestGrant?.patterns).toEqual([
      { kind: 'below', labels: ['shop', 'bakery', 'example'], types: ['NS'] },
    ])
  })

  test('propose a way into the API where only that is missing', () => {
    const view = ask('bakery-viewer', 'records.view', zone, { channel: 'api' })
    expect(refused(decide(index, view)).smallestGrant).toEqual({
      subjectId: 'bakery-viewer',
      roleId: 'zones.user',
      scope: agency,
    })
  })

  test('name who could give it: whoever manages grants there and holds it, and nobody else', () => {
    const subjects = ['agency-owner', 'agency-member', 'bakery-admin', 'bakery-developer', 'outsider-owner'].map((id) =>
      person(id),
    )
    const everyone = { index, people: subjects }
    const write = refused(decide(index, ask('bakery-viewer', 'records.write', www), { everyone }))
    expect(write.whoCouldGrant).toEqual(['agency-owner', 'bakery-admin'])
    const settings = refused(decide(index, ask('bakery-viewer', 'zones.settings.manage', zone), { everyone }))
    expect(settings.whoCouldGrant).toEqual(['agency-owner'])
  })
})
