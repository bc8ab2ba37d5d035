import type { AnswerOf } from '@zoneward/api/types'
import { usePaths } from '../../paths.ts'
import { TextLink } from '../../ui/link.tsx'
import { Card } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { tellSize } from '../../words/changes.ts'

type Change = AnswerOf<'dashboard.read'>['recent_changes'][number]

export function RecentChanges({ changes }: { changes: Change[] }) {
  const paths = usePaths()
  return (
    <Card title="Recent changes">
      {changes.length === 0 ? <p className="text-muted">No zone has been changed yet.</p> : null}
      <ul className="grid divide-y divide-line">
        {changes.map((change) => (
          <li key={change.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
            <div className="min-w-0">
              <TextLink to={paths.zoneChanges(change.zone.id)} className="font-medium break-all">
                {change.zone.name}
              </TextLink>{' '}
              <span className="text-muted">{tellSize(change)}</span>
              {change.comment ? <p className="break-words">{change.comment}</p> : null}
            </div>
            <p className="text-muted">
              {change.author} · <Time at={change.created_at} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
