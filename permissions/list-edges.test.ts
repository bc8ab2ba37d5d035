import { describe, expect, test } from 'vitest'
import { agency, ask, bakery, bakeryZone, index, now, people, resource, roles, things } from './cast.ts'
import { type ApiKeyCeiling, type CustomerCeiling, exceededCeiling } from './ceilings.ts'
import { decide, isAllowed } from './decide.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { isWithin } from './record-patterns.ts'
import type { AccessRequest } from './requests.ts'
import type { Role } from './roles.ts'
import type { Subject } from './scopes.ts'
import { holdsAnywhere, visibleScopes } from './visible-scopes.ts'

const client: Subject = { id: 'p', realm: 'client', teamIds: [] }
const staff: Subject = { ...client, realm: 'staff' }
const zone = resource('zone', bakeryZone.id, bakery, agency)

function hold(roleId: string, scope: Grant['scope'], other: Partial<Grant> = {}): Grant {
  return { id: roleId, subjectId: 'p', roleId, scope, ...other }
}

function request(other: Partial<AccessRequest> = {}): AccessRequest {
  return { subject: client, permission: 'zones.view', resource: zone, now, channel: 'interface', ...other }
}

const without = (...withheld: string[]): CustomerCeiling[] => {
  const permissions = (roles.get('msp.client_admin')?.permissions ?? []).filter((id) => !withheld.includes(id))
  return [{ customerId: bakery.id, permissions, roleIds: [] }]
}

describe('lists', () => {
  test('are empty for a write while looking as somebody else, and nothing is held anywhere then', () => {
    const held = indexGrants([hold('msp.developer', bakery)], roles)
    const write = request({ permission: 'records.write', ceilings: { viewAs: true } })
    expect(visibleScopes(held, write).customers).toEqual([])
    expect(holdsAnywhere(held, write)).toBe(false)
    expect(holdsAnywhere(held, request({ ceilings: { viewAs: true } }))).toBe(true)
  })

  test('by API leave out what is for the interface only, though the API is open', () => {
    const page = hold('monitoring.client', { kind: 'provider', id: 'main-dns' })
    const held = indexGrants([page, hold('msp.developer', bakery)], roles)
    expect(visibleScopes(held, request()).providers).toHaveLength(1)
    expect(visibleScopes(held, request({ channel: 'api' })).providers).toEqual([])
    expect(visibleScopes(held, request({ channel: 'api' })).customers).toHaveLength(1)
  })

  test('leave out a grant without any pattern in its list', () => {
    const held = indexGrants([hold('msp.viewer', bakery, { patterns: [] })], roles)
    expect(visibleScopes(held, request()).customers).toEqual([])
  })

  test('except a customer that withholds the API, for a key on whatever channel', () => {
    const held = indexGrants([hold('msp.developer', bakery), hold('zones.user', agency)], roles)
    const apiKey: ApiKeyCeiling = { permissions: 'all', scopes: 'all' }
    const customers = without('api.use')
    expect(visibleScopes(held, request({ ceilings: { customers, apiKey } })).exceptCustomers).toEqual([bakery.id])
    expect(visibleScopes(held, request({ ceilings: { customers } })).exceptCustomers).toEqual([])
  })

  test('a zone with the id of a customer that withholds is not that customer', () => {
    const twin = { kind: 'zone', id: bakery.id } as const
    const ceilings = { customers: without('zones.view') }
    const holds = (grant: Grant) => holdsAnywhere(indexGrants([grant], roles), request({ ceilings }))
    expect(holds(hold('zones.read_only', twin))).toBe(true)
    expect(holds(hold('msp.viewer', bakery))).toBe(false)
  })
})

describe('the way into the API', () => {
  test('is closed by a customer’s ceiling, though it is open elsewhere', () => {
    const held = indexGrants([hold('msp.viewer', bakery), hold('zones.user', agency)], roles)
    const byApi = (customers: CustomerCeiling[]) =>
      isAllowed(held, request({ channel: 'api', ceilings: { customers } }))
    expect([byApi(without()), byApi(without('api.use'))]).toEqual([true, false])
  })

  test('is kept from client accounts at that customer, not from staff, nor at a zone of the same id', () => {
    const opener: Role = { ...(roles.get('zones.read_only') ?? missing()), id: 'opener', permissions: ['api.use'] }
    const viewer: Role = { ...opener, id: 'viewer', permissions: ['zones.view'] }
    const book = new Map([opener, viewer].map((each) => [each.id, each]))
    const place = { kind: 'provider', id: 'x' } as const
    const opens = (subject: Subject, scope: Grant['scope']) => {
      const held = indexGrants([hold('opener', scope), hold('viewer', place)], book)
      const ceilings = { customers: without('api.use') }
      return isAllowed(
        held,
        request({ subject, resource: resource('provider', 'x', agency), channel: 'api', ceilings }),
      )
    }
    expect(opens(client, bakery)).toBe(false)
    expect(opens(client, { kind: 'zone', id: bakery.id })).toBe(true)
    expect(opens(staff, bakery)).toBe(true)
  })

  function missing(): never {
    throw new Error('no such role')
  }
})

describe('a ceiling', () => {
  test('of a customer is named', () => {
    expect(exceededCeiling(request({ ceilings: { customers: without('zones.view') } }))).toBe('customer.permissions')
  })

  test('of a key that was never used is idle at once if it may not rest at all', () => {
    const apiKey: ApiKeyCeiling = { permissions: 'all', scopes: 'all', idleLimit: 0 }
    expect(exceededCeiling(request({ ceilings: { apiKey } }))).toBe('api_key.idle')
    expect(exceededCeiling(request({ ceilings: { apiKey: { ...apiKey, idleLimit: 1 } } }))).toBe(null)
  })

  test('of a key for a provider leaves out the customer of the same id', () => {
    const scopesOf = (kind: 'provider' | 'customer'): ApiKeyCeiling => ({
      permissions: 'all',
      scopes: [{ kind, id: bakery.id }],
    })
    expect(exceededCeiling(request({ ceilings: { apiKey: scopesOf('provider') } }))).toBe('api_key.scopes')
    expect(exceededCeiling(request({ ceilings: { apiKey: scopesOf('customer') } }))).toBe(null)
  })
})

describe('who could give what is missing', () => {
  const everyone = { index, people }
  const write = ask('bakery-viewer', 'records.write', things['the zone bakery.example'])
  const named = (asked: AccessRequest) => {
    const decision = decide(index, asked, { everyone })
    return decision.allowed ? [] : decision.whoCouldGrant
  }

  test('is somebody whose own ceiling leaves it', () => {
    expect(named(write)).toContain('bakery-admin')
    expect(named({ ...write, ceilings: { customers: without('records.write') } })).not.toContain('bakery-admin')
  })

  test('is told where no ceiling is known', () => {
    const { ceilings: _, ...bare } = write
    expect(named(bare)).toContain('bakery-admin')
  })
})

test('a pattern of no type at all lies within any other', () => {
  const none = { kind: 'exact', labels: ['a'], types: [] } as const
  expect(isWithin(none, { kind: 'exact', labels: ['b'], types: ['A'] })).toBe(true)
  expect(isWithin({ ...none, types: ['A'] }, { kind: 'exact', labels: ['b'], types: ['A'] })).toBe(false)
})
