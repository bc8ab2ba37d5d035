import type { ItemOf } from '@zoneward/api/types'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

type Event = ItemOf<'audit_events.list'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

const columns: Column<Event>[] = [
  {
    header: 'What',
    role: 'title',
    cell: ({ sentence }) => <span className="font-normal break-words">{sentence}</span>,
  },
  { header: 'Who', cell: ({ actor }) => <Actor actor={actor} /> },
  {
    header: 'Customer',
    cell: ({ customer }) => customer?.name ?? <span className="text-muted">none</span>,
    wide: true,
  },
  { header: 'Kind', cell: ({ action }) => <span className="font-mono text-sm">{action}</span>, wide: true },
  { header: 'From', cell: ({ address }) => <span className="font-mono text-sm">{address ?? ''}</span>, wide: true },
  { header: 'When', cell: ({ at }) => <Time at={at} /> },
]

/** Who did it, in which roles at that moment, and with which key. */
function Actor({ actor: { name, role, key } }: Pick<Event, 'actor'>) {
  return (
    <>
      {name}
      {role ? <span className="block text-sm text-muted">{role}</span> : null}
      {key ? <span className="block text-sm break-all text-muted">with the key {key}</span> : null}
    </>
  )
}

/** Events in sentences; one's own need no columns about who and whose. */
export function EventTable({ events, own = false, more }: { events: Event[]; own?: boolean; more?: More }) {
  const shown = own ? columns.filter(({ header }) => ['What', 'From', 'When'].includes(header)) : columns
  return <Table label="Activity" rows={events} columns={shown} keyOf={({ seq, at }) => `${seq} ${at}`} more={more} />
}
