import type { ParsedBody } from '@zoneward/api'
import { checkGrant, type Grant, type GrantFault, type RecordPattern, type RoleBook } from '@zoneward/permissions'
import type { Target } from '../access/describe-subjects.ts'
import { readPattern } from '../access/key-ceiling.ts'
import { accessLabels } from '../access/record-ref.ts'
import { invalidField } from '../fault.ts'

type Wish = ParsedBody<'grants.create'>

/** The grant that a request wishes for, or the field that is wrong and what would be right. */
export function readWish(wish: Wish, target: Target, { now, ...around }: Around & { now: number }) {
  const patterns = wish.patterns?.flatMap((each, place) => readPatternAt(each, `patterns.${place}`))
  const startsAt = timeOf(wish.starts_at)
  const endsAt = timeOf(wish.ends_at)
  if (endsAt !== undefined && endsAt <= now) {
    throw invalidField('ends_at', 'The end has passed already: choose a later one, or none.')
  }
  const grant: Omit<Grant, 'id'> = {
    subjectId: target.shown.id,
    roleId: wish.role_id,
    scope: wish.scope,
    ...(patterns === undefined ? {} : { patterns }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(wish.review_required ? { reviewRequired: true } : {}),
  }
  ensureSound(grant, target, around)
  return grant
}

type Around = { roles: RoleBook; zoneName: string | null }

/** Throws the field that is wrong with a grant, whoever makes it. */
export function ensureSound(grant: Omit<Grant, 'id'>, target: Target, { zoneName, roles }: Around): void {
  const apex = zoneName === null ? undefined : accessLabels(zoneName)
  const fault = checkGrant(grant, roles, target.people, apex)
  if (fault !== null) throw invalidField(fieldNames[fault.field], `${fault.message}.`)
}

const fieldNames: Record<GrantFault['field'], string> = {
  roleId: 'role_id',
  scope: 'scope',
  patterns: 'patterns',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  subjectId: 'subject_id',
  permissions: 'role_id',
  realms: 'role_id',
}

function readPatternAt({ names, types }: { names: string[]; types?: string[] | undefined }, path: string) {
  return names.map((name, place): RecordPattern => {
    const read = readPattern(name, types)
    if ('error' in read)
      throw invalidField(`${path}.${read.of === 'types' ? 'types' : `names.${place}`}`, `${read.error}.`)
    return read.pattern
  })
}

function timeOf(time: string | null): number | undefined {
  return time === null ? undefined : Date.parse(time)
}
