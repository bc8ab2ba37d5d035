import { memo } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { tellDistance, tellMoment } from '../../words/times.ts'
import { Cell } from './cell.tsx'
import type { ZoneRecord } from './record.ts'
import { editLooks, nameOf } from './row-words.ts'
import type { Edit } from './staging.ts'

export type RowActions = {
  edit: (id: string) => void
  remove: (id: string) => void
  takeBack: (id: string) => void
  select: (id: string, range: boolean) => void
}

type RowProps = {
  record: ZoneRecord
  edit: Edit | undefined
  fault: string | undefined
  refusal: string | null
  selected: boolean
  wide: boolean
  actions: RowActions
}

const cell = 'relative min-w-0 bg-inherit px-2 py-1.5'
/** One line until the row is pointed at or focused; then everything, over the rows below it. */
const longText =
  'block font-mono truncate group-hover/row:absolute group-hover/row:z-30 group-hover/row:inset-x-0 group-hover/row:top-0 group-hover/row:bg-inherit group-hover/row:px-2 group-hover/row:py-1.5 group-hover/row:break-all group-hover/row:whitespace-normal group-focus/row:absolute group-focus/row:z-30 group-focus/row:inset-x-0 group-focus/row:top-0 group-focus/row:bg-inherit group-focus/row:px-2 group-focus/row:py-1.5 group-focus/row:break-all group-focus/row:whitespace-normal'
/** A row that waits to be applied shows everything at once. */
const wholeText = 'block font-mono break-all'

/** The cells of one record, in the same order in a table and on a card. */
export const RecordCells = memo(function RecordCells(props: RowProps) {
  return props.wide ? <WideCells {...props} /> : <CardCells {...props} />
})

function WideCells({ record, edit, fault, refusal, selected, actions }: RowProps) {
  const shown = edit && edit.op !== 'delete' ? edit.values : record
  const gone = edit?.op === 'delete' ? 'line-through' : ''
  const text = edit || fault ? wholeText : longText
  return (
    <>
      <SelectCell record={record} selected={selected} actions={actions} />
      <Cell className={cell}>
        <span className={`${text} ${gone}`}>{shown.owner}</span>
      </Cell>
      <Cell className={`${cell} text-right ${gone}`}>{shown.ttl}</Cell>
      <Cell className={`${cell} ${gone}`}>{shown.type}</Cell>
      <Cell className={cell}>
        <span className={`${text} ${gone}`}>{shown.data}</span>
        <Before record={record} edit={edit} />
        <Fault text={fault} />
      </Cell>
      <Cell className={`${cell} truncate text-sm text-muted`}>
        <LastChange record={record} edit={edit} />
      </Cell>
      <ActionCell record={record} edit={edit} refusal={refusal} actions={actions} />
    </>
  )
}

function CardCells({ record, edit, fault, refusal, selected, actions }: RowProps) {
  const shown = edit && edit.op !== 'delete' ? edit.values : record
  const gone = edit?.op === 'delete' ? 'line-through' : ''
  return (
    <>
      <SelectCell record={record} selected={selected} actions={actions} />
      <div className="min-w-0 py-2">
        <Cell className={`font-mono font-medium break-all ${gone}`}>{shown.owner}</Cell>
        <div className="flex gap-3 text-muted">
          <Cell className={gone}>
            <span className="sr-only">TTL </span>
            {shown.ttl}
            <span aria-hidden="true"> s</span>
          </Cell>
          <Cell className={`font-medium text-ink ${gone}`}>{shown.type}</Cell>
        </div>
        <Cell>
          <span className={`line-clamp-4 font-mono break-all group-focus/row:line-clamp-none ${gone}`}>
            {shown.data}
          </span>
          <Before record={record} edit={edit} />
          <Fault text={fault} />
        </Cell>
        <Cell className="text-sm text-muted">
          <LastChange record={record} edit={edit} />
        </Cell>
      </div>
      <ActionCell record={record} edit={edit} refusal={refusal} actions={actions} />
    </>
  )
}

function SelectCell({ record, selected, actions }: Pick<RowProps, 'record' | 'selected' | 'actions'>) {
  return (
    <Cell className="self-stretch">
      {/* Space selects the focused row, so this is for the pointer and takes no place in the tab order. */}
      <label className="flex h-full min-h-9 items-start justify-center pt-2.5">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${nameOf(record)}`}
          checked={selected}
          onChange={(event) => actions.select(record.id, (event.nativeEvent as MouseEvent).shiftKey === true)}
          className="size-4 accent-accent"
        />
      </label>
    </Cell>
  )
}

function Before({ record, edit }: Pick<RowProps, 'record' | 'edit'>) {
  if (edit?.op !== 'update') return null
  const { owner, ttl, type, data } = edit.before
  const { values } = edit
  const parts = [
    owner === values.owner ? '' : record.owner,
    ttl === values.ttl ? '' : `TTL ${ttl}`,
    type === values.type ? '' : type,
    data === values.data ? '' : data,
  ].filter(Boolean)
  return (
    <span className="block text-sm break-all text-muted">
      was <span className="font-mono">{parts.join(' ')}</span>
    </span>
  )
}

function Fault({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <span className="flex items-start gap-1.5 text-sm text-bad">
      <Icon name="alert" className="mt-0.5 size-4" />
      <span className="min-w-0 break-words">{text}</span>
    </span>
  )
}

// Records of one change share a moment, and writing a moment out is slow when rows fly by.
const moments = new Map<string, string>()

function exactly({ changed_at, changed_by }: ZoneRecord): string {
  const moment = moments.get(changed_at) ?? tellMoment(changed_at)
  if (moments.size > 5000) moments.clear()
  moments.set(changed_at, moment)
  return changed_by.name ? `${moment}, ${changed_by.name}` : moment
}

function LastChange({ record, edit }: Pick<RowProps, 'record' | 'edit'>) {
  if (edit) {
    const { word, icon, tone } = editLooks[edit.op]
    return (
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
    )
  }
  if (record.changed_at === '') return null
  return (
    <time dateTime={record.changed_at} title={exactly(record)}>
      {tellDistance(record.changed_at, Date.now())}
      {record.changed_by.name ? `, ${record.changed_by.name}` : null}
    </time>
  )
}

function ActionCell({ record, edit, refusal, actions }: Pick<RowProps, 'record' | 'edit' | 'refusal' | 'actions'>) {
  const name = nameOf(record)
  return (
    <Cell className="flex items-start justify-end gap-0.5 p-0.5 lg:opacity-0 lg:group-focus-within/row:opacity-100 lg:group-hover/row:opacity-100 lg:group-focus/row:opacity-100">
      {edit?.op === 'delete' ? null : (
        <RowButton icon="edit" label={`Edit ${name}`} refusal={refusal} onClick={() => actions.edit(record.id)} />
      )}
      {edit ? (
        <RowButton icon="undo" label={`Take back ${name}`} refusal={null} onClick={() => actions.takeBack(record.id)} />
      ) : (
        <RowButton icon="trash" label={`Delete ${name}`} refusal={refusal} onClick={() => actions.remove(record.id)} />
      )}
    </Cell>
  )
}

type RowButtonProps = { icon: IconName; label: string; refusal: string | null; onClick: () => void }

function RowButton({ icon, label, refusal, onClick }: RowButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={refusal ? `${label}: ${refusal}` : label}
      title={refusal ?? label}
      aria-disabled={refusal !== null || undefined}
      onClick={refusal === null ? onClick : undefined}
      className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-surface hover:text-ink aria-disabled:cursor-not-allowed"
    >
      <Icon name={refusal === null ? icon : 'lock'} />
    </button>
  )
}
