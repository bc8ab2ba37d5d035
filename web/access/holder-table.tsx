import type { ItemOf } from '@zoneward/api/types'
import { useMe } from '../session/use-me.ts'
import { Badge } from '../ui/badge.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { tellPatterns } from '../words/patterns.ts'

type Holder = ItemOf<'access.holders'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
type HolderTableProps = {
  holders: Holder[]
  more?: More
  onWhy: (holder: Holder) => void
  onLook: (holder: Holder) => void
  /** null where the reader may not take access away. */
  onEnd: ((holder: Holder) => void) | null
}

const kinds = { member: 'Staff', client_user: 'Client', team: 'Team', service: 'Service' }

export function HolderTable({ holders, more, onWhy, onLook, onEnd }: HolderTableProps) {
  const staff = useMe().realm === 'staff'
  const columns: Column<Holder>[] = [
    {
      header: 'Who',
      role: 'title',
      cell: ({ subject }) => (
        <>
          {subject.name}
          {subject.detail ? (
            <span className="block text-sm font-normal break-all text-muted">{subject.detail}</span>
          ) : null}
        </>
      ),
    },
    ...(staff ? [{ header: 'Kind', cell: ({ subject }: Holder) => kinds[subject.kind] }] : []),
    { header: 'Role', cell: ({ role }) => role },
    {
      header: 'Given on',
      cell: ({ scope, implicit, via_team }) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {scope.name}
          {via_team ? <Badge icon="people">via {via_team}</Badge> : null}
          {implicit ? <Badge icon="info">Implicit</Badge> : null}
        </span>
      ),
    },
    {
      header: 'Limits',
      wide: true,
      cell: ({ patterns, ends_at }) => (
        <>
          {patterns ? (
            <span className="font-mono text-sm">{tellPatterns(patterns)}</span>
          ) : ends_at ? null : (
            <span className="text-muted">none</span>
          )}
          {ends_at ? (
            <span className="block">
              ends <Time at={ends_at} />
            </span>
          ) : null}
        </>
      ),
    },
    {
      header: 'Actions',
      role: 'menu',
      cell: (holder) => <Menu label={`Actions for ${holder.subject.name}`} entries={entriesOf(holder)} />,
    },
  ]
  const entriesOf = (holder: Holder): MenuEntry[] => [
    { label: 'Why?', icon: 'help', onSelect: () => onWhy(holder) },
    { label: 'All of their access here', icon: 'access', onSelect: () => onLook(holder) },
    ...(onEnd && !holder.implicit && !holder.via_team
      ? [{ label: 'Take away', icon: 'trash' as const, danger: true, onSelect: () => onEnd(holder) }]
      : []),
  ]
  return (
    <Table
      label="Who has access"
      rows={holders}
      columns={columns}
      keyOf={(holder) => `${holder.grant_id} ${holder.subject.id} ${holder.via_team ?? ''}`}
      more={more}
    />
  )
}
