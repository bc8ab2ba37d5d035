import type { ItemOf } from '@zoneward/api/types'
import { usePaths } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { LevelBadge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/link.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

type Zone = ItemOf<'zones.list'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

export function ZoneTable({ zones, more }: { zones: Zone[]; more?: More }) {
  const paths = usePaths()
  const staff = useMe().realm === 'staff'
  const columns: Column<Zone>[] = [
    {
      header: 'Zone',
      role: 'title',
      cell: (zone) => (
        <TextLink to={paths.zone(zone.id)} className="break-all">
          {zone.name}
        </TextLink>
      ),
    },
    { header: 'Your access', cell: (zone) => <LevelBadge level={zone.level} /> },
    { header: 'Records', role: 'number', cell: (zone) => zone.records.toLocaleString('en') },
    ...(staff
      ? [
          { header: 'Customer', cell: (zone: Zone) => zone.customer?.name ?? <span className="text-muted">none</span> },
          { header: 'Provider', cell: (zone: Zone) => zone.provider.name, wide: true },
        ]
      : []),
    { header: 'Changed', cell: (zone) => <Time at={zone.changed_at} />, wide: true },
  ]
  return <Table label="Zones" rows={zones} columns={columns} keyOf={(zone) => zone.id} more={more} />
}
