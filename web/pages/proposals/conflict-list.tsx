import type { AnswerOf } from '@zoneward/api/types'

type Conflict = AnswerOf<'proposals.read'>['conflicts'][number]

/** Records that moved since the change was proposed: as they were then, and as they are now. */
export function ConflictList({ conflicts }: { conflicts: Conflict[] }) {
  if (conflicts.length === 0) return null
  return (
    <section aria-label="What moved since" className="grid gap-2 rounded-lg bg-warn-soft p-3">
      <p className="font-medium text-warn">Somebody changed these records since.</p>
      <ul className="grid gap-3">
        {conflicts.map(({ name, type, before, now }) => (
          <li key={`${name} ${type}`} className="grid gap-1">
            <p className="font-mono text-sm break-all">
              {name} <span className="font-semibold">{type}</span>
            </p>
            <dl className="grid grid-cols-[max-content_1fr] gap-x-3 text-sm">
              <dt className="text-muted">Then</dt>
              <dd className="font-mono break-all">{tell(before)}</dd>
              <dt className="text-muted">Now</dt>
              <dd className="font-mono break-all">{tell(now)}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  )
}

function tell(records: Conflict['now']): string {
  return records.map(({ ttl, data }) => `${ttl} ${data}`).join(' · ') || 'no record'
}
