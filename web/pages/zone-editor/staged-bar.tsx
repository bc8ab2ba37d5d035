import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { count } from '../../words/times.ts'
import { countStaged } from './staging.ts'
import type { Staging } from './use-staging.ts'

type StagedBarProps = { staging: Staging; refusal: string | null; onReview: () => void; onDiscard: () => void }

/** What waits, and the ways on and back. It stays in sight at the bottom of the page. */
export function StagedBar({ staging, refusal, onReview, onDiscard }: StagedBarProps) {
  const { staged, canUndo, canRedo } = staging
  if (staged.size === 0 && !canUndo && !canRedo) return null
  return (
    <section
      aria-label="Staged changes"
      className="sticky bottom-3 z-30 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border border-edge bg-raised px-4 py-2.5 shadow-lg"
    >
      <p role="status" className="flex items-center gap-2">
        <Icon name="edit" className="size-4 text-warn" />
        <span>
          <span className="font-semibold">{count(staged.size, 'change')} not applied</span>
          <span className="text-muted">{tellCounts(staging)}</span>
        </span>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          kind="quiet"
          icon="undo"
          refusal={canUndo ? null : 'There is nothing to undo.'}
          title="Ctrl Z"
          onClick={staging.undo}
        >
          Undo
        </Button>
        <Button
          kind="quiet"
          refusal={canRedo ? null : 'There is nothing to redo.'}
          title="Ctrl Shift Z"
          onClick={staging.redo}
        >
          Redo
        </Button>
        <Button kind="quiet" refusal={staged.size > 0 ? null : 'There is nothing to discard.'} onClick={onDiscard}>
          Discard
        </Button>
        <Button kind="primary" refusal={staged.size > 0 ? refusal : 'There is nothing to review.'} onClick={onReview}>
          Review changes
        </Button>
      </div>
    </section>
  )
}

function tellCounts({ staged }: Staging): string {
  const counts = countStaged(staged)
  const parts = [
    counts.create > 0 ? `${counts.create} added` : '',
    counts.update > 0 ? `${counts.update} changed` : '',
    counts.delete > 0 ? `${counts.delete} deleted` : '',
  ].filter(Boolean)
  return parts.length > 0 ? `: ${parts.join(', ')}` : ''
}
