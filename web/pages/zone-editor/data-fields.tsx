import { parseName } from '@zoneward/dns'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { type Draft, type DraftErrors, fieldLabel, fieldsOf, meantTarget } from './draft.ts'
import { bare } from './record.ts'

type DataFieldsProps = {
  draft: Draft
  apex: string
  errors: DraftErrors
  onChange: (draft: Draft) => void
  onEnter: () => void
}

/** The data of a record: a field for each part of its type, or the whole as a zone file has it. */
export function DataFields({ draft, apex, errors, onChange, onEnter }: DataFieldsProps) {
  if (draft.asRaw) {
    return (
      <LongField
        label="Data"
        hint="As a zone file has it. Names without a final dot are completed with the zone."
        value={draft.raw}
        error={errors.data}
        onValue={(raw) => onChange({ ...draft, raw })}
        onEnter={onEnter}
      />
    )
  }
  const fields = fieldsOf(draft.type)
  const set = (index: number, value: string) =>
    onChange({ ...draft, fields: fields.map((_, at) => (at === index ? value : (draft.fields[at] ?? ''))) })
  return (
    <div
      className={fields.length > 1 ? 'grid gap-3 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]' : ''}
    >
      {fields.map(({ name, kind, help }, index) => {
        const value = draft.fields[index] ?? ''
        const common = {
          label: fieldLabel(name),
          hint: help,
          error: errors.fields[index] ?? (index === 0 ? errors.data : undefined),
        }
        if (kind === 'strings') {
          return (
            <LongField key={name} {...common} value={value} onValue={(next) => set(index, next)} onEnter={onEnter} />
          )
        }
        return (
          <div key={name} className="grid content-start gap-1">
            <TextField
              {...common}
              mono
              value={value}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set(index, event.target.value)}
            />
            {kind === 'name' ? <Meaning value={value} apex={apex} onValue={(next) => set(index, next)} /> : null}
          </div>
        )
      })}
    </div>
  )
}

type LongFieldProps = {
  label: string
  hint: string
  value: string
  error: string | undefined
  onValue: (value: string) => void
  onEnter: () => void
}

/** Room for long data. Enter stages, since no record holds a line break. */
function LongField({ label, hint, value, error, onValue, onEnter }: LongFieldProps) {
  return (
    <TextArea
      label={label}
      hint={hint}
      error={error}
      mono
      rows={Math.min(10, Math.max(2, Math.ceil(value.length / 90)))}
      spellCheck={false}
      autoComplete="off"
      value={value}
      onChange={(event) => onValue(event.target.value.replace(/\r?\n/g, ''))}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        onEnter()
      }}
    />
  )
}

/** What a name without its final dot stands for, and a way out where the whole name was meant. */
function Meaning({ value, apex, onValue }: { value: string; apex: string; onValue: (value: string) => void }) {
  const written = value.trim()
  if (written === '' || written.endsWith('.')) return null
  const name = meantTarget(written, apex)
  if (name === undefined) return null
  const whole = parseName(`${written}.`)
  const perhapsWhole = written.includes('.') && 'name' in whole && name !== whole.name
  return (
    <div className={`flex flex-wrap items-center gap-2 text-sm ${perhapsWhole ? 'text-warn' : 'text-muted'}`}>
      <span className="min-w-0 break-all">
        {perhapsWhole ? `This means ${bare(name)}, inside this zone.` : `This means ${bare(name)}.`}
      </span>
      {perhapsWhole ? <Button onClick={() => onValue(`${written}.`)}>{`I mean ${written}`}</Button> : null}
    </div>
  )
}
