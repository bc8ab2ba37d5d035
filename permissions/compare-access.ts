import { type AccessWorld, isWithheld } from './access-worlds.ts'
import { entriesReaching } from './entries-reaching.ts'
import { bitsFor, hasBit } from './grant-index.ts'
import { notUsableWithin, usablePatterns } from './patterns-cover.ts'
import { isWrite, type Permission, permissionIds } from './permissions.ts'
import { type RecordPattern, withoutCovered } from './record-patterns.ts'
import type { Resource, ResourceRef } from './scopes.ts'

/** A permission that is held for some records and for some time. */
export interface Holding {
  readonly permission: Permission
  readonly records: 'all' | readonly RecordPattern[]
  /** Milliseconds since 1970; null: from now on. */
  readonly from: number | null
  /** Held before this moment, not at it; null: without end. */
  readonly until: number | null
  /** Every grant behind it wants a review: what is written becomes a proposal. Of writes only. */
  readonly reviewRequired: boolean
}

/** Somebody at a place, before and after a change; null where there is, or was, no such place. */
export interface ComparedPair {
  readonly subjectId: string
  readonly before: Resource | null
  readonly after: Resource | null
}

export interface AccessDifference {
  readonly subjectId: string
  readonly resource: ResourceRef
  readonly gained: readonly Holding[]
  readonly lost: readonly Holding[]
}

/**
 * What a change of grants, roles, teams, ceilings or places changes: who gains what, who loses what, in the interface.
 * Every moment at which a grant starts or ends is looked at, so what begins tomorrow is seen. Who wrote freely and
 * wants a review afterwards loses the holding without review. Pairs without a difference are left out.
 * @example compareAccess(world, { ...world, customers: [] }, []) // []
 */
export function compareAccess(
  before: AccessWorld,
  after: AccessWorld,
  pairs: Iterable<ComparedPair>,
): AccessDifference[] {
  const differences: AccessDifference[] = []
  for (const pair of pairs) {
    const resource = pair.after ?? pair.before
    if (resource === null) continue
    const earlier = spellsOf(before, pair.subjectId, pair.before)
    const later = spellsOf(after, pair.subjectId, pair.after)
    const gained: Holding[] = []
    const lost: Holding[] = []
    for (const permission of permissionIds) {
      comparePermission(permission, {
        earlier: earlier(permission),
        later: later(permission),
        now: after.now,
        gained,
        lost,
      })
    }
    if (gained.length === 0 && lost.length === 0) continue
    differences.push({ subjectId: pair.subjectId, resource: { kind: resource.kind, id: resource.id }, gained, lost })
  }
  return differences
}

/** What one grant gives of one permission. */
interface Spell {
  readonly starts: number
  readonly ends: number
  readonly records: Records
  readonly review: boolean
}

// All of it is more than any patterns, be it those of every name: these open of a zone its name alone.
type Records = Holding['records']

function spellsOf(world: AccessWorld, subjectId: string, resource: Resource | null): (of: Permission) => Spell[] {
  const subject = world.people.get(subjectId)
  if (subject === undefined || resource === null) return () => []
  const entries = entriesReaching(world.index, subject, resource)
  return (permission) => {
    const number = permissionIds.indexOf(permission)
    if (isWithheld(world, subject, permission, resource)) return []
    const carrying = entries.filter(({ entry }) => hasBit(bitsFor(entry, subject.realm), number))
    return carrying.map(({ entry: { grant, starts, ends } }) => ({
      starts,
      ends,
      records: grant.patterns === undefined ? 'all' : usablePatterns(grant.patterns, permission),
      review: grant.reviewRequired === true && isWrite(permission),
    }))
  }
}

interface Compared {
  readonly earlier: readonly Spell[]
  readonly later: readonly Spell[]
  readonly now: number
  readonly gained: Holding[]
  readonly lost: Holding[]
}

function comparePermission(permission: Permission, { earlier, later, now, gained, lost }: Compared): void {
  if (earlier.length === 0 && later.length === 0) return
  const moments = momentsOf([...earlier, ...later], now)
  const gains: Slice[] = []
  const losses: Slice[] = []
  for (const [place, from] of moments.entries()) {
    const until = moments[place + 1] ?? Number.POSITIVE_INFINITY
    const was = stateAt(earlier, from)
    const is = stateAt(later, from)
    for (const more of moreThan(is, was, permission)) addSlice(gains, permission, { ...more, from, until })
    for (const less of moreThan(was, is, permission)) addSlice(losses, permission, { ...less, from, until })
  }
  gained.push(...gains.map((slice) => holdingOf(permission, slice, now)))
  lost.push(...losses.map((slice) => holdingOf(permission, slice, now)))
}

function momentsOf(spells: readonly Spell[], now: number): number[] {
  const later = spells.flatMap(({ starts, ends }) => [starts, ends])
  const moments = new Set([now, ...later.filter((moment) => moment > now && moment < Number.POSITIVE_INFINITY)])
  return [...moments].sort((left, right) => left - right)
}

/** The records held without review, and those held in any way. */
interface State {
  readonly free: Records
  readonly any: Records
}

function stateAt(spells: readonly Spell[], moment: number): State {
  const live = spells.filter(({ starts, ends }) => starts <= moment && moment < ends)
  const free = live.filter(({ review }) => !review)
  return { free: together(free.map(({ records }) => records)), any: together(live.map(({ records }) => records)) }
}

function together(parts: readonly Records[]): Records {
  const patterns: RecordPattern[] = []
  for (const part of parts) {
    if (part === 'all') return 'all'
    patterns.push(...part)
  }
  return patterns
}

interface More {
  readonly records: Records
  readonly review: boolean
}

function moreThan(one: State, other: State, permission: Permission): More[] {
  const free = beyond(one.free, other.free, permission)
  const reviewed = beyond(one.any, together([other.any, one.free]), permission)
  return [
    { records: free, review: false },
    { records: reviewed, review: true },
  ].filter(({ records }) => records.length > 0)
}

function beyond(one: Records, other: Records, permission: Permission): Records {
  if (other === 'all') return []
  return one === 'all' ? 'all' : withoutCovered(notUsableWithin(one, other, permission))
}

interface Slice extends More {
  readonly from: number
  readonly until: number
}

// What goes on unchanged past a moment at which something else changes is one holding.
function addSlice(slices: Slice[], permission: Permission, next: Slice): void {
  const same = slices.findIndex(
    (each) =>
      each.until === next.from &&
      each.review === next.review &&
      beyond(each.records, next.records, permission).length === 0 &&
      beyond(next.records, each.records, permission).length === 0,
  )
  const before = slices[same]
  if (before === undefined) slices.push(next)
  else slices[same] = { ...before, until: next.until }
}

function holdingOf(permission: Permission, { records, review, from, until }: Slice, now: number): Holding {
  return {
    permission,
    records,
    from: from === now ? null : from,
    until: until === Number.POSITIVE_INFINITY ? null : until,
    reviewRequired: review,
  }
}
