import { lazy, Suspense } from 'react'
import { useAddress } from '../session/use-address.ts'
import { useMe } from '../session/use-me.ts'
import { Skeleton } from '../ui/states.tsx'
import { ViewSwitch } from '../ui/view-switch.tsx'
import type { Place } from './place.ts'

// Each view comes when it is looked at: a page of people and things needs no form.
const Holders = lazy(() => import('./holders.tsx').then((part) => ({ default: part.Holders })))
const Matrix = lazy(() => import('./matrix.tsx').then((part) => ({ default: part.Matrix })))
const TryIt = lazy(() => import('./try-it.tsx').then((part) => ({ default: part.TryIt })))

const viewsFor = (staff: boolean) => [
  { id: 'things', label: staff ? 'People × things' : 'At a glance' },
  { id: 'holders', label: 'Who has access' },
  { id: 'try', label: 'Try it' },
]

type AccessTabsProps = {
  place: Place
  /** Why access cannot be given here by the reader; null where it can. */
  refusal: string | null
}

/** Access to one place, seen three ways; which one stands in the address. */
export function AccessTabs({ place, refusal }: AccessTabsProps) {
  const [address] = useAddress()
  const staff = useMe().realm === 'staff'
  // Below a zone there is nothing that roles are granted on, so its own holders say more than one column.
  const view = address['view'] ?? (place.kind === 'zone' || place.kind === 'hosting' ? 'holders' : 'things')
  return (
    <div className="grid gap-4">
      <ViewSwitch label={`Access to ${place.name}`} views={viewsFor(staff)} value={view} />
      <Suspense fallback={<Skeleton />}>
        {view === 'try' ? <TryIt place={place} /> : null}
        {view === 'holders' ? <Holders place={place} refusal={refusal} /> : null}
        {view === 'things' ? <Matrix place={place} refusal={refusal} /> : null}
      </Suspense>
    </div>
  )
}
