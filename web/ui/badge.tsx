import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'

const tones = {
  neutral: 'bg-hover text-ink',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

export type Tone = keyof typeof tones

/** A state, always with a word; colour alone says nothing. */
export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-[0.85em] leading-tight font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {icon ? <Icon name={icon} className="size-3.5" /> : null}
      {children}
    </span>
  )
}

const levels = {
  none: { word: 'No access', icon: 'cross' },
  read: { word: 'Read only', icon: 'lock' },
  write: { word: 'Read & write', icon: 'edit' },
  partial: { word: 'Some records', icon: 'lock' },
} as const

export function LevelBadge({ level }: { level: keyof typeof levels }) {
  const { word, icon } = levels[level]
  return (
    <Badge tone={level === 'write' ? 'accent' : 'neutral'} icon={icon}>
      {word}
    </Badge>
  )
}
