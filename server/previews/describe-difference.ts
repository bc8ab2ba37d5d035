import type { AnswerOf } from '@zoneward/api'
import { type AccessDifference, type Holding, printRecordPattern } from '@zoneward/permissions'
import type { ShownSubject } from '../access/describe-subjects.ts'
import { dayOf, listOf } from '../assertions/compose-sentence.ts'

export type ShownDifference = AnswerOf<'access_previews.create'>['differences'][number]
type ShownHolding = ShownDifference['gained'][number]

/** What somebody gains and loses at a place, as values and as a sentence. */
export function describeDifference(
  { gained, lost }: AccessDifference,
  subject: ShownSubject,
  resource: ShownDifference['resource'],
): ShownDifference {
  const shown = { gained: gained.map(showHolding), lost: lost.map(showHolding) }
  const place = `on the ${resource.kind} ${resource.name}`
  const parts = [...partsOf('gains', shown.gained, place), ...partsOf('loses', shown.lost, place)]
  return { subject, resource, ...shown, sentence: `${subject.name} ${parts.join('; ')}.` }
}

function showHolding({ permission, records, from, until, reviewRequired }: Holding): ShownHolding {
  return {
    permission,
    records: records === 'all' ? 'all' : records.map(printRecordPattern),
    from: from === null ? null : new Date(from).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    review_required: reviewRequired,
  }
}

const named = 4

/** Permissions of the same records and time are told together. */
function partsOf(verb: 'gains' | 'loses', holdings: readonly ShownHolding[], place: string): string[] {
  const groups = Map.groupBy(holdings, ({ permission: _, ...terms }) => JSON.stringify(terms))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const ids = group.map(({ permission }) => permission)
    const more = ids.length - named
    const words = more > 1 ? [...ids.slice(0, named), `${more} more permissions`] : ids
    return [`${verb} ${listOf(words)} ${place}${termsOf(first)}`]
  })
}

function termsOf({ records, from, until, review_required }: ShownHolding): string {
  return [
    records === 'all' ? '' : ` for ${listOf([...records])}`,
    from === null ? '' : ` from ${dayOf(from)}`,
    until === null ? '' : ` until ${dayOf(until)}`,
    review_required ? ', to be reviewed' : '',
  ].join('')
}
