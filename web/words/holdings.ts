import type { AnswerOf } from '@zoneward/api/types'
import { tellPatternText } from './pattern-sentences.ts'
import { count } from './times.ts'

type Difference = AnswerOf<'access_previews.create'>['differences'][number]
type Holding = Difference['gained'][number]

/** Permissions that are held alike: for the same records and the same time. */
export type HoldingGroup = { permissions: string[]; limits: string[] }

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Puts together what is held alike, so that a role of thirty permissions is told as one thing with its limits. */
export function groupHoldings(holdings: readonly Holding[]): HoldingGroup[] {
  const groups = new Map<string, HoldingGroup>()
  for (const holding of holdings) {
    const limits = limitsOf(holding)
    const key = limits.join('\n')
    const group = groups.get(key) ?? { permissions: [], limits }
    groups.set(key, { ...group, permissions: [...group.permissions, holding.permission] })
  }
  return [...groups.values()]
}

/** What narrows a holding, each in words: "only TXT records at www.example.com, and at no other name", "from 3 Dec 2026, 09:00", "as a proposal". */
export function limitsOf({ records, from, until, review_required }: Holding): string[] {
  return [
    records === 'all' ? '' : `only ${records.map(tellPatternText).join('; ')}`,
    from === null ? '' : `from ${day.format(new Date(from))}`,
    until === null ? '' : `until ${day.format(new Date(until))}`,
    review_required ? 'as a proposal that somebody approves' : '',
  ].filter(Boolean)
}

/** Who is touched by a change, counted: "2 people gain access, 1 person loses access.". */
export function tellSum(differences: readonly Difference[]): string {
  const of = (side: 'gained' | 'lost') =>
    new Set(differences.filter((each) => each[side].length > 0).map(({ subject }) => subject.id)).size
  const gaining = of('gained')
  const losing = of('lost')
  if (gaining === 0 && losing === 0) return 'Nobody gains or loses anything.'
  const gains = gaining === 0 ? '' : `${count(gaining, 'person', 'people')} ${gaining === 1 ? 'gains' : 'gain'} access`
  const loses = losing === 0 ? '' : `${count(losing, 'person', 'people')} ${losing === 1 ? 'loses' : 'lose'} access`
  return `${[gains, loses].filter(Boolean).join(', ')}.`
}
