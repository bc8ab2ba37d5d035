import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { decide, isAllowed } from '../decide.ts'
import { effectivePatterns, effectivePermissions, isCovered } from '../effective-permissions.ts'
import { type GrantIndex, indexGrants } from '../grant-index.ts'
import type { Grant } from '../grants.ts'
import { mayGrant } from '../may-grant.ts'
import type { AccessRequest } from '../requests.ts'
import { type VisibleScope, visibleScopes } from '../visible-scopes.ts'
import { whoHolds } from '../who-holds.ts'
import { casesOf } from './cases.ts'
import { oracleAllows } from './oracle.ts'
import {
  grant,
  hostings,
  moment,
  record,
  requestIn,
  resources,
  somePermissions,
  type World,
  world,
  worldAndRequest,
  zones,
} from './random-worlds.ts'

const runs = casesOf(5_000, 1_000_000)

vi.setConfig({ testTimeout: 3_600_000 })

function indexOf({ roles }: World, grants: readonly Grant[]): GrantIndex {
  return indexGrants(grants, new Map(roles.map((role) => [role.id, role])))
}

describe('in random worlds', () => {
  test('the decision is the oracle’s, and both are met often enough', () => {
    let allowed = 0
    fc.assert(
      fc.property(worldAndRequest, ([each, request]) => {
        const expected = oracleAllows(each.grants, each.roles, request)
        const index = indexOf(each, each.grants)
        expect(isAllowed(index, request)).toBe(expected)
        expect(decide(index, request).allowed).toBe(expected)
        if (expected) allowed += 1
      }),
      { numRuns: runs },
    )
    expect(allowed).toBeGreaterThan(runs / 10)
  })

  test('without the named reasons what was allowed is refused; with the proposed grant what was refused is allowed', () => {
    fc.assert(
      fc.property(worldAndRequest, ([each, request]) => {
        const decision = decide(indexOf(each, each.grants), request)
        if (decision.allowed) {
          const named = decision.reasons.map((reason) => reason.grant.id)
          const rest = each.grants.filter(({ id }) => !named.includes(id))
          expect(oracleAllows(rest, each.roles, request)).toBe(false)
        } else if (decision.smallestGrant !== null) {
          const more = [...each.grants, { ...decision.smallestGrant, id: 'new' }]
          expect(oracleAllows(more, each.roles, request)).toBe(true)
        } else if (decision.ceiling === null) {
          expect(decision.misses.every((miss) => miss.kind !== 'ceiling')).toBe(true)
        }
      }),
      { numRuns: runs },
    )
  })

  test('a list has exactly the zones that a check allows', () => {
    fc.assert(
      fc.property(worldAndRequest, ([each, request]) => {
        const index = indexOf(each, each.grants)
        const scopes = visibleScopes(index, request)
        for (const zone of [...zones, ...hostings]) {
          const asked = { ...request, resource: zone }
          const listed = isListed(scopes, asked)
          const some = effectivePatterns(index, asked)
          // A grant and a key may be narrowed to records that have nothing in common; the zone is then listed in vain.
          if (some === 'all' || some.length > 0) expect(listed).toBe(true)
          if (request.permission.endsWith('.view')) expect(listed).toBe(isAllowed(index, asked))
        }
      }),
      { numRuns: runs },
    )
  })

  test('the patterns of a list cover exactly the records that a check allows', () => {
    fc.assert(
      fc.property(worldAndRequest, record, ([each, request], of) => {
        const permission = request.permission.startsWith('records.') ? request.permission : 'records.view'
        const [zone] = zones
        if (zone === undefined || of.type === 'NS' || of.type === 'DNAME') return
        const index = indexOf(each, each.grants)
        const patterns = effectivePatterns(index, { ...request, permission, resource: zone })
        const allowed = isAllowed(index, { ...request, permission, resource: { ...zone, record: of } })
        expect(isCovered(patterns, of.labels, of.type)).toBe(allowed)
      }),
      { numRuns: runs },
    )
  })

  test('who can do it are exactly those whom a check allows; what one can do is exactly what a check allows', () => {
    fc.assert(
      fc.property(worldAndRequest, ([each, request]) => {
        const index = indexOf(each, each.grants)
        const { subject: _, ...question } = request
        const holders = whoHolds(index, each.people, question).map(({ subjectId }) => subjectId)
        const able = each.people.filter((subject) => oracleAllows(each.grants, each.roles, { ...question, subject }))
        expect(holders).toEqual(able.map(({ id }) => id))
        const effective = effectivePermissions(index, request)
        const allowed = somePermissions.filter((permission) =>
          oracleAllows(each.grants, each.roles, { ...request, permission }),
        )
        expect([...effective].sort()).toEqual([...allowed].sort())
      }),
      { numRuns: runs / 5 },
    )
  })
})

function isListed(scopes: ReturnType<typeof visibleScopes>, { resource }: AccessRequest): boolean {
  const hangs = (kind: string, list: readonly VisibleScope[]) =>
    list.some(({ id }) => resource.ancestors.some((each) => each.kind === kind && each.id === id))
  const { within, exceptCustomers } = scopes
  const excepted = resource.ancestors.some(({ kind, id }) => kind === 'customer' && exceptCustomers.includes(id))
  const inKey =
    within === null || resource.ancestors.some((each) => within.some((s) => s.id === each.id && s.kind === each.kind))
  const granted =
    hangs('organization', scopes.organizations) ||
    hangs('customer', scopes.customers) ||
    hangs('provider', scopes.providers) ||
    hangs('zone', scopes.zones) ||
    hangs('hosting', scopes.hostings)
  return granted && inKey && !excepted
}

describe('passing rights on in random worlds', () => {
  test('nobody gives what they do not hold there, now or later', () => {
    let given = 0
    const scene = world.chain((each) => fc.tuple(fc.constant(each), requestIn(each), grant, fc.nat(2), moment))
    fc.assert(
      fc.property(scene, fc.option(record, { nil: undefined }), ([each, request, wanted, target, later], of) => {
        const other = each.people[target]
        const at = resources.find(({ kind, id }) => kind === wanted.scope.kind && id === wanted.scope.id)
        if (other === undefined || at === undefined || other.id === request.subject.id) return
        const index = indexOf(each, each.grants)
        // A role that fits the place, if there is one, so that not all is refused.
        const fitting = each.roles.find((role) => role.scopeKind === wanted.scope.kind)
        const next = { ...wanted, subjectId: other.id, roleId: fitting?.id ?? wanted.roleId }
        const { permission: _, resource: __, ...granter } = request
        if (!mayGrant(index, { granter, grant: next, at, targets: [other] }).ok) return
        given += 1
        const customers = request.ceilings?.customers ?? []
        for (const resource of resources) {
          for (const permission of somePermissions) {
            const seen = of === undefined || resource.kind !== 'zone' ? resource : { ...resource, record: of }
            const asked = {
              permission,
              resource: seen,
              now: Math.max(later, request.now),
              channel: 'interface',
              ceilings: { customers },
            } as const
            const before = oracleAllows(each.grants, each.roles, { ...asked, subject: other })
            const after = oracleAllows([...each.grants, { ...next, id: 'new' }], each.roles, {
              ...asked,
              subject: other,
            })
            if (before || !after) continue
            expect(oracleAllows(each.grants, each.roles, { ...asked, subject: request.subject })).toBe(true)
          }
        }
      }),
      { numRuns: runs * 4 },
    )
    expect(given).toBeGreaterThan(runs / 100)
  })
})
