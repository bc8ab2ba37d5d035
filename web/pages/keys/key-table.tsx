import type { ItemOf } from '@zoneward/api/types'
import { usePaths } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { TextLink } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { tellCeiling } from '../../words/ceiling.ts'

type Key = ItemOf<'api_keys.list'>
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

export function KeyTable({ keys, more, onEnd }: { keys: Key[]; more?: More; onEnd: (key: Key) => void }) {
  const me = useMe()
  const paths = usePaths()
  const others = keys.some(({ owner }) => owner.id !== me.user.id)
  const columns: Column<Key>[] = [
    { header: 'Name', role: 'title', cell: ({ id, name }) => <TextLink to={paths.key(id)}>{name}</TextLink> },
    { header: 'Key', cell: ({ hint }) => <span className="font-mono text-sm break-all">{hint}</span> },
    ...(others ? [{ header: 'Owner', cell: ({ owner }: Key) => owner.name }] : []),
    { header: 'Limits', cell: ({ ceiling }) => tellCeiling(ceiling) },
    {
      header: 'Last used',
      cell: ({ last_used_at, last_used_from }) =>
        last_used_at ? (
          <span title={last_used_from ? `from ${last_used_from}` : undefined}>
            <Time at={last_used_at} />
          </span>
        ) : (
          <span className="text-muted">never</span>
        ),
    },
    {
      header: 'Ends',
      wide: true,
      cell: ({ expires_at }) =>
        expires_at ? <Time at={expires_at} /> : <span className="text-muted">without end</span>,
    },
    {
      header: 'Actions',
      role: 'menu',
      cell: (key) => (
        <Menu
          label={`Actions for the key ${key.name}`}
          entries={[
            { label: 'What it can do now', icon: 'eye', to: paths.key(key.id) },
            { label: 'End', icon: 'trash', danger: true, onSelect: () => onEnd(key) },
          ]}
        />
      ),
    },
  ]
  return <Table label="API keys" rows={keys} columns={columns} keyOf={({ id }) => id} more={more} />
}
