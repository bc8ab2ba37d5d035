import { typedTypes, typeName } from '@zoneward/dns'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Check, SelectField, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icons.tsx'
import { adviseOn, indexZone } from './check-draft.ts'
import { DataFields } from './data-fields.tsx'
import { type Draft, type DraftErrors, draftOf, fieldsOf, newDraft, readDraft, withType } from './draft.ts'
import { bare, readOwner, type Values, type ZoneRecord } from './record.ts'
import { sentence } from './sentence.ts'
import type { Staged } from './staging.ts'
import { tellDuration } from './tell-difference.ts'
import { typeWords, usualTypes } from './type-words.ts'

type RecordFormProps = {
  apex: string
  /** The record as it stands with what is staged; null for a new one. */
  start: { id: string; values: Values } | null
  rows: readonly ZoneRecord[]
  staged: Staged
  refusalFor: (record: { owner: string; type: string }) => string | null
  onStage: (values: Values) => void
  onCancel: () => void
}

const noErrors: DraftErrors = { fields: {} }
const offered = offeredTypes()

/** Writes one record; what is wrong is said at once, and nothing leaves the page. */
export function RecordForm({ apex, start, rows, staged, refusalFor, onStage, onCancel }: RecordFormProps) {
  const [draft, setDraft] = useState<Draft>(() => (start ? draftOf(start.values) : newDraft()))
  const [told, setTold] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus({ preventScroll: true })
    form.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const index = useMemo(() => indexZone(apex, rows, staged), [apex, rows, staged])
  const read = useMemo(() => readDraft(draft, apex), [draft, apex])
  const values = 'values' in read ? read.values : null
  const advice = useMemo(
    () => (values ? adviseOn(index, start?.id ?? null, values) : { errors: [], hints: [] }),
    [values, index, start],
  )
  const refusal = values ? refusalFor(values) : null
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTold(true)
    if (values && advice.errors.length === 0 && refusal === null) onStage(values)
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  const found = 'errors' in read ? read.errors : noErrors
  const errors = told ? found : onlyFilled(draft, found)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
      className="grid scroll-mt-16 scroll-mb-28 gap-3 p-3 sm:p-4"
    >
      <Head draft={draft} apex={apex} errors={errors} onChange={setDraft} />
      <DataFields draft={draft} apex={apex} errors={errors} onChange={setDraft} onEnter={submit} />
      {fieldsOf(draft.type).length > 0 ? (
        <Check
          label="Write the data as a zone file has it"
          checked={draft.asRaw}
          onChange={(event) => setDraft(toRaw(draft, event.target.checked, values))}
        />
      ) : null}
      <Notes errors={refusal ? [...advice.errors, refusal] : advice.errors} hints={advice.hints} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" kind="primary" onClick={() => undefined}>
          Stage
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
        <span className="text-sm text-muted">Nothing is written until you review the changes.</span>
      </div>
    </form>
  )
}

type HeadProps = { draft: Draft; apex: string; errors: DraftErrors; onChange: (draft: Draft) => void }

function Head({ draft, apex, errors, onChange }: HeadProps) {
  const listed = offered.includes(draft.type)
  const read = readOwner(draft.owner, apex)
  const seconds = /^\d+$/.test(draft.ttl.trim()) ? Number(draft.ttl) : null
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,1fr)]">
      <TextField
        label="Name"
        mono
        autoComplete="off"
        spellCheck={false}
        value={draft.owner}
        hint={draft.owner.trim() !== '' && 'name' in read ? `In full: ${bare(read.name)}` : '@ is the zone itself.'}
        error={errors.owner}
        onChange={(event) => onChange({ ...draft, owner: event.target.value })}
      />
      <div className="grid content-start gap-2">
        <SelectField
          label="Type"
          value={listed ? draft.type : ''}
          hint={typeWords[draft.type]}
          onChange={(event) => onChange(withType(draft, event.target.value))}
        >
          <TypeOptions />
        </SelectField>
        {listed ? null : (
          <TextField
            label="Type name or number"
            mono
            placeholder="TYPE65280"
            value={draft.type}
            error={errors.type}
            onChange={(event) => onChange({ ...draft, type: event.target.value.toUpperCase(), asRaw: true })}
          />
        )}
      </div>
      <TextField
        label="TTL"
        autoComplete="off"
        value={draft.ttl}
        hint={seconds === null ? 'Seconds, or such as 1h.' : tellDuration(seconds)}
        error={errors.ttl}
        onChange={(event) => onChange({ ...draft, ttl: event.target.value })}
      />
    </div>
  )
}

function TypeOptions() {
  return (
    <>
      <optgroup label="Usual">
        {usualTypes.map((type) => (
          <option key={type}>{type}</option>
        ))}
      </optgroup>
      <optgroup label="All">
        {offered
          .filter((type) => !usualTypes.includes(type))
          .map((type) => (
            <option key={type}>{type}</option>
          ))}
        <option value="">Another, by name or number</option>
      </optgroup>
    </>
  )
}

function Notes({ errors, hints }: { errors: readonly string[]; hints: readonly string[] }) {
  return (
    <div role="status">
      <ul className={errors.length + hints.length > 0 ? 'grid gap-1' : 'hidden'}>
        {errors.map((text) => (
          <li key={text} className="flex gap-2 text-bad">
            <Icon name="alert" className="mt-0.5 size-4" />{' '}
            <span className="min-w-0 break-words">{sentence(text)}</span>
          </li>
        ))}
        {hints.map((text) => (
          <li key={text} className="flex gap-2 text-warn">
            <Icon name="info" className="mt-0.5 size-4" /> <span className="min-w-0 break-words">{sentence(text)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Only what was filled in is wrong before somebody asks to stage; empty fields may still be on their way. */
function onlyFilled(draft: Draft, errors: DraftErrors): DraftErrors {
  return {
    ...(draft.owner.trim() !== '' && errors.owner ? { owner: errors.owner } : {}),
    ...(draft.type !== '' && errors.type ? { type: errors.type } : {}),
    ...(errors.ttl ? { ttl: errors.ttl } : {}),
    ...(draft.asRaw && draft.raw.trim() !== '' && errors.data ? { data: errors.data } : {}),
    fields: Object.fromEntries(
      Object.entries(errors.fields).filter(([index]) => (draft.fields[Number(index)] ?? '').trim() !== ''),
    ),
  }
}

function toRaw(draft: Draft, asRaw: boolean, values: Values | null): Draft {
  if (asRaw) return { ...draft, asRaw, raw: values?.data ?? draft.fields.join(' ') }
  return values ? { ...draftOf(values), owner: draft.owner, ttl: draft.ttl } : { ...draft, asRaw }
}

function offeredTypes(): string[] {
  const others = typedTypes()
    .map(typeName)
    .filter((type) => !usualTypes.includes(type))
  return [...usualTypes, ...others.sort()]
}
