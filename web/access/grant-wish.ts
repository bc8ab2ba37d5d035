import type { BodyOf } from '@zoneward/api/types'
import { readPatterns } from '../words/patterns.ts'
import type { Place } from './place.ts'
import type { SubjectChoice } from './subject-field.tsx'

/** What stands in the form that gives access. */
export type GrantWish = {
  subject: SubjectChoice | null
  roleId: string
  patterns: string
  startsAt: string
  endsAt: string
  reviewRequired: boolean
  reason: string
}

export const emptyWish: GrantWish = {
  subject: null,
  roleId: '',
  patterns: '',
  startsAt: '',
  endsAt: '',
  reviewRequired: false,
  reason: '',
}

/** The request that a filled form makes; null while somebody or the role is missing. */
export function bodyOf(wish: GrantWish, place: Place): BodyOf<'grants.create'> | null {
  if (wish.subject === null || wish.roleId === '') return null
  const patterns = readPatterns(wish.patterns)
  return {
    subject_id: wish.subject.id,
    role_id: wish.roleId,
    scope: { kind: place.kind, id: place.id },
    patterns: wish.patterns === '' ? null : patterns,
    starts_at: momentOf(wish.startsAt),
    ends_at: momentOf(wish.endsAt),
    review_required: wish.reviewRequired,
    reason: wish.reason.trim(),
  }
}

/** Why a form cannot be sent yet; null where it can. */
export function lacking(wish: GrantWish): string | null {
  if (wish.subject === null) return 'Choose who gets it first.'
  if (wish.roleId === '') return 'Choose a role first.'
  if (wish.patterns !== '' && readPatterns(wish.patterns).length === 0) return 'Write which records, or choose all.'
  const [start, end] = [momentOf(wish.startsAt), momentOf(wish.endsAt)]
  if (start !== null && end !== null && end <= start) return 'It ends before it begins.'
  return null
}

/** A local date and time, as such a field gives it, as a moment; null where it is empty. */
export function momentOf(local: string): string | null {
  if (local === '') return null
  const moment = new Date(local)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}

/** A moment as a local date and time, for such a field. */
export function localOf(moment: string | null): string {
  if (moment === null) return ''
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
