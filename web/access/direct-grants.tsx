import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Loaded } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { tellPatterns } from '../words/patterns.ts'
import { ChangeGrant } from './change-grant.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import type { Person } from './matrix-grid.tsx'
import type { Place } from './place.ts'
import { RevokeGrant } from './revoke-grant.tsx'
import { useRefusal } from './use-refusal.ts'

type Grant = ItemOf<'grants.list'>

/** What this person was given on this very place: to be changed, ended, or added to. */
export function DirectGrants({ subject, place }: { subject: Person; place: Place }) {
  const query = { subject_id: subject.id, scope_kind: place.kind, scope_id: place.id, limit: 100 }
  const grants = useCall('grants.list', { query })
  const resource = { kind: place.kind, id: place.id }
  const may = useCall('access.check', { body: { checks: [{ permission: 'grants.manage', resource }] } })
  const refusal = useRefusal({ 'grants.manage': may.data?.answers[0]?.allowed !== false }, 'grants.manage', resource)
  const [changing, setChanging] = useState<Grant | null>(null)
  const [ending, setEnding] = useState<Grant | null>(null)
  return (
    <section aria-label="Given right here" className="grid gap-2">
      <h3 className="font-semibold">Given right here</h3>
      <Loaded query={grants} lines={2}>
        {({ items }) => (
          <ul className="grid gap-2 empty:hidden">
            {items.map((grant) => (
              <li key={grant.id} className="grid gap-2 rounded-lg border border-line p-3">
                <GrantFacts grant={grant} />
                <div className="flex flex-wrap gap-2">
                  <Button
                    icon="edit"
                    writes
                    refusal={grant.revocable ? null : 'Only somebody who holds as much can change it.'}
                    onClick={() => setChanging(grant)}
                  >
                    Change
                  </Button>
                  <Button
                    kind="danger"
                    icon="trash"
                    refusal={grant.revocable ? null : 'Only somebody who holds as much can take it away.'}
                    onClick={() => setEnding(grant)}
                  >
                    Take away
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {grants.data?.items.length === 0 ? (
        <p className="text-muted">Nothing. What there is comes from elsewhere and is changed there.</p>
      ) : null}
      <div>
        <GrantDialog place={place} refusal={refusal} subject={subject} label="Give more access" />
      </div>
      {changing ? <ChangeGrant grant={changing} onClose={() => setChanging(null)} /> : null}
      {ending ? <RevokeGrant grant={ending} onClose={() => setEnding(null)} /> : null}
    </section>
  )
}

function GrantFacts({ grant }: { grant: Grant }) {
  const { role, patterns, starts_at, ends_at, review_required, reason, granted_by, created_at } = grant
  const begins = starts_at !== null && Date.parse(starts_at) > Date.now()
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-1.5 font-medium">
        {role}
        {review_required ? <Badge icon="inbox">As proposals</Badge> : null}
        {begins ? (
          <Badge icon="clock" tone="warn">
            Not yet
          </Badge>
        ) : null}
      </p>
      {patterns ? <p className="font-mono text-sm break-words">{tellPatterns(patterns)}</p> : null}
      <p className="text-sm text-muted">
        {granted_by ? `Given by ${granted_by} ` : 'Given '}
        <Time at={created_at} />
        {begins ? (
          <>
            , begins <Time at={starts_at} />
          </>
        ) : null}
        {ends_at ? (
          <>
            , ends <Time at={ends_at} />
          </>
        ) : (
          ', without end'
        )}
        {reason ? `: ${reason}` : ''}
      </p>
    </div>
  )
}
