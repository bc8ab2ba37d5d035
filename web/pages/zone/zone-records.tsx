import { lazy, Suspense } from 'react'
import { Skeleton } from '../../ui/states.tsx'
import { useZone } from './use-zone.ts'

// The editor brings the record types with it, so it is read when a zone is opened, and not before.
const ZoneEditor = lazy(async () => {
  const { ZoneEditor } = await import('../zone-editor/zone-editor.tsx')
  return { default: ZoneEditor }
})

/** The records of a zone. */
export function ZoneRecords() {
  const zone = useZone()
  return (
    <Suspense fallback={<Skeleton />}>
      <ZoneEditor key={zone.id} zoneId={zone.id} />
    </Suspense>
  )
}
