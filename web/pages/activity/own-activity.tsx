import { usePages } from '../../api/use-call.ts'
import { Empty, Loaded } from '../../ui/states.tsx'
import { EventTable } from './event-table.tsx'

export function OwnActivity() {
  const events = usePages('activity.list', { query: {} })
  return (
    <Loaded query={events}>
      {() =>
        events.items.length > 0 ? (
          <EventTable own events={events.items} more={events} />
        ) : (
          <Empty icon="activity" title="Nothing yet">
            What you change appears here.
          </Empty>
        )
      }
    </Loaded>
  )
}
