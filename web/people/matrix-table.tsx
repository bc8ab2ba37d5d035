import { FilterSelect } from '../ui/field.tsx'
import { type Column, Table } from '../ui/table.tsx'
import type { Named } from './invite-access.ts'
import { cellOf, type Kind, kinds, type Level, type Matrix } from './member-matrix.ts'

const words: Record<Kind, string> = { dns: 'DNS', domains: 'Domains', websites: 'Websites', dmarc: 'DMARC' }
type MatrixTableProps = { customers: Named[]; matrix: Matrix; onChange: (matrix: Matrix) => void }

/** Customer × kind, each with No access, Read or Read & write. */
export function MatrixTable({ customers, matrix, onChange }: MatrixTableProps) {
  const set = (cell: string, level: string) => onChange(new Map([...matrix, [cell, level as Level]]))
  const columns: Column<Named>[] = [
    { header: 'Customer', role: 'title', cell: ({ name }) => name },
    ...kinds.map((kind) => ({
      header: words[kind],
      cell: ({ id, name }: Named) => (
        <FilterSelect
          label={`${words[kind]} of ${name}`}
          value={matrix.get(cellOf(id, kind)) ?? 'none'}
          onChange={(event) => set(cellOf(id, kind), event.target.value)}
        >
          <option value="none">No access</option>
          <option value="read">Read only</option>
          <option value="write">Read & write</option>
        </FilterSelect>
      ),
    })),
  ]
  return <Table label="Access to customers" rows={customers} columns={columns} keyOf={({ id }) => id} />
}
