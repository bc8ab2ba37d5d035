import { describe, expect, test } from 'vitest'
import {
  agency,
  bakery,
  bakeryHosting,
  bakeryZone,
  clinic,
  customers,
  grants,
  index,
  now,
  people,
  person,
  roles,
  things,
} from './cast.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { isAbove } from './is-above.ts'
import { heldWithoutEnd, lastHolderLost } from './last-holder.ts'
import { type MayGrant, mayGrant, mayRevoke } from './may-grant.ts'
import type { RecordPattern } from './record-patterns.ts'
import type { Asker } from './requests.ts'
import type { Resource, Scope } from './scopes.ts'

const atBakery = things['the customer bakery']

function granter(id: string, other: Partial<Asker> = {}): Asker {
  return { subject: person(id), now, channel: 'interface', ceilings: { customers }, ...other }
}

interface Wish {
  readonly by: string
  readonly to: string
  readonly role: string
  readonly scope?: Scope
  readonly at?: Resource
  readonly narrowed?: Partial<Grant>
  readonly of?: readonly Grant[]
  readonly asker?: Partial<Asker>
}

function wish({ by, to, role, scope = bakery, at = atBakery, narrowed = {}, of, asker }: Wish): MayGrant {
  const held = of === undefined ? index : indexGrants(of, roles)
  const grant = { subjectId: to, roleId: role, scope, ...narrowed }
  return mayGrant(held, { granter: granter(by, asker), grant, at, targets: [person(to)] })
}

const pattern: RecordPattern = { kind: 'below', labels: ['shop', 'bakery', 'example'], types: ['TXT'] }

describe('passing rights on', () => {
  test.each<[string, Wish]>([
    [
      'an owner makes an admin',
      { by: 'agency-owner', to: 'agency-member', role: 'msp.admin', scope: agency, at: things['the agency'] },
    ],
    ['an admin gives a client its role', { by: 'agency-admin', to: 'clinic-viewer', role: 'msp.client_admin' }],
    ['a Client Admin gives its viewer more', { by: 'bakery-admin', to: 'bakery-viewer', role: 'msp.developer' }],
  ])('%s', (_, wanted) => {
    expect(wish(wanted)).toMatchObject({ ok: true })
  })

  test.each<[string, Wish, string]>([
    ['without grants.manage', { by: 'bakery-developer', to: 'bakery-viewer', role: 'msp.viewer' }, 'no_grants_manage'],
    [
      'at another customer',
      { by: 'bakery-admin', to: 'clinic-viewer', role: 'msp.viewer', scope: clinic, at: things['the customer clinic'] },
      'no_grants_manage',
    ],
    [
      'more than is held',
      { by: 'agency-admin', to: 'agency-member', role: 'msp.owner', scope: agency, at: things['the agency'] },
      'permission_not_held',
    ],
    [
      'to oneself',
      { by: 'agency-admin', to: 'agency-admin', role: 'msp.member', scope: agency, at: things['the agency'] },
      'invalid',
    ],
    [
      'to an outsider of the realm',
      { by: 'agency-owner', to: 'bakery-viewer', role: 'msp.member', scope: agency, at: things['the agency'] },
      'invalid',
    ],
    [
      'a role that the customer’s admin may not hand out',
      { by: 'bakery-admin', to: 'bakery-viewer', role: 'hosting.domain' },
      'role_not_handed_out',
    ],
    [
      'to somebody above',
      { by: 'agency-admin', to: 'agency-owner', role: 'msp.member', scope: agency, at: things['the agency'] },
      'above_oneself',
    ],
    [
      'while looking as somebody else',
      { by: 'agency-owner', to: 'bakery-viewer', role: 'msp.developer', asker: { ceilings: { viewAs: true } } },
      'no_grants_manage',
    ],
  ])('is refused %s', (_, wanted, refusal) => {
    expect(wish(wanted)).toMatchObject({ ok: false, refusal })
  })

  test('what a ceiling keeps from a client is told', () => {
    const given = wish({ by: 'agency-owner', to: 'bakery-viewer', role: 'hosting.domain' })
    const clipped = given.ok ? [...given.clipped].sort() : []
    expect(clipped).toEqual(['domains.register', 'records.protected.write', 'zones.create'])
  })

  test('of a team with staff in it, nothing is clipped', () => {
    const mixed = [person('bakery-viewer'), { id: 'helper', realm: 'staff', teamIds: [] } as const]
    const grant = { subjectId: 'mixed-team', roleId: 'hosting.domain', scope: bakery }
    const by = (who: string) => mayGrant(index, { granter: granter(who), grant, at: atBakery, targets: mixed })
    expect(by('agency-owner')).toEqual({ ok: true, clipped: [] })
  })

  test('a key for some records gives nothing away', () => {
    const key = { permissions: 'all', scopes: 'all', patterns: [pattern] } as const
    expect(
      wish({ by: 'agency-owner', to: 'bakery-viewer', role: 'msp.developer', asker: { ceilings: { apiKey: key } } }),
    ).toMatchObject({ ok: false, refusal: 'no_grants_manage' })
  })

  test('what is given by a key ends with the key, or before', () => {
    const key = { permissions: 'all', scopes: 'all', endsAt: now + 10 } as const
    const until = (endsAt?: number) => {
      const given = wish({
        by: 'agency-owner',
        to: 'bakery-viewer',
        role: 'msp.developer',
        narrowed: endsAt === undefined ? {} : { endsAt },
        asker: { ceilings: { apiKey: key } },
      })
      return given.ok ? 'ok' : given.refusal
    }
    expect([until(), until(now + 11), until(now + 10), until(now + 9)]).toEqual([
      'end_beyond_own',
      'end_beyond_own',
      'ok',
      'ok',
    ])
  })

  test('a Hosting Admin passes on hosting roles only', () => {
    const own: Grant = { id: 'h', subjectId: 'bakery-admin', roleId: 'hosting.hosting_admin', scope: bakeryHosting }
    const at = things['the hosting bakery-hosting']
    const copy = { ...(roles.get('hosting.stats') ?? missing()), id: 'own.stats', set: 'custom' as const }
    const book = new Map([...roles, [copy.id, copy]])
    const give = (roleId: string) => {
      const grant = { subjectId: 'bakery-viewer', roleId, scope: bakeryHosting }
      const asker = granter('bakery-admin', { ceilings: {} })
      return mayGrant(indexGrants([own], book), { granter: asker, grant, at, targets: [person('bakery-viewer')] })
    }
    expect(give('hosting.mail')).toMatchObject({ ok: true })
    expect(give('own.stats')).toMatchObject({ ok: false, refusal: 'role_not_passed_on' })
  })

  function missing(): never {
    throw new Error('no such role')
  }

  test('what is held for the interface only is given for the interface only', () => {
    const page = { ...(roles.get('zones.read_write') ?? missing()), id: 'own.page', interfaceOnly: true }
    const manage = { ...page, id: 'own.manage', interfaceOnly: false, permissions: ['grants.manage'] } as const
    const book = new Map([...roles, [page.id, page], [manage.id, manage]])
    const held = [page, manage].map(({ id }) => ({ id, subjectId: 'bakery-admin', roleId: id, scope: bakeryZone }))
    const at = things['the zone bakery.example']
    const give = (roleId: string) => {
      const grant = { subjectId: 'bakery-viewer', roleId, scope: bakeryZone }
      const asker = granter('bakery-admin', { ceilings: {} })
      return mayGrant(indexGrants(held, book), { granter: asker, grant, at, targets: [person('bakery-viewer')] })
    }
    expect(give('own.page')).toMatchObject({ ok: true })
    expect(give('zones.read_write')).toMatchObject({ ok: false, refusal: 'interface_only' })
  })

  test('stays within the granter’s patterns, end and review', () => {
    const narrow = { patterns: [pattern] }
    const bounded = (own: Partial<Grant>, narrowed: Partial<Grant>) => {
      // The right to give is whole; what is given is held narrowly.
      const manage: Grant = { id: 'm', subjectId: 'bakery-admin', roleId: 'm', scope: bakery }
      const hold: Grant = { id: 'h', subjectId: 'bakery-admin', roleId: 'zones.read_write', scope: bakeryZone, ...own }
      const managing = {
        id: 'm',
        name: 'm',
        set: 'custom',
        scopeKind: 'customer',
        realms: ['client'],
        permissions: ['grants.manage'],
      } as const
      const held = indexGrants([manage, hold], new Map([...roles, ['m', managing]]))
      const grant = { subjectId: 'bakery-viewer', roleId: 'zones.read_write', scope: bakeryZone, ...narrowed }
      const at = things['the zone bakery.example']
      const result = mayGrant(held, {
        granter: granter('bakery-admin', { ceilings: {} }),
        grant,
        at,
        targets: [person('bakery-viewer')],
      })
      return result.ok ? 'ok' : result.refusal
    }
    expect(bounded({}, {})).toBe('ok')
    expect(bounded(narrow, {})).toBe('pattern_not_held')
    expect(bounded(narrow, { patterns: [{ ...pattern, types: 'all' }] })).toBe('pattern_not_held')
    expect(bounded(narrow, narrow)).toBe('ok')
    expect(bounded({ endsAt: now + 10 }, {})).toBe('end_beyond_own')
    expect(bounded({ endsAt: now + 10 }, { endsAt: now + 11 })).toBe('end_beyond_own')
    expect(bounded({ endsAt: now + 10 }, { endsAt: now + 10 })).toBe('ok')
    expect(bounded({ endsAt: now }, { endsAt: now + 10 })).toBe('permission_not_held')
    expect(bounded({ reviewRequired: true }, {})).toBe('review_required')
    expect(bounded({ reviewRequired: true }, { reviewRequired: true })).toBe('ok')
  })
})

describe('taking rights away', () => {
  test('an admin takes from a member, and not from an owner', () => {
    const at = things['the agency']
    const take = (from: string) => {
      const grant = grants.find(({ subjectId }) => subjectId === from) ?? grants[0]
      if (grant === undefined) throw new Error('no grant')
      return mayRevoke(index, { granter: granter('agency-admin'), grant, at, targets: [person(from)] })
    }
    expect(take('agency-member')).toMatchObject({ ok: true })
    expect(take('agency-owner')).toMatchObject({ ok: false, refusal: 'above_oneself' })
  })

  test('who holds all records is above who holds some, and of those who hold some the one who holds more', () => {
    const names = {
      id: 'w',
      name: 'w',
      set: 'custom',
      scopeKind: 'zone',
      realms: ['client'],
      permissions: ['records.write'],
    } as const
    const hold = (subjectId: string, patterns?: RecordPattern[]): Grant => {
      const grant = { id: subjectId, subjectId, roleId: 'w', scope: bakeryZone }
      return patterns === undefined ? grant : { ...grant, patterns }
    }
    const held = indexGrants(
      [hold('all'), hold('more', [{ ...pattern, types: 'all' }]), hold('some', [pattern])],
      new Map([['w', names]]),
    )
    const client = (id: string) => ({ id, realm: 'client', teamIds: [] }) as const
    const above = (other: string, me: string) =>
      isAbove(held, { other: client(other), me: client(me), at: things['the zone bakery.example'], now })
    expect([
      above('all', 'some'),
      above('more', 'some'),
      above('some', 'more'),
      above('some', 'all'),
      above('some', 'some'),
    ]).toEqual([true, true, false, false, false])
  })

  test('somebody is above if they hold more there, not elsewhere', () => {
    const above = (other: string, me: string, at: Resource) =>
      isAbove(index, { other: person(other), me: person(me), at, now, customers })
    expect(above('agency-owner', 'agency-admin', things['the agency'])).toBe(true)
    expect(above('agency-admin', 'agency-owner', things['the agency'])).toBe(false)
    expect(above('clinic-viewer', 'bakery-viewer', atBakery)).toBe(false)
    expect(above('bakery-developer', 'bakery-acme', things['the zone bakery.example'])).toBe(true)
    expect(above('bakery-acme', 'bakery-developer', things['the zone bakery.example'])).toBe(false)
  })
})

describe('of every permission somebody stays who holds it without end', () => {
  const before = { organizationId: agency.id, grants, roles, people, now }
  const without = (id: string) => grants.filter(({ subjectId }) => subjectId !== id)

  test.each<[string, Grant[]]>([
    ['removed', without('agency-owner')],
    ['let expire', grants.map((each) => (each.subjectId === 'agency-owner' ? { ...each, endsAt: now + 1e9 } : each))],
    ['demoted', grants.map((each) => (each.subjectId === 'agency-owner' ? { ...each, roleId: 'msp.admin' } : each))],
    [
      'put under review',
      grants.map((each) => (each.subjectId === 'agency-owner' ? { ...each, reviewRequired: true } : each)),
    ],
  ])('the last owner is not %s', (_, after) => {
    expect(lastHolderLost(before, { ...before, grants: after }).sort()).toEqual([
      'organization.delete',
      'subscription.manage',
      'subscription.view',
    ])
  })

  test('an admin may go while an owner stays', () => {
    expect(lastHolderLost(before, { ...before, grants: without('agency-admin') })).toEqual([])
  })

  test.each<[string, Partial<Grant>, 'staff' | 'client']>([
    ['held at a customer of the same id', { scope: { kind: 'customer', id: agency.id } }, 'staff'],
    ['narrowed to records', { patterns: [pattern] }, 'staff'],
    ['of a client account', {}, 'client'],
    ['to come', { startsAt: now + 1 }, 'staff'],
  ])('a grant %s keeps nothing', (_, other, realm) => {
    const grant: Grant = { id: 'o', subjectId: 'boss', roleId: 'msp.owner', scope: agency, ...other }
    const boss = { id: 'boss', realm, teamIds: [] }
    expect(heldWithoutEnd({ ...before, grants: [grant], people: [boss] }).size).toBe(0)
  })

  test('a team without people holds nothing', () => {
    const ofTeam: Grant = { id: 't', subjectId: 'bosses', roleId: 'msp.owner', scope: agency }
    const boss = { id: 'boss', realm: 'staff', teamIds: ['bosses'] } as const
    expect(heldWithoutEnd({ ...before, grants: [ofTeam], people: [boss] }).size).toBeGreaterThan(60)
    expect(heldWithoutEnd({ ...before, grants: [ofTeam], people: [{ ...boss, teamIds: [] }] }).size).toBe(0)
  })
})
