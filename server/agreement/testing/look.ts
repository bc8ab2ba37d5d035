// One look at an organization: somebody, something to do, somewhere, sometime, chosen by numbers.

import type { Permission } from '@zoneward/permissions'
import fc from 'fast-check'
import { nth } from './choose.ts'
import type { AskedRecord } from './questions.ts'
import type { Place, World } from './read-world.ts'
import { askedPermissions } from './steps.ts'

export type Look = {
  person: number
  permission: Permission
  place: number
  label: string
  type: string
  /** A page has so many. */
  limit: number
  /** Turned to what a grant gives: which, and how. */
  aim: readonly [grant: number, how: number] | null
  /** At a moment when a grant begins or ends, to the millisecond; or now. */
  moment: readonly [which: number, offset: number] | null
}

const number = fc.nat(97)

export const look: fc.Arbitrary<Look> = fc.record({
  person: number,
  permission: fc.constantFrom(...askedPermissions),
  place: number,
  label: fc.constantFrom('_acme-challenge.', 'www.', 'a.b.', '', '_dmarc.', '*.', '_acme-challenge.www.'),
  type: fc.constantFrom('TXT', 'TXT', 'A', 'CNAME', 'SOA', 'NS'),
  limit: fc.integer({ min: 1, max: 4 }),
  aim: fc.option(fc.tuple(number, number), { nil: null, freq: 4 }),
  moment: fc.option(fc.tuple(number, fc.constantFrom(-1, 0, 0, 1)), { nil: null, freq: 2 }),
})

export type Probe = { subjectId: string; permission: Permission; place: Place; record: AskedRecord | undefined }

export function probeOf(world: World, { person, permission, place, aim, ...rest }: Look): Probe | null {
  const somebody = nth(world.people, person)
  const somewhere = nth(world.places, place)
  if (somebody === undefined || somewhere === undefined) return null
  const plain = { subjectId: somebody.id, permission, place: somewhere, record: recordAt(somewhere, rest) }
  const grant = aim && nth(world.grants, aim[0])
  if (!grant) return plain
  const holder = nth(
    world.people.filter(({ id, teamIds }) => [id, ...teamIds].includes(grant.subjectId)),
    aim[1],
  )
  const below = world.places.filter(({ ancestors }) => ancestors.some(({ id }) => id === grant.scope.id))
  const given = world.roles
    .find(({ id }) => id === grant.roleId)
    ?.permissions.filter((each) => askedPermissions.includes(each))
  const where = nth(below, aim[1]) ?? somewhere
  return {
    subjectId: holder?.id ?? somebody.id,
    permission: nth(given ?? [], aim[1]) ?? permission,
    place: where,
    record: recordAt(where, rest),
  }
}

export function recordAt(
  { kind, name }: Place,
  { label, type }: Pick<Look, 'label' | 'type'>,
): AskedRecord | undefined {
  return kind === 'zone' ? { name: `${label}${name}`, type } : undefined
}

/** The moment that is looked at: one when a grant begins or ends, or a millisecond beside it. */
export function momentOf(world: World, { moment }: Look): number | null {
  const ends = world.grants.flatMap(({ startsAt, endsAt }) => [startsAt ?? 0, endsAt ?? 0])
  const later = ends.filter((each) => each > world.now + 1_000)
  const chosen = moment && nth(later, moment[0])
  return chosen ? chosen + moment[1] : null
}
