import type { AnswerOf } from '@zoneward/api/types'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Icon, type IconName } from '../ui/icons.tsx'
import { levelWords, tellCell } from '../words/levels.ts'
import { type CellAt, moveIn } from './matrix-keys.ts'

type MatrixAnswer = AnswerOf<'access.matrix'>
export type Person = MatrixAnswer['people']['items'][number]
export type Thing = MatrixAnswer['things']['items'][number]

const kindIcons: Record<Thing['kind'], IconName> = {
  organization: 'overview',
  customer: 'customers',
  provider: 'provider',
  zone: 'zones',
  hosting: 'provider',
}
export const personWords = { member: 'Staff', client_user: 'Client', team: 'Team', service: 'Service account' }

type MatrixGridProps = { matrix: MatrixAnswer; busy: boolean; onOpen: (person: Person, thing: Thing) => void }

/** One stop for the tab key; arrows go from cell to cell, Enter opens one. Names stay in view while the rest scrolls. */
export function MatrixGrid({ matrix: { people, things, cells }, busy, onOpen }: MatrixGridProps) {
  const [at, setAt] = useState<CellAt>({ row: 0, column: 0 })
  const table = useRef<HTMLTableElement>(null)
  const rows = people.items.length
  const columns = things.items.length
  const here = { row: Math.min(at.row, rows - 1), column: Math.min(at.column, columns - 1) }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveIn(event, here, rows, columns)
    if (!next) return
    event.preventDefault()
    setAt(next)
    const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${next.row}.${next.column}"]`)
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  return (
    <div
      className={`max-h-[max(24rem,calc(100dvh-25rem))] w-fit max-w-full overflow-auto rounded-lg border border-line bg-surface ${busy ? 'opacity-70' : ''}`}
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys walk through its cells, which a table does not say
        role="grid"
        aria-label="People and things"
        aria-busy={busy || undefined}
        aria-rowcount={people.next === null ? rows + 1 : -1}
        aria-colcount={things.next === null ? columns + 1 : -1}
        onKeyDown={onKeyDown}
        className="border-separate border-spacing-0"
      >
        <thead>
          <tr aria-rowindex={1}>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 border-r border-b border-line bg-surface px-3 py-2 text-left text-sm font-medium text-muted"
            >
              Who
            </th>
            {things.items.map((thing, column) => (
              <th
                key={thing.id}
                scope="col"
                aria-colindex={column + 2}
                className="sticky top-0 z-10 max-w-44 min-w-26 border-b border-line bg-surface px-2 py-2 text-left align-bottom text-sm font-medium"
              >
                <span className="flex items-start gap-1.5 break-words">
                  <Icon name={kindIcons[thing.kind]} className="mt-0.5 size-3.5 text-muted" />
                  <span title={thing.name} className="line-clamp-3 min-w-0 break-words">
                    {thing.name}
                  </span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.items.map((person, row) => (
            <tr key={person.id} aria-rowindex={row + 2}>
              <th
                scope="row"
                className="sticky left-0 z-10 max-w-36 min-w-32 scroll-ml-0 border-r border-b border-line bg-surface px-3 py-1.5 text-left font-medium sm:max-w-64 sm:min-w-48"
              >
                <span className="block break-words">{person.name}</span>
                <span className="block truncate text-sm font-normal text-muted">{personWords[person.kind]}</span>
              </th>
              {things.items.map((thing, column) => (
                <GridCell
                  key={thing.id}
                  place={`${row}.${column}`}
                  column={column}
                  words={tellCell(person.name, thing.name, cells[row]?.[column] ?? nothing)}
                  cell={cells[row]?.[column] ?? nothing}
                  active={here.row === row && here.column === column}
                  onFocus={() => setAt({ row, column })}
                  onOpen={() => onOpen(person, thing)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const nothing = { level: 'none', inherited: false, narrowed: false } as const

type GridCellProps = {
  place: string
  column: number
  words: string
  cell: MatrixAnswer['cells'][number][number]
  active: boolean
  onFocus: () => void
  onOpen: () => void
}

function GridCell({ place, column, words, cell, active, onFocus, onOpen }: GridCellProps) {
  const { word, icon } = levelWords[cell.level]
  const look = cell.level === 'none' ? 'text-muted' : cell.inherited ? 'text-muted' : 'text-ink font-medium'
  return (
    <td aria-colindex={column + 2} className="border-b border-line p-0.5">
      <button
        type="button"
        data-cell={place}
        tabIndex={active ? 0 : -1}
        aria-label={words}
        title={words}
        onFocus={onFocus}
        onClick={onOpen}
        className={`flex min-h-9 w-full scroll-mt-24 scroll-mr-2 scroll-mb-2 scroll-ml-36 items-center gap-1.5 rounded px-1.5 text-left whitespace-nowrap -outline-offset-2 hover:bg-hover sm:scroll-ml-64 ${look}`}
      >
        {cell.level === 'none' ? (
          <span aria-hidden="true">–</span>
        ) : (
          <>
            <Icon name={icon} className="size-3.5" />
            {word}
            {cell.inherited ? <span aria-hidden="true">↑</span> : null}
            {cell.narrowed ? <span className="rounded bg-warn-soft px-1 text-sm text-warn">some</span> : null}
          </>
        )}
      </button>
    </td>
  )
}
