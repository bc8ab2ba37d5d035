import { describe, expect, test } from 'vitest'
import type { AccessWorld } from './access-worlds.ts'
import type { Assertion } from './assertions.ts'
import { agency, bakery, bakeryZone, clinic, grants, now, people, roles, shopZone, things } from './cast.ts'
import { checkAssertion } from './check-assertion.ts'
import { findBreaches } from './find-breaches.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import type { RecordPattern } from './record-patterns.ts'
import type { Resource } from './scopes.ts'

const zone = things['the zone bakery.example']
const shop = things['the zone bakery-shop.example']
const clinicsZone = things['the zone clinic.example']
const everywhere: readonly Resource[] = Object.values(things)

function worldOf(held: readonly Grant[] = grants, other: Partial<AccessWorld> = {}): AccessWorld {
  const byId = new Map(people.map((each) => [each.id, each]))
  return { index: indexGrants(held, roles), people: byId, customers: [], now, ...other }
}

const nobodyDeletes: Assertion = { id: 'a', who: { kind: 'anyone' }, permission: 'zones.delete', at: bakery }

function breakers(assertion: Partial<Assertion>, world = worldOf(), below = everywhere): string[] {
  const found = findBreaches({ ...nobodyDeletes, ...assertion }, world, below)
  return [...new Set(found.map(({ subjectId }) => subjectId))]
}

const extra = (narrowed: Partial<Grant> = {}): Grant => ({
  id: 'extra',
  subjectId: 'bakery-viewer',
  roleId: 'zones.read_write',
  scope: bakeryZone,
  ...narrowed,
})

const atName = (
  kind: 'exact' | 'below',
  types: RecordPattern['types'],
): Exclude<RecordPattern, { kind: 'first_label' }> => ({
  kind,
  labels: ['shop', 'bakery', 'example'],
  types,
})

describe('where an assertion does not hold', () => {
  test('every way there is named: person, place, grant, role and team', () => {
    const held = [extra({ subjectId: 'bakers' })]
    const member = { id: 'bakery-viewer', realm: 'client', teamIds: ['bakers'] } as const
    const world = worldOf(held, { people: new Map([[member.id, member]]) })
    const found = findBreaches({ ...nobodyDeletes, permission: 'records.write' }, world, everywhere)
    expect(found).toEqual([
      { subjectId: member.id, resource: zone, grant: held[0], role: roles.get('zones.read_write'), teamId: 'bakers' },
    ])
    const own = findBreaches({ ...nobodyDeletes, permission: 'records.write' }, worldOf([extra()]), [zone])
    expect(own.map(({ teamId }) => teamId)).toEqual([null])
  })

  test('it is about a kind of people', () => {
    expect(breakers({})).toEqual(['agency-owner', 'agency-admin'])
    expect(breakers({ who: { kind: 'realm', realm: 'client' } })).toEqual([])
    expect(breakers({ who: { kind: 'realm', realm: 'client' }, permission: 'records.write' })).toEqual([
      'bakery-admin',
      'bakery-developer',
      'bakery-acme',
    ])
    expect(breakers({ who: { kind: 'subject', subjectId: 'agency-admin' } })).toEqual(['agency-admin'])
    expect(breakers({ except: ['agency-owner'] })).toEqual(['agency-admin'])
  })

  test('it is about whoever holds a role at a scope, by whatever grant they can do it', () => {
    const who = { kind: 'role', roleId: 'msp.viewer', scope: bakery } as const
    const writes = { who, permission: 'records.write' } as const
    expect(breakers(writes)).toEqual([])
    expect(breakers(writes, worldOf([...grants, extra()]))).toEqual(['bakery-viewer'])
    expect(breakers({ ...writes, who: { ...who, scope: clinic } }, worldOf([...grants, extra()]))).toEqual([])
    const twin = { kind: 'zone', id: bakery.id } as const
    expect(breakers({ ...writes, who: { ...who, scope: twin } }, worldOf([...grants, extra()]))).toEqual([])
  })

  test('who will hold the role later is meant, who held it is not', () => {
    const who = { kind: 'role', roleId: 'msp.viewer', scope: bakery } as const
    const viewer = (times: Partial<Grant>): Grant => ({ ...extra(times), id: 'v', roleId: 'msp.viewer', scope: bakery })
    const of = (times: Partial<Grant>) =>
      breakers({ who, permission: 'records.write' }, worldOf([viewer(times), extra()]))
    expect([of({ startsAt: now + 5 }), of({ endsAt: now }), of({ endsAt: now + 1 })]).toEqual([
      ['bakery-viewer'],
      [],
      ['bakery-viewer'],
    ])
  })

  test('a team is meant, or excepted, with everybody in it', () => {
    const members = people.map((each) => (each.id === 'agency-admin' ? { ...each, teamIds: ['boss'] } : each))
    const world = worldOf(grants, { people: new Map(members.map((each) => [each.id, each])) })
    expect(breakers({ who: { kind: 'subject', subjectId: 'boss' } }, world)).toEqual(['agency-admin'])
    expect(breakers({ except: ['boss'] }, world)).toEqual(['agency-owner'])
  })

  test('a grant that has not begun counts, one that ended does not', () => {
    const writes = { who: { kind: 'subject', subjectId: 'bakery-viewer' }, permission: 'records.write' } as const
    const of = (times: Partial<Grant>) => breakers(writes, worldOf([extra(times)]))
    expect([of({ startsAt: now + 5 }), of({ endsAt: now }), of({ endsAt: now + 1 })]).toEqual([
      ['bakery-viewer'],
      [],
      ['bakery-viewer'],
    ])
  })

  test('it is about a place and what is below it', () => {
    const found = findBreaches({ ...nobodyDeletes, who: { kind: 'subject', subjectId: 'agency-owner' } }, worldOf(), [
      zone,
      shop,
      clinicsZone,
    ])
    expect(found.map(({ resource }) => resource.id)).toEqual([zone.id, shop.id])
    expect(breakers({ at: { kind: 'customer', id: zone.id } })).toEqual([])
    expect(breakers({ at: shopZone, permission: 'records.write' }, worldOf([extra()]))).toEqual([])
  })

  test('what a ceiling keeps from a client is no breach', () => {
    const writes = { who: { kind: 'realm', realm: 'client' }, permission: 'records.write' } as const
    const customers = [{ customerId: bakery.id, permissions: [], roleIds: [] }]
    expect(breakers(writes, worldOf(grants, { customers }))).toEqual([])
    expect(breakers({ ...nobodyDeletes }, worldOf(grants, { customers }))).toEqual(['agency-owner', 'agency-admin'])
  })

  test.each<readonly [string, RecordPattern[] | undefined, boolean]>([
    ['all records', undefined, true],
    ['just that record', [atName('exact', ['TXT'])], true],
    ['another name', [{ ...atName('exact', ['TXT']), labels: ['www', 'bakery', 'example'] }], false],
    ['another type', [atName('below', ['A'])], false],
    ['a part of them', [{ kind: 'first_label', label: 'shop', types: 'all' }], true],
    ['nothing', [], false],
  ])('a grant of %s is judged by the record of the assertion', (_, patterns, breached) => {
    const record = atName('below', ['TXT'])
    const grant = patterns === undefined ? extra() : extra({ patterns })
    const writes = { permission: 'records.write', record } as const
    expect(breakers(writes, worldOf([grant]))).toEqual(breached ? ['bakery-viewer'] : [])
  })

  test('whoever sees some record of a zone sees its name, whichever record is meant', () => {
    const elsewhere = extra({ patterns: [{ ...atName('exact', ['A']), labels: ['www', 'bakery', 'example'] }] })
    const record = atName('exact', ['TXT'])
    expect(breakers({ permission: 'zones.view', record }, worldOf([elsewhere]))).toEqual(['bakery-viewer'])
    expect(breakers({ permission: 'records.view', record }, worldOf([elsewhere]))).toEqual([])
    expect(breakers({ permission: 'zones.view', record }, worldOf([extra({ patterns: [] })]))).toEqual([])
  })

  test('a name alone gives no delegation, the whole branch does', () => {
    const delegates = { permission: 'records.dmarc.write', record: atName('exact', ['NS']) } as const
    const of = (patterns: RecordPattern[]) => breakers(delegates, worldOf([extra({ patterns })]))
    expect(of([atName('exact', 'all')])).toEqual([])
    expect(of([atName('below', 'all')])).toEqual(['bakery-viewer'])
    expect(
      breakers({ ...delegates, permission: 'records.view' }, worldOf([extra({ patterns: [atName('exact', 'all')] })])),
    ).toEqual(['bakery-viewer'])
  })

  test('without a record any record is one', () => {
    const writes = { permission: 'records.write' } as const
    expect(breakers(writes, worldOf([extra({ patterns: [atName('exact', ['TXT'])] })]))).toEqual(['bakery-viewer'])
    expect(breakers(writes, worldOf([extra({ patterns: [atName('exact', ['NS'])] })]))).toEqual([])
  })

  test('a grant of a role that nobody knows, or of another realm, is no breach', () => {
    expect(breakers({ permission: 'records.write' }, worldOf([extra({ roleId: 'msp.king' })]))).toEqual([])
    expect(breakers({ permission: 'dashboard.view' }, worldOf([extra({ roleId: 'msp.member' })]))).toEqual([])
  })
})

describe('an assertion that makes no sense', () => {
  test.each<readonly [string, Partial<Assertion>, string, string]>([
    ['an unknown permission', { permission: 'zones.eat' as never }, 'permission', 'no permission "zones.eat"'],
    ['an unknown kind of scope', { at: { kind: 'planet' as never, id: 'mars' } }, 'at', 'not about a "planet"'],
    ['an unknown realm', { who: { kind: 'realm', realm: 'martian' as never } }, 'who', 'staff or client'],
    ['an unknown kind of people', { who: { kind: 'martians' as never } }, 'who', 'anyone, a realm, a role'],
    ['nobody', { who: { kind: 'subject', subjectId: '' } }, 'who', 'choose a person or a team'],
    ['an unknown role', { who: { kind: 'role', roleId: 'msp.king', scope: bakery } }, 'who', 'no role "msp.king"'],
    [
      'a role at another kind of scope',
      { who: { kind: 'role', roleId: 'msp.viewer', scope: agency } },
      'who',
      'granted at a customer, not at a organization',
    ],
    ['a record of what has none', { record: atName('exact', 'all') }, 'record', 'not about records'],
    [
      'an empty label',
      { permission: 'records.write', record: { kind: 'exact', labels: [''], types: 'all' } },
      'record',
      'empty label',
    ],
    [
      'a record outside the zone',
      { permission: 'records.write', record: { ...atName('exact', 'all'), labels: ['a', 'clinic', 'example'] } },
      'record',
      'names nothing in bakery.example',
    ],
    ['an empty exception', { except: [''] }, 'except', 'name a person or a team'],
    [
      'an exception that takes all',
      { who: { kind: 'subject', subjectId: 'ann' }, except: ['ann'] },
      'except',
      'say nothing',
    ],
  ])('%s is named', (_, wrong, field, message) => {
    expect(checkAssertion({ ...nobodyDeletes, ...wrong }, roles, ['bakery', 'example'])).toEqual({
      field,
      message: expect.stringContaining(message),
    })
  })

  test.each<[string, Partial<Assertion>]>([
    ['of anyone', {}],
    ['of a realm', { who: { kind: 'realm', realm: 'client' } }],
    ['of a role', { who: { kind: 'role', roleId: 'msp.viewer', scope: bakery } }],
    ['of a team, but for one', { who: { kind: 'subject', subjectId: 'bakers' }, except: ['ann'] }],
    ['of records', { permission: 'records.write', record: atName('below', ['TXT']) }],
  ])('one %s is in order', (_, other) => {
    expect(checkAssertion({ ...nobodyDeletes, ...other }, roles, ['bakery', 'example'])).toBe(null)
    expect(checkAssertion({ ...nobodyDeletes, ...other }, roles)).toBe(null)
  })
})
