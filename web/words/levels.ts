import type { AnswerOf } from '@zoneward/api/types'
import type { IconName } from '../ui/icons.tsx'

export type Cell = AnswerOf<'access.matrix'>['cells'][number][number]

/** What somebody can do with a thing, in one word and one picture. */
export const levelWords: Record<Cell['level'], { word: string; icon: IconName; sentence: string }> = {
  none: { word: 'None', icon: 'cross', sentence: 'no access' },
  read: { word: 'Read', icon: 'eye', sentence: 'may read' },
  write: { word: 'Write', icon: 'edit', sentence: 'may read and write' },
  manage: { word: 'Manage', icon: 'access', sentence: 'may read, write and manage' },
}

/** A cell as a sentence, for who listens and for the tip: "Mara Quay may read clinic.example, some records only". */
export function tellCell(person: string, thing: string, { level, narrowed, inherited }: Cell): string {
  if (level === 'none') return `${person} has no access to ${thing}`
  const limits = [narrowed ? 'some records only' : '', inherited ? 'from further up or through a team' : '']
  return [`${person} ${levelWords[level].sentence} ${thing}`, ...limits.filter(Boolean)].join(', ')
}
