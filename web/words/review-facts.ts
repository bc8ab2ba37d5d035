import type { ItemOf } from '@zoneward/api/types'
import type { Tone } from '../ui/badge.tsx'
import type { IconName } from '../ui/icons.tsx'
import { count } from './times.ts'

type Item = Pick<ItemOf<'access_review_items.list'>, 'never_used' | 'ends_soon' | 'more_than_role' | 'suggested'>

export type ReviewFact = { word: string; tone: Tone; icon: IconName; sentence: string }

/** What a reviewer should look at before confirming, the gravest first. */
export function reviewFacts({ never_used, ends_soon, more_than_role, suggested }: Item): ReviewFact[] {
  const more = new Set(more_than_role.flatMap(({ permissions }) => permissions)).size
  return [
    ...(suggested === 'revoke'
      ? [
          {
            word: 'Not needed?',
            tone: 'bad' as const,
            icon: 'alert' as const,
            sentence: 'Old, and not used as long as is known.',
          },
        ]
      : []),
    ...(never_used
      ? [
          {
            word: 'Never used',
            tone: 'warn' as const,
            icon: 'clock' as const,
            sentence: 'Nothing was done by it as long as is known.',
          },
        ]
      : []),
    ...(more > 0
      ? [
          {
            word: 'More than the role',
            tone: 'warn' as const,
            icon: 'plus' as const,
            sentence: `Holds ${count(more, 'permission')} here that the role does not have, by ${more_than_role.map(({ role }) => role).join(', ')}.`,
          },
        ]
      : []),
    ...(ends_soon
      ? [
          {
            word: 'Ends soon',
            tone: 'neutral' as const,
            icon: 'clock' as const,
            sentence: 'It ends by itself within 30 days.',
          },
        ]
      : []),
  ]
}

/** How far a review is: "12 confirmed, 3 revoked, 40 left". */
export function tellProgress(review: { confirmed: number; revoked: number; undecided: number | null }): string {
  const left = review.undecided === null ? '' : `, ${review.undecided} left`
  return `${review.confirmed} confirmed, ${review.revoked} revoked${left}`
}
