import { useDeferredValue, useMemo } from 'react'
import { useCall } from '../../api/use-call.ts'
import { filterRecords } from './filter-records.ts'
import type { Records } from './use-records.ts'

/** What the filter leaves: here once all is loaded, from the server's search until then. */
export function useShown(zoneId: string, records: Records, filter: { text: string; type: string }) {
  const wanted = useDeferredValue(filter.text)
  const active = filter.text !== '' || filter.type !== ''
  const ask = active && !records.complete
  const query = {
    limit: 500,
    ...(filter.text ? { q: filter.text } : {}),
    ...(filter.type ? { type: filter.type } : {}),
  }
  const found = useCall('records.list', { params: { zone_id: zoneId }, query }, { enabled: ask })
  const local = useMemo(
    () => filterRecords(records.rows, { text: wanted, type: filter.type }),
    [records.rows, wanted, filter.type],
  )
  if (ask && found.data) return { shown: found.data.items, searching: false }
  return { shown: local, searching: ask && found.isPending }
}
