// A preview against what the slow oracle says of the organization before the change and after it.

import type { Permission, RecordPattern, RecordRef } from '@zoneward/permissions'
import { expect } from 'vitest'
import { oracleCovers } from '../../../permissions/oracle/oracle.ts'
import { recordsAround } from '../../../permissions/oracle/oracle-questions.ts'
import { judgeLevel } from './judge.ts'
import { type Place, readPattern, type World } from './read-world.ts'
import { count } from './tally.ts'

type Holding = {
  permission: Permission
  records: 'all' | string[]
  from: string | null
  until: string | null
  review_required: boolean
}
type Difference = { subject: { id: string }; resource: { id: string }; gained: Holding[]; lost: Holding[] }
export type Preview = { differences: Difference[]; complete: boolean }

export function comparePreview(
  before: World,
  after: World,
  preview: Preview,
  permissions: readonly Permission[],
): void {
  count('previews')
  for (const difference of preview.differences) expectTrue(before, after, difference)
  if (preview.complete) expectWhole(before, after, preview.differences, permissions)
}

/** `name types` as the product prints them. */
export function patternOf(text: string): RecordPattern {
  const [, names = '', types] = /^(\S+(?: under \S+)?)(?: (\S+))?$/.exec(text) ?? []
  return readPattern(names, types === undefined ? 'all' : types.split(','))
}

const timeOf = (text: string | null, other: number) => (text === null ? other : Date.parse(text))
const at = (world: World, now: number): World => ({ ...world, now })
const placeIn = ({ places }: World, id: string): Place | undefined => places.find((place) => place.id === id)

/** Whoever gains something has it then and had it not, and the other way round. */
function expectTrue(before: World, after: World, { subject, resource, gained, lost }: Difference): void {
  const [was, is] = [placeIn(before, resource.id), placeIn(after, resource.id)]
  // What a step makes has another id each time.
  if (was === undefined && is === undefined) return
  for (const [holdings, have, lack] of [
    [gained, { world: after, place: is }, { world: before, place: was }],
    [lost, { world: before, place: was }, { world: after, place: is }],
  ] as const) {
    for (const { permission, records, from, review_required: review } of holdings) {
      const now = timeOf(from, after.now)
      const ref = records === 'all' ? undefined : someRecord(records)
      const level = ({ world, place }: typeof have) => judgeLevel(at(world, now), subject.id, permission, place, ref)
      const told = JSON.stringify({ subject, resource, permission, records, from, review, gained: holdings === gained })
      count('holdings of previews')
      expect(level(have), told).toBeGreaterThanOrEqual(review ? 1 : 2)
      // To see that a zone is there, or some of its records, any pattern is enough.
      if (permission === 'zones.view' || (permission === 'records.view' && ref === undefined)) continue
      expect(level(lack), told).toBeLessThan(review ? 1 : 2)
    }
  }
}

function someRecord(texts: readonly string[]): RecordRef | undefined {
  const [first] = texts.map(patternOf)
  if (first === undefined) return undefined
  const covered = recordsAround([first]).filter(({ labels, type }) => oracleCovers(first, labels, type))
  return covered.find(({ type }) => type !== 'NS' && type !== 'DNAME') ?? covered[0]
}

/** Whatever differs, now or at a moment when a grant begins or ends, is told there or above. */
function expectWhole(
  before: World,
  after: World,
  told: readonly Difference[],
  permissions: readonly Permission[],
): void {
  const ids = (worlds: readonly { id: string }[]) => worlds.map(({ id }) => id)
  const people = new Set([...ids(before.people), ...ids(after.people)])
  const ends = [...before.grants, ...after.grants].flatMap(({ startsAt, endsAt }) => [startsAt ?? 0, endsAt ?? 0])
  const moments = [after.now, ...new Set(ends.filter((each) => each > after.now + 5_000))]
  for (const placeId of new Set([...ids(before.places), ...ids(after.places)])) {
    const [was, is] = [placeIn(before, placeId), placeIn(after, placeId)]
    // A place that is made has another id in its preview.
    if (was === undefined) continue
    const above = new Set(ids([...was.ancestors, ...(is?.ancestors ?? [])]))
    for (const subjectId of people) {
      const here = told.filter(({ subject, resource }) => subject.id === subjectId && above.has(resource.id))
      for (const permission of permissions) {
        for (const now of moments) {
          const levels = [
            judgeLevel(at(before, now), subjectId, permission, was),
            judgeLevel(at(after, now), subjectId, permission, is),
          ] as const
          count('levels before and after')
          if (levels[0] === levels[1]) continue
          const words = JSON.stringify({ subjectId, placeId, permission, levels, now, here })
          expect(isTold(here, permission, now, levels), words).toBe(true)
        }
      }
    }
  }
}

function isTold(
  here: readonly Difference[],
  permission: Permission,
  now: number,
  [was, is]: readonly [number, number],
): boolean {
  const review = Math.max(was, is) === 1
  const holdings = here.flatMap(({ gained, lost }) => (is > was ? gained : lost))
  return holdings.some(
    (each) =>
      each.permission === permission &&
      each.review_required === review &&
      timeOf(each.from, 0) <= now &&
      now < timeOf(each.until, Number.POSITIVE_INFINITY),
  )
}
