import { Ask, type Want } from '../../access/ask.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Empty, Failure } from '../../ui/states.tsx'
import { count } from '../../words/times.ts'
import type { Records } from './use-records.ts'

type ProgressProps = { records: Records; total: number; searching: boolean; shown: number | null }

/** How much of the zone is here, in a quiet line. */
export function Progress({ records, total, searching, shown }: ProgressProps) {
  const { complete, rows, renewing, fault, retry } = records
  if (fault) return <Failure fault={fault} onRetry={retry} />
  const text = searching
    ? 'Searching on the server'
    : !complete
      ? `${count(rows.length, 'record')} of ${total.toLocaleString('en')} here, the rest is on its way`
      : renewing
        ? 'The zone was changed; reading it again'
        : shown === null
          ? ''
          : count(shown, 'record fits', 'records fit')
  return (
    <div role="status" className={text === '' ? 'sr-only' : 'flex items-center gap-3 text-sm text-muted'}>
      {text}
      {!complete && total > 0 ? (
        <progress aria-hidden="true" value={rows.length} max={total} className="h-1.5 w-32 accent-accent" />
      ) : null}
    </div>
  )
}

/** Why nothing can be changed here. */
export function ReadOnly({ reason, want }: { reason: string; want: Want | null }) {
  return (
    <div className="flex gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <Icon name="lock" className="mt-0.5 size-5 text-muted" />
      <div className="min-w-0">
        <p className="font-medium">You can read these records, not change them</p>
        <p className="break-words text-muted">{reason}</p>
        {want ? (
          <div className="mt-2">
            <Ask want={want} kind="plain" />
          </div>
        ) : null}
      </div>
    </div>
  )
}

type NothingProps = { filtered: boolean; refusal: string | null; onAdd: () => void; onClear: () => void }

/** No rows: what to do first. */
export function Nothing({ filtered, refusal, onAdd, onClear }: NothingProps) {
  if (filtered) {
    return (
      <Empty icon="search" title="No record fits" action={<Button onClick={onClear}>Show all records</Button>}>
        Look for a part of a name, a type or the data.
      </Empty>
    )
  }
  return (
    <Empty
      icon="zones"
      title="No records yet"
      action={
        <Button icon="plus" refusal={refusal} onClick={onAdd}>
          Add the first record
        </Button>
      }
    >
      Most begin with where the website is (A) and where mail goes (MX).
    </Empty>
  )
}
