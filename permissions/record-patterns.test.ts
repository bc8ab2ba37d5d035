import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  areWithin,
  covers,
  coversBelow,
  intersect,
  intersectAll,
  isWithin,
  notWithin,
  type RecordPattern,
} from './record-patterns.ts'

// A universe small enough to try every record, and big enough that patterns differ in it: names of up to four labels
// while patterns name up to two, and a type that no pattern lists.
const alphabet = ['a', 'b', '*']
const types = ['A', 'TXT', 'MX']
const names = namesUpTo(4)

function namesUpTo(depth: number): string[][] {
  if (depth === 0) return [[]]
  const shorter = namesUpTo(depth - 1)
  const longest = shorter.filter((name) => name.length === depth - 1)
  return [...shorter, ...longest.flatMap((name) => alphabet.map((label) => [label, ...name]))]
}

const label = fc.constantFrom(...alphabet)
const typesOf = fc.constantFrom<RecordPattern['types']>('all', ['A'], ['TXT'], ['A', 'TXT'])
const pattern: fc.Arbitrary<RecordPattern> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('exact' as const, 'below' as const, 'strictly_below' as const),
    labels: fc.array(label, { maxLength: 2 }),
    types: typesOf,
  }),
  fc.record({ kind: fc.constant('first_label' as const), label, types: typesOf }),
  fc.record({
    kind: fc.constant('first_label' as const),
    label,
    under: fc.array(label, { minLength: 1, maxLength: 2 }),
    types: typesOf,
  }),
)

function everyRecord(holds: (name: string[], type: string) => boolean): boolean {
  return names.every((name) => types.every((type) => holds(name, type)))
}

describe('by trying every record', () => {
  test('A is within B exactly when each record of A is one of B', () => {
    fc.assert(
      fc.property(pattern, pattern, (inner, outer) => {
        const tried = everyRecord((name, type) => !covers(inner, name, type) || covers(outer, name, type))
        expect(isWithin(inner, outer)).toBe(tried)
      }),
      { numRuns: 4000 },
    )
  })

  test('A and B have exactly the records that both have', () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const common = intersect(left, right)
        expect(common.length).toBeLessThanOrEqual(2)
        expect(
          everyRecord(
            (name, type) =>
              common.some((each) => covers(each, name, type)) ===
              (covers(left, name, type) && covers(right, name, type)),
          ),
        ).toBe(true)
      }),
      { numRuns: 4000 },
    )
  })

  test('lists of patterns have exactly the records that one of each has', () => {
    const list = fc.array(pattern, { maxLength: 3 })
    fc.assert(
      fc.property(list, list, (left, right) => {
        const common = intersectAll(left, right)
        const has = (patterns: RecordPattern[], name: string[], type: string) =>
          patterns.some((each) => covers(each, name, type))
        expect(
          everyRecord((name, type) => has(common, name, type) === (has(left, name, type) && has(right, name, type))),
        ).toBe(true)
        expect(areWithin(common, left)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('what is not within a list is told type by type, and together with the list leaves nothing out', () => {
    const list = fc.array(pattern, { maxLength: 3 })
    const has = (patterns: readonly RecordPattern[], name: string[], type: string) =>
      patterns.some((each) => covers(each, name, type))
    fc.assert(
      fc.property(list, list, (inner, outer) => {
        const left = notWithin(inner, outer)
        expect(areWithin(left, inner)).toBe(true)
        expect(
          everyRecord((name, type) => !has(inner, name, type) || has(outer, name, type) || has(left, name, type)),
        ).toBe(true)
        for (const each of left) {
          const types = each.types === 'all' ? ['MX'] : each.types
          for (const type of types)
            expect(outer.some((wide) => isWithin({ ...each, types: [type] }, wide)) && each.types !== 'all').toBe(false)
        }
        expect(areWithin(inner, outer)).toBe(left.length === 0)
      }),
      { numRuns: 1000 },
    )
    const two = [{ kind: 'exact' as const, labels: ['a'], types: ['A', 'TXT'] }]
    const [a, txt] = [[{ ...two[0], types: ['A'] }], [{ ...two[0], types: ['TXT'] }]] as [
      RecordPattern[],
      RecordPattern[],
    ]
    expect(notWithin(two, a)).toEqual(txt)
    expect(notWithin(two, [...a, ...txt])).toEqual([])
    expect(notWithin(two, [])).toEqual(two)
  })

  test('a pattern that holds what is below a name holds every longer name', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...names.filter((name) => name.length <= 3)), (each, top) => {
        const longer = names.filter(
          (name) => name.length > top.length && top.every((l, at) => name[name.length - top.length + at] === l),
        )
        const all = { ...each, types: 'all' as const }
        expect(coversBelow(each, top)).toBe(longer.every((name) => covers(all, name, 'A')))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what a pattern covers', () => {
  const dotted = (name: string) => name.split('.')
  test.each<[string, RecordPattern, string, string, boolean]>([
    ['an exact name', { kind: 'exact', labels: dotted('www.example.com'), types: 'all' }, 'www.example.com', 'A', true],
    [
      'not what is below an exact name',
      { kind: 'exact', labels: dotted('example.com'), types: 'all' },
      'www.example.com',
      'A',
      false,
    ],
    [
      'the name itself, with "name and below"',
      { kind: 'below', labels: dotted('example.com'), types: 'all' },
      'example.com',
      'A',
      true,
    ],
    [
      'not the name itself, strictly below',
      { kind: 'strictly_below', labels: dotted('example.com'), types: 'all' },
      'example.com',
      'A',
      false,
    ],
    [
      'no name that only ends in the same letters',
      { kind: 'below', labels: dotted('example.com'), types: 'all' },
      'badexample.com',
      'A',
      false,
    ],
    ['no other type', { kind: 'below', labels: dotted('example.com'), types: ['TXT'] }, 'example.com', 'CNAME', false],
    [
      'a first label, whatever follows',
      { kind: 'first_label', label: '_acme-challenge', types: ['TXT'] },
      '_acme-challenge.a.example.com',
      'TXT',
      true,
    ],
    [
      'no first label further down',
      { kind: 'first_label', label: '_acme-challenge', types: ['TXT'] },
      'x._acme-challenge.example.com',
      'TXT',
      false,
    ],
    [
      'the wildcard owner, and only itself',
      { kind: 'exact', labels: dotted('*.example.com'), types: 'all' },
      '*.example.com',
      'A',
      true,
    ],
    [
      'no other label by a literal *',
      { kind: 'exact', labels: dotted('*.example.com'), types: 'all' },
      'www.example.com',
      'A',
      false,
    ],
    [
      'no other labels by * crossing them',
      { kind: 'below', labels: dotted('*.example.com'), types: 'all' },
      'a.b.example.com',
      'A',
      false,
    ],
  ])('%s', (_, each, name, type, covered) => {
    expect(covers(each, dotted(name), type)).toBe(covered)
  })

  test('an escaped dot is no border of labels: a\\.example.com is not below example.com', () => {
    const below: RecordPattern = { kind: 'below', labels: ['example', 'com'], types: 'all' }
    expect(covers(below, ['a.example', 'com'], 'A')).toBe(false)
    expect(covers(below, ['a.b', 'example', 'com'], 'A')).toBe(true)
    expect(covers({ kind: 'exact', labels: ['a', 'b', 'com'], types: 'all' }, ['a.b', 'com'], 'A')).toBe(false)
  })
})
