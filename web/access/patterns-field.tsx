import { useId } from 'react'
import { Check, TextArea } from '../ui/field.tsx'
import { commonTypes, tellPatternsInWords } from '../words/pattern-sentences.ts'
import { readPatterns, tellPatterns } from '../words/patterns.ts'

type PatternsFieldProps = {
  /** What is written; empty: every record. */
  value: string
  onChange: (text: string) => void
  /** A name to begin with, such as the zone's. */
  example: string
  error?: string | undefined
}

/** Chooses records by name and type, and says in words what is covered while it is being written. */
export function PatternsField({ value, onChange, example, error }: PatternsFieldProps) {
  const legend = useId()
  const narrowed = value !== ''
  const lines = tellPatternsInWords(readPatterns(value))
  return (
    <fieldset aria-labelledby={legend} className="grid gap-1">
      <span id={legend} className="font-medium">
        On which records
      </span>
      <Check radio label="Every record" checked={!narrowed} onChange={() => onChange('')} />
      <Check
        radio
        label="Only some"
        hint="For a certificate’s challenge, a department’s own names, or one type of record."
        checked={narrowed}
        onChange={() => onChange(`**.${example} (TXT)`)}
      />
      {narrowed ? (
        <div className="ml-6.5 grid gap-2">
          <TextArea
            label="Names, then types in brackets"
            mono
            rows={3}
            value={value}
            onChange={(event) => onChange(event.target.value === '' ? ' ' : event.target.value)}
            hint="One a line: www.example.com · **.example.com with all below it · +.example.com only what is below · _acme-challenge.** wherever it stands first."
            error={error}
          />
          <TypeButtons value={value} onChange={onChange} />
          <ul aria-live="polite" aria-label="What this covers" className="grid gap-0.5">
            {lines.length === 0 ? <li className="text-warn">Write a name, or choose “Every record”.</li> : null}
            {lines.map(({ text, wrong }, index) => (
              <li key={`${text} ${String(index)}`} className={wrong ? 'text-bad' : 'text-muted'}>
                {text}
                {wrong ? '' : '.'}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </fieldset>
  )
}

/** Types as buttons: they are switched on and off on every line, since most patterns are about one purpose. */
function TypeButtons({ value, onChange }: Pick<PatternsFieldProps, 'value' | 'onChange'>) {
  const patterns = readPatterns(value)
  const has = (type: string) => patterns.length > 0 && patterns.every(({ types }) => types?.includes(type))
  const toggle = (type: string) => {
    const on = has(type)
    const next = patterns.map(({ names, types = [] }) => {
      const rest = types.filter((each) => each !== type)
      return { names, types: on ? rest : [...rest, type] }
    })
    onChange(next.map((pattern) => tellPatterns([pattern])).join('\n'))
  }
  return (
    <fieldset aria-label="Types" className="flex flex-wrap gap-1">
      {commonTypes.map((type) => (
        <button
          key={type}
          type="button"
          aria-pressed={has(type)}
          onClick={() => toggle(type)}
          className={`rounded border px-2 py-0.5 font-mono text-sm ${has(type) ? 'border-accent bg-accent-soft text-accent' : 'border-line bg-surface hover:bg-hover'}`}
        >
          {type}
        </button>
      ))}
    </fieldset>
  )
}
