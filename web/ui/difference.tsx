import type { AnswerOf } from '@zoneward/api/types'
import { count } from '../words/times.ts'

export type Difference = AnswerOf<'changes.create'>['difference']
type Line = { sign: '+' | '-'; name: string; ttl: number; type: string; data: string }

/** What a change adds and removes, before or after it is written. */
export function DifferenceView({ difference }: { difference: Difference }) {
  const { added, removed, unchanged, lines, more } = difference
  return (
    <div className="grid gap-2">
      <p>
        <span className="font-medium text-good">{count(added, 'record')} added</span>,{' '}
        <span className="font-medium text-bad">{removed} removed</span>
        <span className="text-muted">, {unchanged} unchanged</span>
      </p>
      <DifferenceLines lines={lines} />
      {more > 0 ? <p className="text-muted">and {count(more, 'more line')}</p> : null}
    </div>
  )
}

/** Lines of a difference: sign, owner, TTL, type, data; the sign is a word for screen readers. */
export function DifferenceLines({ lines }: { lines: Line[] }) {
  if (lines.length === 0) return <p className="text-muted">Nothing changes.</p>
  return (
    <ul className="overflow-hidden rounded-md border border-line font-mono text-sm">
      {lines.map((line, index) => (
        <li
          key={`${line.sign}${line.name} ${line.type} ${line.data} ${String(index)}`}
          className={`flex gap-2 px-2.5 py-1 ${line.sign === '+' ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}
        >
          <span aria-hidden="true">{line.sign === '+' ? '+' : '−'}</span>
          <span className="sr-only">{line.sign === '+' ? 'added' : 'removed'}</span>
          <span className="min-w-0 break-all">
            {line.name} {line.ttl} <span className="font-semibold">{line.type}</span> {line.data}
          </span>
        </li>
      ))}
    </ul>
  )
}
