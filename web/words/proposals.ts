import type { AnswerOf, ItemOf } from '@zoneward/api/types'
import type { IconName } from '../ui/icons.tsx'

export type Proposal = ItemOf<'proposals.list'>
type State = Proposal['state']

/** Where a proposal stands, in a word. */
export const stateWords: Record<State, { word: string; tone: 'accent' | 'good' | 'bad' | 'neutral'; icon: IconName }> =
  {
    open: { word: 'Waiting', tone: 'accent', icon: 'clock' },
    approved: { word: 'Approved', tone: 'good', icon: 'check' },
    rejected: { word: 'Rejected', tone: 'bad', icon: 'cross' },
    withdrawn: { word: 'Withdrawn', tone: 'neutral', icon: 'undo' },
  }

/** How it was proposed. */
export const proposalSources: Record<Proposal['source'], string> = {
  console: 'in the console',
  portal: 'in the portal',
  api: 'through the API',
  cli: 'on the command line',
  revert: 'by reverting',
  guest: 'through a guest link',
}

/** The proposal that a write became, where it has to be approved first (the answer 202); null where it was written. */
export function proposalIn(answer: object | null): AnswerOf<'proposals.create'>['proposal'] {
  return answer !== null && 'proposal' in answer ? (answer.proposal as Proposal | null) : null
}
