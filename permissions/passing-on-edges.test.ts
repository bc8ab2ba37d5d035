import { describe, expect, test } from 'vitest'
import { agency, bakery, bakeryHosting, bakeryZone, clinic, now, resource, roles, things } from './cast.ts'
import type { Ceilings } from './ceilings.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { firstAbove } from './is-above.ts'
import { type MayGrant, mayGrant, mayRevoke } from './may-grant.ts'
import type { RecordPattern } from './record-patterns.ts'
import type { Role } from './roles.ts'
import type { Realm, Resource, Scope, Subject } from './scopes.ts'

const zone = things['the zone bakery.example']
const txt: RecordPattern = { kind: 'below', labels: ['bakery', 'example'], types: ['TXT'] }

function role(id: string, permissions: Role['permissions'], other: Partial<Role> = {}): Role {
  return { id, name: `The ${id}`, set: 'custom', scopeKind: 'zone', realms: ['staff', 'client'], permissions, ...other }
}

const own = [
  role('manager', ['grants.manage']),
  role('writer', ['records.write']),
  role('page', ['records.write'], { interfaceOnly: true }),
  role('transfer', ['domains.transfer']),
  role('viewer', ['zones.view'], { scopeKind: 'customer' }),
]
const book = new Map([...roles, ...own.map((each): [string, Role] => [each.id, each])])

function hold(roleId: string, narrowed: Partial<Grant> = {}, scope: Scope = bakeryZone): Grant {
  return { id: `${roleId}-${JSON.stringify(narrowed)}`, subjectId: 'me', roleId, scope, ...narrowed }
}

interface Giving {
  readonly roleId?: string
  readonly scope?: Scope
  readonly at?: Resource
  readonly narrowed?: Partial<Grant>
  readonly ceilings?: Ceilings
  readonly realms?: readonly [me: Realm, other: Realm]
  readonly to?: string
}

function change({
  roleId = 'writer',
  scope = bakeryZone,
  at = zone,
  narrowed,
  ceilings,
  realms,
  to = 'other',
}: Giving) {
  const [mine, theirs] = realms ?? ['client', 'client']
  const person = (id: string, realm: Realm): Subject => ({ id, realm, teamIds: [] })
  const granter = { subject: person('me', mine), now, channel: 'interface', ...(ceilings ? { ceilings } : {}) } as const
  return { granter, grant: { subjectId: to, roleId, scope, ...narrowed }, at, targets: [person(to, theirs)] }
}

const give = (held: readonly Grant[], giving: Giving = {}): MayGrant =>
  mayGrant(indexGrants(held, book), change(giving))

describe('a refusal to pass on says in words what is missing', () => {
  const until = new Date(now + 10).toISOString()
  test.each<[string, MayGrant, object]>([
    ['of an unknown role', give([], { roleId: 'king' }), { refusal: 'invalid', message: 'There is no role "king"' }],
    ['to oneself', give([], { to: 'me' }), { refusal: 'invalid', message: 'Nobody grants to oneself' }],
    [
      'without grants.manage',
      give([hold('writer')]),
      {
        refusal: 'no_grants_manage',
        message: 'Giving or taking access here needs "grants.manage"',
        permission: 'grants.manage',
      },
    ],
    [
      'of what is not held',
      give([hold('manager')]),
      {
        refusal: 'permission_not_held',
        message: 'You do not hold "records.write" here',
        permission: 'records.write',
      },
    ],
    [
      'of more records',
      give([hold('manager'), hold('writer', { patterns: [txt] })]),
      {
        refusal: 'pattern_not_held',
        message: 'You hold "records.write" for some records only',
        permission: 'records.write',
      },
    ],
    [
      'for longer',
      give([hold('manager'), hold('writer', { endsAt: now + 10 })]),
      {
        refusal: 'end_beyond_own',
        message: `You hold "records.write" until ${until}: end the grant then or before`,
        permission: 'records.write',
      },
    ],
    [
      'for the API too',
      give([hold('manager'), hold('page')]),
      {
        refusal: 'interface_only',
        message: 'You hold "records.write" for the interface only: give a role that is for the interface only too',
        permission: 'records.write',
      },
    ],
    [
      'without review',
      give([hold('manager'), hold('writer', { reviewRequired: true })]),
      {
        refusal: 'review_required',
        message: 'You hold "records.write" with review: require review in the grant too',
        permission: 'records.write',
      },
    ],
    [
      'of a role that is not handed out',
      give([hold('manager'), hold('writer')], {
        at: { ...zone, ancestors: [bakeryZone, bakery, agency] },
        ceilings: {
          customers: [{ customerId: bakery.id, permissions: ['grants.manage', 'records.write'], roleIds: [] }],
        },
      }),
      { refusal: 'role_not_handed_out', message: 'The role "The writer" is handed out by your provider only' },
    ],
  ])('%s', (_, given, refused) => {
    expect(given).toEqual({ ok: false, ...refused })
  })

  test('of a role that a Hosting Admin does not pass on, and not if another of its roles does', () => {
    const at = things['the hosting bakery-hosting']
    const stats = role('stats', ['hosting.stats.view'], { scopeKind: 'hosting' })
    const roleBook = new Map([...book, [stats.id, stats]])
    const admin = hold('hosting.hosting_admin', {}, bakeryHosting)
    const asked = change({ roleId: 'stats', scope: bakeryHosting, at })
    expect(mayGrant(indexGrants([admin], roleBook), asked)).toEqual({
      ok: false,
      refusal: 'role_not_passed_on',
      message: 'A Hosting Admin cannot pass on the role "The stats"',
    })
    const both = [admin, hold('hosting.customer_admin', {}, bakery)]
    expect(mayGrant(indexGrants(both, roleBook), asked)).toEqual({ ok: true, clipped: [] })
  })

  test('by a key that ends', () => {
    const apiKey = { permissions: 'all', scopes: 'all', endsAt: now + 10 } as const
    const opener = hold('msp.developer', {}, bakery)
    expect(give([hold('manager'), opener, hold('writer')], { ceilings: { apiKey } })).toEqual({
      ok: false,
      refusal: 'end_beyond_own',
      message: `This key ends at ${until}: end the grant then or before`,
    })
  })
})

describe('of several grants of one’s own', () => {
  test('one that is enough is enough, whichever comes first', () => {
    const [wide, narrow] = [hold('writer'), hold('writer', { patterns: [txt] })]
    expect(give([hold('manager'), wide, narrow])).toEqual({ ok: true, clipped: [] })
    expect(give([hold('manager'), narrow, wide])).toEqual({ ok: true, clipped: [] })
  })
})

describe('ceilings of customers', () => {
  test('clip what is given at their customer, and nothing elsewhere, be the id the same', () => {
    const customers = [{ customerId: clinic.id, permissions: ['grants.manage'], roleIds: [] }] as const
    const held = [hold('msp.owner', {}, agency)]
    const elsewhere = { ceilings: { customers }, realms: ['staff', 'client'] } as const
    expect(give(held, elsewhere)).toEqual({ ok: true, clipped: [] })
    const at = resource('zone', bakeryZone.id, { kind: 'provider', id: clinic.id }, agency)
    expect(give(held, { ...elsewhere, at })).toEqual({ ok: true, clipped: [] })
    const inClinic = resource('zone', bakeryZone.id, clinic, agency)
    expect(give(held, { ...elsewhere, at: inClinic })).toEqual({ ok: true, clipped: ['records.write'] })
  })

  test('decide who is above: what a ceiling keeps from a client is not held', () => {
    const theirs: Grant = { id: 't', subjectId: 'other', roleId: 'transfer', scope: bakeryZone }
    const index = indexGrants([hold('manager'), theirs], book)
    const at = resource('zone', bakeryZone.id, bakery, agency)
    const customers = [{ customerId: bakery.id, permissions: ['grants.manage'], roleIds: ['transfer'] }] as const
    const asked = { roleId: 'transfer', at }
    expect(mayRevoke(index, change({ ...asked, ceilings: { customers } }))).toEqual({ ok: true, clipped: [] })
    expect(mayRevoke(index, change(asked))).toEqual({
      ok: false,
      refusal: 'above_oneself',
      message: 'They hold "domains.transfer" here and you do not',
      permission: 'domains.transfer',
    })
    const [me, other] = ['me', 'other'].map((id): Subject => ({ id, realm: 'client', teamIds: [] })) as [
      Subject,
      Subject,
    ]
    expect(firstAbove(index, { other, me, at, now })).toBe('domains.transfer')
    expect(firstAbove(index, { other, me, at, now, customers })).toBe(null)
  })
})
