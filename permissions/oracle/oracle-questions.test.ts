import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareAccess } from '../compare-access.ts'
import type { Grant } from '../grants.ts'
import type { NamePattern, RecordPattern } from '../record-patterns.ts'
import { casesOf } from './cases.ts'
import { compareAnswers, type Moment, worldOf } from './compare-answers.ts'
import { pattern } from './random-worlds.ts'
import { firstScene, resourceOf, resourcesOf } from './scene.ts'

const zone = { kind: 'zone', id: 'x' } as const
const belowA: RecordPattern = { kind: 'below', labels: ['a'], types: 'all' }
const first: RecordPattern = { kind: 'first_label', label: 'a', types: 'all' }

function write(patterns?: readonly RecordPattern[], other: Partial<Grant> = {}): Grant {
  const narrowed = patterns === undefined ? {} : { patterns }
  return { id: 'g', subjectId: 'u', roleId: 'write', scope: zone, ...narrowed, ...other }
}

function momentOf(...grants: readonly Grant[]): Moment {
  const scene = { ...firstScene, grants: grants.map((grant, place) => ({ ...grant, id: `g${place}` })) }
  return { scene, world: worldOf(scene) }
}

// What the core says is lost of writing, once the oracle has found a record for each difference that the core claims.
function lostRecords(before: Moment, after: Moment): unknown[] {
  const assertion = { who: { kind: 'anyone' }, permission: 'records.write' } as const
  const thing = resourcesOf(firstScene).findIndex(({ kind, id }) => kind === zone.kind && id === zone.id)
  compareAnswers(before, after, { person: 0, permission: 'records.write', thing, later: 0, byApi: false, assertion })
  const place = resourceOf(firstScene, zone)
  const [difference] = compareAccess(before.world, after.world, [{ subjectId: 'u', before: place, after: place }])
  return (difference?.lost ?? []).filter((each) => each.permission === 'records.write').map(({ records }) => records)
}

test('names that start with a label, and stand not below the name of that label alone, are lost for a record', () => {
  const before = momentOf(write([first]), write([belowA]))
  const after = momentOf(write([belowA]), write(undefined, { reviewRequired: true }))
  expect(lostRecords(before, after)).toEqual([[first]])
})

test('a DNAME is lost where its name and what is below it stay by two patterns, and NS by a third', () => {
  const parts: readonly NamePattern[] = [
    { kind: 'exact', labels: ['a'] },
    { kind: 'strictly_below', labels: ['a'] },
  ]
  const after = momentOf(write(parts.map((part) => ({ ...part, types: 'all' }))), write([{ ...belowA, types: ['NS'] }]))
  expect(lostRecords(momentOf(write([belowA])), after)).toEqual([[belowA]])
})

test('of whatever patterns are given and taken, each difference that is told is one for some record', () => {
  const grant = fc
    .tuple(fc.array(pattern, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([patterns, reviewRequired]) => write(patterns, { reviewRequired }))
  const grants = fc.array(grant, { maxLength: 3 })
  let told = 0
  fc.assert(
    fc.property(grants, grants, (some, others) => {
      told += lostRecords(momentOf(...some), momentOf(...others)).length
    }),
    { numRuns: casesOf(2_000, 100_000) },
  )
  expect(told).toBeGreaterThan(0)
}, 600_000)
