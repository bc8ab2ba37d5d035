import type { AnswerOf } from '@zoneward/api/types'
import { count } from '../../words/times.ts'

type Breach = AnswerOf<'assertions.check'>['items'][number]['breaches'][number]

/** Who can do what nobody should, and the way there. */
export function BreachList({ breaches, total }: { breaches: Breach[]; total: number }) {
  return (
    <ul aria-label="Who breaks it" className="grid gap-1.5">
      {breaches.map((breach) => (
        <li
          key={`${breach.grant_id} ${breach.subject.id} ${breach.resource.id}`}
          className="rounded-md bg-bad-soft p-2.5"
        >
          <p className="break-words text-bad">{breach.sentence}</p>
          <p className="text-sm break-words text-ink">{breach.path.join(' → ')}</p>
        </li>
      ))}
      {total > breaches.length ? (
        <li className="text-muted">and {count(total - breaches.length, 'more way')}</li>
      ) : null}
    </ul>
  )
}
