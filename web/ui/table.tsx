import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useMedia } from './use-media.ts'

export type Column<Row> = {
  header: string
  cell: (row: Row) => ReactNode
  /** Numbers stand right; `title` is the fact that names the row; `menu` stands at its end. */
  role?: 'title' | 'number' | 'menu'
  /** Facts of little weight give way on middle widths. */
  wide?: boolean
}

type TableProps<Row> = {
  label: string
  rows: Row[]
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } | undefined
}

/** One list, two shapes: a table where there is room, cards with the same facts in the same order on a phone. */
export function Table<Row>(props: TableProps<Row>) {
  const roomy = useMedia('(min-width: 640px)')
  const { more } = props
  return (
    <div>
      {roomy ? <Rows {...props} /> : <Cards {...props} />}
      {more?.hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button kind="quiet" icon="down" busy={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function Rows<Row>({ label, rows, columns, keyOf }: TableProps<Row>) {
  const wide = (column: Column<Row>) => (column.wide ? 'hidden lg:table-cell' : '')
  return (
    <section
      className="overflow-x-auto rounded-lg border border-line bg-surface"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-left text-sm text-muted">
            {columns.map((column) => (
              <th
                key={column.header}
                scope="col"
                className={`px-3 py-2 font-medium whitespace-nowrap ${column.role === 'number' ? 'text-right' : ''} ${wide(column)}`}
              >
                {column.role === 'menu' ? <span className="sr-only">{column.header}</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-line last:border-0 hover:bg-hover">
              {columns.map((column) => (
                <td key={column.header} className={`px-3 py-2 align-middle ${shape(column)} ${wide(column)}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function shape<Row>({ role }: Column<Row>): string {
  if (role === 'number') return 'text-right'
  if (role === 'menu') return 'w-px py-0.5 text-right whitespace-nowrap'
  return role === 'title' ? 'font-medium' : ''
}

function Cards<Row>({ label, rows, columns, keyOf }: TableProps<Row>) {
  const title = columns.find(({ role }) => role === 'title')
  const menu = columns.find(({ role }) => role === 'menu')
  const facts = columns.filter((column) => column !== title && column !== menu)
  return (
    <ul aria-label={label} className="grid gap-2">
      {rows.map((row) => (
        <li key={keyOf(row)} className="rounded-lg border border-line bg-surface p-3">
          <div className="flex items-start justify-between gap-2">
            <div className="min-w-0 pt-1 font-medium break-words">{title?.cell(row)}</div>
            {menu ? <div className="-mt-0.5 -mr-1 shrink-0">{menu.cell(row)}</div> : null}
          </div>
          <dl className="mt-1 grid grid-cols-[max-content_1fr] items-baseline gap-x-4 gap-y-1">
            {facts.map((column) => (
              <div key={column.header} className="contents">
                <dt className="text-muted">{column.header}</dt>
                <dd className="min-w-0 text-right break-words">{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
