import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Cell } from './cell.tsx'
import { stepOf } from './grid-keys.ts'
import type { ZoneRecord } from './record.ts'
import { RecordCells } from './record-row.tsx'
import { editLooks, nameOf } from './row-words.ts'
import { between } from './selection.ts'
import type { Staged } from './staging.ts'
import type { useEdits } from './use-edits.ts'
import { useRows } from './use-rows.ts'

type Edits = ReturnType<typeof useEdits>

export type GridProps = {
  label: string
  rows: readonly ZoneRecord[]
  /** How many there are in all, where more are still on their way. */
  total: number
  staged: Staged
  edits: Edits
  wide: boolean
  busy: boolean
  refusalFor: (record: ZoneRecord) => string | null
  onSearch: () => void
  onDelete: (id: string) => void
  form: (record: ZoneRecord) => ReactNode
}

const columns = 'lg:grid lg:grid-cols-[36px_minmax(120px,1fr)_72px_84px_minmax(200px,2.4fr)_minmax(130px,230px)_76px]'
const card = 'grid grid-cols-[36px_minmax(0,1fr)_auto]'

/** Records in rows that are drawn only where they can be seen; on small screens each row is a card. */
export function RecordGrid(props: GridProps) {
  const { rows, staged, wide, edits } = props
  const { editing, selected, wish } = edits
  const [active, setActive] = useState<string | null>(null)
  const anchor = useRef<string | null>(null)
  const holder = useRef<HTMLDivElement>(null)
  const wished = useRef<string | null>(null)
  const hadFocus = useRef(false)
  const lastAt = useRef(0)
  const found = useMemo(() => (active === null ? 0 : rows.findIndex(({ id }) => id === active)), [rows, active])
  // A row that went leaves the focus to the one that took its place.
  const at = found < 0 ? Math.min(lastAt.current, Math.max(0, rows.length - 1)) : found
  lastAt.current = at
  const editingAt = useMemo(() => (editing === null ? -1 : rows.findIndex(({ id }) => id === editing)), [rows, editing])
  const keyOf = useCallback((index: number) => rows[index]?.id ?? index, [rows])
  const virtual = useRows({ holder, count: rows.length, wide, kept: [at, editingAt], keyOf })
  const focusRow = (index: number) => {
    const row = rows[index]
    if (!row) return
    setActive(row.id)
    wished.current = row.id
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  // Focus follows once the row is drawn; a row that was read anew is another element, and takes the focus over.
  useEffect(() => {
    const lost = hadFocus.current && document.activeElement === document.body
    const id = wished.current ?? (lost ? rows[at]?.id : undefined)
    if (id === undefined) return
    const row = holder.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
    if (!row) return
    wished.current = null
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  })
  useEffect(() => {
    const index = wish ? rows.findIndex(({ id }) => id === wish.id) : -1
    if (index >= 0) focusRow(index)
  }, [wish])
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (target.dataset['row'] === undefined) return
    const found = stepOf(event, at, rows.length, virtual.pageSize())
    if (!found) return
    event.preventDefault()
    const row = rows[at]
    if (found.do === 'move') {
      if (found.extend) {
        anchor.current ??= row?.id ?? null
        edits.select(between(rows, anchor.current, rows[found.to]?.id ?? ''))
      } else anchor.current = null
      focusRow(found.to)
    } else if (found.do === 'all') edits.select(new Set(rows.map(({ id }) => id)))
    else if (found.do === 'clear') edits.clear()
    else if (found.do === 'search') props.onSearch()
    else if (row && found.do === 'toggle') edits.actions.select(row.id, false)
    else if (row && found.do === 'delete') props.onDelete(row.id)
    else if (row) edits.actions.edit(row.id)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: only drawn rows exist, which a table cannot say
    <div
      ref={holder}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total + 1}
      aria-colcount={7}
      aria-multiselectable="true"
      aria-busy={props.busy || undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={() => {
        hadFocus.current = true
      }}
      onBlur={() => {
        hadFocus.current = false
      }}
      className={`outline-none ${wide ? `scroll-pt-9 overflow-auto rounded-lg border border-line bg-surface ${staged.size > 0 ? 'max-h-[max(320px,calc(100dvh-370px))]' : 'max-h-[max(360px,calc(100dvh-300px))]'}` : ''}`}
    >
      <Header wide={wide} />
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
      <div role="rowgroup" className="relative" style={{ height: virtual.totalSize }}>
        {virtual.items.map((item) => {
          const record = rows[item.index]
          if (!record) return null
          const edit = staged.get(record.id)
          const open = record.id === editing
          const plain = wide && !open && edit === undefined && !edits.faults.has(record.id)
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the grid
            <div
              key={item.key}
              role="row"
              ref={virtual.measure}
              data-index={item.index}
              data-row={record.id}
              data-plain={plain || undefined}
              aria-rowindex={item.index + 2}
              aria-selected={selected.has(record.id)}
              aria-label={open ? `Edit ${nameOf(record)}` : undefined}
              tabIndex={item.index === at && !open ? 0 : -1}
              onFocus={(event) => {
                if (event.target === event.currentTarget) setActive(record.id)
              }}
              onDoubleClick={() => (open ? undefined : edits.actions.edit(record.id))}
              className={`group/row absolute scroll-mt-16 scroll-mb-28 inset-x-0 top-0 border-line outline-none focus-visible:after:pointer-events-none focus-visible:after:absolute focus-visible:after:inset-0 focus-visible:after:z-20 focus-visible:after:border-2 focus-visible:after:border-accent focus-visible:after:content-[''] ${wide ? 'border-b' : 'rounded-lg border'} ${open ? 'z-20 bg-surface' : `${wide ? columns : card} items-start hover:z-10 focus:z-10 ${colour(edit, selected.has(record.id), wide)}`}`}
              style={{
                transform: `translateY(${item.start}px)`,
                height: plain ? virtual.plainHeight : undefined,
              }}
            >
              {open ? (
                <Cell span={7}>{props.form(record)}</Cell>
              ) : (
                <RecordCells
                  record={record}
                  edit={edit}
                  fault={edits.faults.get(record.id)}
                  refusal={props.refusalFor(record)}
                  selected={selected.has(record.id)}
                  wide={wide}
                  actions={edits.actions}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Header({ wide }: { wide: boolean }) {
  const names = ['Select', 'Owner', 'TTL', 'Type', 'Data', 'Last changed', 'Actions']
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the header takes no focus
    <div
      role="row"
      aria-rowindex={1}
      className={wide ? `${columns} sticky top-0 z-30 border-b border-line bg-surface text-sm text-muted` : 'sr-only'}
    >
      {names.map((name) => (
        // biome-ignore lint/a11y/useSemanticElements: see the grid
        // biome-ignore lint/a11y/useFocusableInteractive: the header takes no focus
        <span key={name} role="columnheader" className={`px-2 py-2 font-medium ${name === 'TTL' ? 'text-right' : ''}`}>
          {name === 'Select' || name === 'Actions' ? <span className="sr-only">{name}</span> : name}
        </span>
      ))}
    </div>
  )
}

function colour(edit: { op: keyof typeof editLooks } | undefined, selected: boolean, wide: boolean): string {
  if (selected) return 'bg-accent-soft'
  if (edit) return editLooks[edit.op].row
  return wide ? 'bg-surface hover:bg-hover focus:bg-hover' : 'bg-surface'
}
