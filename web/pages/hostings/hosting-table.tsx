import type { ItemOf } from '@zoneward/api/types'
import { usePaths } from '../../paths.ts'
import { TextLink } from '../../ui/link.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

type Hosting = ItemOf<'hostings.list'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

export function HostingTable({ hostings, more }: { hostings: Hosting[]; more: More }) {
  const paths = usePaths()
  const columns: Column<Hosting>[] = [
    { header: 'Hosting', role: 'title', cell: ({ id, name }) => <TextLink to={paths.hosting(id)}>{name}</TextLink> },
    { header: 'Place', cell: ({ place }) => place || <span className="text-muted">not said</span> },
    { header: 'Made', cell: ({ created_at }) => <Time at={created_at} /> },
  ]
  return <Table label="Hostings" rows={hostings} columns={columns} keyOf={({ id }) => id} more={more} />
}
