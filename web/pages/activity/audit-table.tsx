import type { QueryOf } from '@zoneward/api/types'
import { usePages } from '../../api/use-call.ts'
import { Empty, Loaded } from '../../ui/states.tsx'
import { EventTable } from './event-table.tsx'

export type AuditQuery = Omit<QueryOf<'audit_events.list'>, 'cursor' | 'limit'>

/** The events that the reader may see, newest first. */
export function AuditTable({ query }: { query: AuditQuery }) {
  const events = usePages('audit_events.list', { query })
  return (
    <Loaded query={events}>
      {() =>
        events.items.length > 0 ? (
          <EventTable events={events.items} more={events} />
        ) : (
          <Empty icon="activity" title="Nothing fits">
            Every change of a zone, of access and of people appears here.
          </Empty>
        )
      }
    </Loaded>
  )
}
