import type { ItemOf } from '@zoneward/api/types'
import type { Tone } from '../ui/badge.tsx'
import type { IconName } from '../ui/icons.tsx'
import { count } from './times.ts'

type Request = ItemOf<'access_requests.list'>

/** How far a request is, in a word. */
export const requestStates: Record<Request['state'], { word: string; tone: Tone; icon: IconName }> = {
  pending: { word: 'Waiting', tone: 'warn', icon: 'clock' },
  granted: { word: 'Given', tone: 'good', icon: 'check' },
  refused: { word: 'Refused', tone: 'bad', icon: 'cross' },
  withdrawn: { word: 'Withdrawn', tone: 'neutral', icon: 'undo' },
}

/** A length of time in words: 8 → "8 hours", 24 → "1 day", 168 → "1 week". */
export function tellHours(hours: number): string {
  if (hours % 168 === 0) return count(hours / 168, 'week')
  if (hours % 24 === 0) return count(hours / 24, 'day')
  return count(hours, 'hour')
}

/** What is asked for: "change records of bakery.example, on www.bakery.example A". */
export function tellRequest({ sentence, record }: Pick<Request, 'sentence' | 'record'>): string {
  return record && !sentence.includes(record.name) ? `${sentence}, on ${record.name} ${record.type}` : sentence
}
