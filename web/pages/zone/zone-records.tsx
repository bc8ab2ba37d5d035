import type { ItemOf } from '@zoneward/api/types'
import { usePages } from '../../api/use-call.ts'
import { useAddress } from '../../session/use-address.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useZone } from './use-zone.ts'

const columns: Column<ItemOf<'records.list'>>[] = [
  { header: 'Owner', role: 'title', cell: ({ owner }) => <span className="font-mono break-all">{owner}</span> },
  { header: 'TTL', role: 'number', cell: ({ ttl }) => ttl },
  { header: 'Type', cell: ({ type }) => type },
  { header: 'Data', cell: ({ data }) => <span className="font-mono break-all">{data}</span> },
]

/** The records of a zone. */
export function ZoneRecords() {
  const zone = useZone()
  const [{ q }, change] = useAddress()
  const records = usePages('records.list', { params: { zone_id: zone.id }, query: q ? { q } : {} })
  return (
    <div className="grid gap-3">
      <SearchBox label="Search records" value={q ?? ''} onChange={(text) => change({ q: text })} />
      <Loaded query={records}>
        {() =>
          records.items.length > 0 ? (
            <Table label="Records" rows={records.items} columns={columns} keyOf={({ id }) => id} more={records} />
          ) : (
            <Empty icon="search" title="No record fits" />
          )
        }
      </Loaded>
    </div>
  )
}
