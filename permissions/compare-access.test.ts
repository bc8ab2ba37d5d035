import { describe, expect, test } from 'vitest'
import type { AccessWorld } from './access-worlds.ts'
import { agency, bakery, bakeryZone, clinic, now, resource, roles } from './cast.ts'
import { type AccessDifference, type ComparedPair, compareAccess, type Holding } from './compare-access.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import type { RecordPattern } from './record-patterns.ts'
import type { Role, RoleBook } from './roles.ts'
import type { Realm, Resource, Scope, Subject } from './scopes.ts'

const zone = resource('zone', 'bakery.example', bakery, agency)
const moved = resource('zone', 'bakery.example', clinic, agency)

const book: RoleBook = new Map<string, Role>(
  [
    role('writer', ['records.write']),
    role('reader', ['records.view', 'zones.view']),
    role('remover', ['zones.delete']),
  ].map((each) => [each.id, each]),
)

function role(id: string, permissions: Role['permissions']): Role {
  return { id, name: id, set: 'custom', scopeKind: 'customer', realms: ['staff', 'client'], permissions }
}

let made = 0
function give(roleId: string, narrowed: Partial<Grant> = {}, subjectId = 'ann', scope: Scope = bakery): Grant {
  made += 1
  return { id: `g${made}`, subjectId, roleId, scope, ...narrowed }
}

function worldOf(grants: readonly Grant[], other: Partial<AccessWorld> = {}, realm: Realm = 'client'): AccessWorld {
  const ann: Subject = { id: 'ann', realm, teamIds: ['bakers'] }
  return { index: indexGrants(grants, book), people: new Map([['ann', ann]]), customers: [], now, ...other }
}

function between(
  before: AccessWorld,
  after: AccessWorld,
  places: { before?: Resource | null; after?: Resource | null } = {},
): AccessDifference | undefined {
  const pair: ComparedPair = { subjectId: 'ann', before: zone, after: zone, ...places }
  const [difference, ...more] = compareAccess(before, after, [pair])
  expect(more).toEqual([])
  return difference
}

function held(permission: Holding['permission'], other: Partial<Holding> = {}): Holding {
  return { permission, records: 'all', from: null, until: null, reviewRequired: false, ...other }
}

const txt: Exclude<RecordPattern, { kind: 'first_label' }> = { kind: 'below', labels: ['example'], types: ['TXT'] }

describe('what a change of access changes', () => {
  test('a grant more is a gain, a grant less a loss', () => {
    const without = worldOf([])
    const withIt = worldOf([give('writer')])
    expect(between(without, withIt)).toEqual({
      subjectId: 'ann',
      resource: { kind: 'zone', id: bakeryZone.id },
      gained: [held('records.write')],
      lost: [],
    })
    expect(between(withIt, without)).toMatchObject({ gained: [], lost: [held('records.write')] })
  })

  test('where nothing changes, or another way stays, there is no difference', () => {
    const one = worldOf([give('writer')])
    expect(between(one, one)).toBe(undefined)
    expect(between(worldOf([give('writer'), give('writer', {}, 'bakers')]), one)).toBe(undefined)
    expect(between(one, worldOf([give('writer'), give('writer', { patterns: [txt] })]))).toBe(undefined)
  })

  test('a grant that begins tomorrow is a gain from tomorrow on', () => {
    const tomorrow = worldOf([give('writer', { startsAt: now + 1000, endsAt: now + 5000 })])
    expect(between(worldOf([]), tomorrow)?.gained).toEqual([
      held('records.write', { from: now + 1000, until: now + 5000 }),
    ])
  })

  test('a grant that ended already is nothing, and exactly now is over', () => {
    expect(between(worldOf([]), worldOf([give('writer', { endsAt: now })]))).toBe(undefined)
    expect(between(worldOf([]), worldOf([give('writer', { endsAt: now + 1 })]))?.gained).toEqual([
      held('records.write', { until: now + 1 }),
    ])
    expect(between(worldOf([]), worldOf([give('writer', { startsAt: now })]))?.gained).toEqual([held('records.write')])
  })

  test('an earlier end loses what comes after it; two grants that meet are one holding', () => {
    const endless = worldOf([give('writer')])
    const ending = worldOf([give('writer', { endsAt: now + 10 })])
    expect(between(endless, ending)?.lost).toEqual([held('records.write', { from: now + 10 })])
    const relay = worldOf([give('writer', { endsAt: now + 10 }), give('writer', { startsAt: now + 10 })])
    expect(between(worldOf([]), relay)?.gained).toEqual([held('records.write')])
    expect(between(endless, relay)).toBe(undefined)
  })

  test('a gap between two grants is told', () => {
    const gap = worldOf([give('writer', { endsAt: now + 10 }), give('writer', { startsAt: now + 20 })])
    expect(between(worldOf([give('writer')]), gap)?.lost).toEqual([
      held('records.write', { from: now + 10, until: now + 20 }),
    ])
  })

  test('what is gained for two spells is told twice, in order of time, whatever the order of the grants', () => {
    const later = give('writer', { startsAt: now + 20, endsAt: now + 30 })
    const sooner = give('writer', { startsAt: now + 5, endsAt: now + 10 })
    const first = give('writer', { endsAt: now + 2 })
    expect(between(worldOf([]), worldOf([later, sooner, first]))?.gained).toEqual([
      held('records.write', { until: now + 2 }),
      held('records.write', { from: now + 5, until: now + 10 }),
      held('records.write', { from: now + 20, until: now + 30 }),
    ])
  })

  test('what turns into something else at a moment is two holdings, that meet there', () => {
    const after = (one: Partial<Grant>, next: Partial<Grant>) =>
      between(
        worldOf([]),
        worldOf([give('writer', { ...one, endsAt: now + 9 }), give('writer', { ...next, startsAt: now + 9 })]),
      )
    const [soon, then] = [{ until: now + 9 }, { from: now + 9 }]
    expect(after({ patterns: [txt] }, {})?.gained).toEqual([
      held('records.write', { ...soon, records: [txt] }),
      held('records.write', then),
    ])
    expect(after({}, { patterns: [txt] })?.gained).toEqual([
      held('records.write', soon),
      held('records.write', { ...then, records: [txt] }),
    ])
    expect(after({ reviewRequired: true }, {})?.gained).toEqual([
      held('records.write', { ...soon, reviewRequired: true }),
      held('records.write', then),
    ])
  })

  test('of patterns the records are told, type by type', () => {
    const all = worldOf([give('writer')])
    const some = worldOf([give('writer', { patterns: [{ ...txt, types: ['A', 'TXT'] }] })])
    const fewer = worldOf([give('writer', { patterns: [txt] })])
    expect(between(fewer, some)?.gained).toEqual([held('records.write', { records: [{ ...txt, types: ['A'] }] })])
    expect(between(some, all)?.gained).toEqual([held('records.write')])
    expect(between(worldOf([]), fewer)?.gained).toEqual([held('records.write', { records: [txt] })])
    const split = worldOf([
      give('writer', { patterns: [txt] }),
      give('writer', { patterns: [{ ...txt, types: ['A'] }] }),
    ])
    expect(between(some, split)).toBe(undefined)
  })

  test('a delegation by a name alone is no gain, since nobody writes one without the branch', () => {
    const exact = (types: RecordPattern['types']) => [{ kind: 'exact', labels: ['a', 'example'], types }] as const
    const before = worldOf([give('writer', { patterns: exact(['A']) })])
    expect(between(before, worldOf([give('writer', { patterns: exact(['A', 'NS']) })]))).toBe(undefined)
    const below = worldOf([give('writer', { patterns: [{ ...txt, kind: 'strictly_below', types: ['NS'] }] })])
    expect(between(worldOf([]), below)?.gained).toHaveLength(1)
    const branch = worldOf([give('writer', { patterns: [{ ...txt, types: ['NS'] }] })])
    expect(between(worldOf([]), branch)?.gained).toEqual([
      held('records.write', { records: [{ ...txt, types: ['NS'] }] }),
    ])
  })

  test('a name and what is below it by two patterns are what they are by one, but for a delegation at the name', () => {
    const by = (roleId: string, types: RecordPattern['types'], ...kinds: (typeof txt.kind)[]) =>
      worldOf([give(roleId, { patterns: kinds.map((kind) => ({ ...txt, kind, types })) })])
    const lost = (roleId: string, types: RecordPattern['types']) =>
      between(by(roleId, types, 'below'), by(roleId, types, 'exact', 'strictly_below'))?.lost
    expect(lost('writer', ['A', 'TXT'])).toBe(undefined)
    expect(lost('writer', ['NS', 'TXT'])).toEqual([held('records.write', { records: [{ ...txt, types: ['NS'] }] })])
    expect(lost('writer', 'all')).toEqual([held('records.write', { records: [{ ...txt, types: 'all' }] })])
    expect(lost('reader', 'all')).toBe(undefined)
    const fewer = between(by('reader', 'all', 'below'), by('reader', 'all', 'strictly_below'))
    const whole = { records: [{ ...txt, types: 'all' }] } as const
    expect(fewer?.lost).toEqual([held('zones.view', whole), held('records.view', whole)])
  })

  test('every record by a pattern is less than all: of the zone its name alone is open', () => {
    const all = worldOf([give('reader')])
    const everyName = worldOf([give('reader', { patterns: [{ kind: 'below', labels: [], types: 'all' }] })])
    expect(between(everyName, all)?.gained).toEqual([held('zones.view'), held('records.view')])
    expect(between(all, everyName)?.lost).toEqual([held('zones.view'), held('records.view')])
  })

  test('a pattern opens the name of a zone, and neither settings nor deletion', () => {
    const narrowed = worldOf([give('reader', { patterns: [txt] }), give('remover', { patterns: [txt] })])
    expect(between(worldOf([]), narrowed)?.gained.map(({ permission }) => permission)).toEqual([
      'zones.view',
      'records.view',
    ])
    expect(between(worldOf([]), worldOf([give('writer', { patterns: [] })]))).toBe(undefined)
  })

  test('a review that is asked for from now on loses free writing, and seeing is not reviewed', () => {
    const free = worldOf([give('writer'), give('reader')])
    const reviewed = worldOf([give('writer', { reviewRequired: true }), give('reader', { reviewRequired: true })])
    expect(between(free, reviewed)).toMatchObject({ gained: [], lost: [held('records.write')] })
    expect(between(reviewed, free)).toMatchObject({ gained: [held('records.write')], lost: [] })
    expect(between(worldOf([]), reviewed)?.gained).toEqual([
      held('zones.view'),
      held('records.view'),
      held('records.write', { reviewRequired: true }),
    ])
  })

  test('free for some records and with review for all are two holdings', () => {
    const both = worldOf([give('writer', { reviewRequired: true }), give('writer', { patterns: [txt] })])
    expect(between(worldOf([]), both)?.gained).toEqual([
      held('records.write', { records: [txt] }),
      held('records.write', { reviewRequired: true }),
    ])
  })

  test('an edit of a role changes what its grants give', () => {
    const grants = [give('reader')]
    const edited = new Map([...book, ['reader', role('reader', ['records.view', 'records.write'])]])
    expect(between(worldOf(grants), worldOf(grants, { index: indexGrants(grants, edited) }))).toMatchObject({
      gained: [held('records.write')],
      lost: [held('zones.view')],
    })
  })

  test('who leaves a team loses what it holds; who is gone loses everything', () => {
    const grants = [give('writer', {}, 'bakers'), give('remover')]
    const left = new Map([['ann', { id: 'ann', realm: 'client', teamIds: [] } as const]])
    expect(between(worldOf(grants), worldOf(grants, { people: left }))?.lost).toEqual([held('records.write')])
    expect(between(worldOf(grants), worldOf(grants, { people: new Map() }))?.lost).toEqual([
      held('zones.delete'),
      held('records.write'),
    ])
  })

  test('a ceiling takes from client accounts, not from staff', () => {
    const grants = [give('remover'), give('writer')]
    const customers = [{ customerId: bakery.id, permissions: ['records.write'], roleIds: [] } as const]
    expect(between(worldOf(grants), worldOf(grants, { customers }))?.lost).toEqual([held('zones.delete')])
    expect(between(worldOf(grants, {}, 'staff'), worldOf(grants, { customers }, 'staff'))).toBe(undefined)
  })

  test('a zone that moves changes who holds it; a new zone is gained, a deleted one lost', () => {
    const grants = [give('writer'), give('remover', {}, 'ann', clinic)]
    const world = worldOf(grants)
    expect(between(world, world, { after: moved })).toMatchObject({
      gained: [held('zones.delete')],
      lost: [held('records.write')],
    })
    expect(between(world, world, { before: null })).toMatchObject({ gained: [held('records.write')], lost: [] })
    expect(between(world, world, { after: null })).toMatchObject({ gained: [], lost: [held('records.write')] })
    expect(between(world, world, { before: null, after: null })).toBe(undefined)
  })

  test('each pair is compared by itself, in order', () => {
    const after = worldOf([give('writer'), give('writer', {}, 'ann', clinic)])
    const other = resource('zone', 'clinic.example', clinic, agency)
    const pairs = [moved, zone, other].map((each) => ({ subjectId: 'ann', before: each, after: each }))
    const stranger = { subjectId: 'bob', before: zone, after: zone }
    const found = compareAccess(worldOf([]), after, [stranger, ...pairs])
    expect(found.map((each) => each.resource.id)).toEqual(['bakery.example', 'bakery.example', 'clinic.example'])
  })

  test('grants of built-in roles are compared as others are', () => {
    const grants = [give('msp.viewer')]
    const after = worldOf(grants, { index: indexGrants(grants, roles) })
    expect(between(worldOf([]), after)?.gained).toHaveLength(roles.get('msp.viewer')?.permissions.length ?? 0)
  })
})
