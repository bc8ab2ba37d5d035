import { lazy, Suspense } from 'react'
import { Skeleton } from '../../ui/states.tsx'
import { useZone } from './use-zone.ts'

// The editor brings the record types with it, so it is read when a zone is opened, beside the zone itself.
const editor = import('../zone-editor/zone-editor.tsx').then(({ ZoneEditor }) => ({ default: ZoneEditor }))
const ZoneEditor = lazy(() => editor)

/** The records of a zone. */
export function ZoneRecords() {
  const zone = useZone()
  return (
    <Suspense fallback={<Skeleton />}>
      <ZoneEditor key={zone.id} zoneId={zone.id} />
    </Suspense>
  )
}
