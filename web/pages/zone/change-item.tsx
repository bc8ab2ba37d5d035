import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { usePages } from '../../api/use-call.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DifferenceLines } from '../../ui/difference.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { sourceWords, tellSize } from '../../words/changes.ts'
import { RevertDialog } from './revert-dialog.tsx'
import { useZone } from './use-zone.ts'

type Change = ItemOf<'changes.list'>

export function ChangeItem({ change, open, onToggle }: { change: Change; open: boolean; onToggle: () => void }) {
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex w-full items-start gap-3 px-3 py-2.5 text-left hover:bg-hover"
      >
        <Icon name={open ? 'down' : 'right'} className="mt-1 size-3.5 text-muted" />
        <span className="grid min-w-0 flex-1 gap-0.5 sm:flex sm:flex-wrap sm:items-baseline sm:justify-between sm:gap-x-4">
          <span className="min-w-0 break-words">
            <span className="font-medium">{change.comment || tellSize(change)}</span>
            {change.comment ? <span className="text-muted"> {tellSize(change)}</span> : null}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-muted">
            {change.reverts ? <Badge icon="undo">Reversal</Badge> : null}
            <span>{change.author.name}</span>
            <span>{sourceWords[change.source]}</span>
            <Time at={change.created_at} />
          </span>
        </span>
      </button>
      {open ? <Entries change={change} /> : null}
    </li>
  )
}

function Entries({ change }: { change: Change }) {
  const zone = useZone()
  const [reverting, setReverting] = useState(false)
  const entries = usePages('changes.entries.list', {
    params: { zone_id: zone.id, change_id: change.id },
    query: { limit: 200 },
  })
  return (
    <div className="grid gap-3 px-3 pt-1 pb-4 sm:pl-9.5">
      <Loaded query={entries} lines={3}>
        {() => <DifferenceLines lines={entries.items} />}
      </Loaded>
      {entries.hasNextPage ? (
        <Button kind="quiet" busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          Serial {change.serial_before} → {change.serial_after}
        </p>
        <Guarded can={zone.can} permission="records.write" resource={{ kind: 'zone', id: zone.id }}>
          {(refusal) => (
            <Button icon="undo" writes refusal={refusal} onClick={() => setReverting(true)}>
              Revert
            </Button>
          )}
        </Guarded>
      </div>
      {reverting ? <RevertDialog change={change} onClose={() => setReverting(false)} /> : null}
    </div>
  )
}
