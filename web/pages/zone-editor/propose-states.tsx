import { usePaths } from '../../paths.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { TextLink } from '../../ui/link.tsx'
import { useZone } from '../zone/use-zone.ts'

/** Nothing is written here, but it can be proposed. */
export function ProposeOnly() {
  return (
    <div className="flex gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <Icon name="inbox" className="mt-0.5 size-5 text-muted" />
      <div className="min-w-0">
        <p className="font-medium">You can propose changes of these records</p>
        <p className="text-muted">Edit as you like and send it off: it is in force once somebody has approved it.</p>
      </div>
    </div>
  )
}

/** What was meant as a change waits for approval. */
export function Proposed({ id, onClose }: { id: string; onClose: () => void }) {
  const zone = useZone()
  const paths = usePaths()
  return (
    <div role="status" className="flex gap-3 rounded-lg bg-accent-soft py-2 pr-2 pl-4">
      <Icon name="inbox" className="mt-2 size-5 text-accent" />
      <p className="min-w-0 flex-1 py-1.5">
        <span className="font-medium">Your change waits for approval.</span> Nothing was written yet.{' '}
        <TextLink to={paths.zoneChanges(zone.id)} search={{ proposal: id }} className="underline">
          See the proposal
        </TextLink>
      </p>
      <IconButton icon="cross" label="Dismiss" onClick={onClose} />
    </div>
  )
}
