import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'

const box =
  'w-full rounded-md border border-edge bg-surface px-3 py-1.5 text-ink aria-invalid:border-bad disabled:bg-hover disabled:text-muted'

type Frame = { label: string; hint?: ReactNode; error?: string | undefined; className?: string }

/** Label above, a line of help below, and the error where the eyes are. */
function Framed(props: Frame & { id: string; children: ReactNode }) {
  const { id, label, hint, error, className = '', children } = props
  return (
    <div className={`grid gap-1 ${className}`}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error}
        </p>
      ) : null}
    </div>
  )
}

function described(id: string, { hint, error }: Frame) {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return { id, 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined }
}

type TextFieldProps = Frame & Omit<InputHTMLAttributes<HTMLInputElement>, 'className'> & { mono?: boolean }

export function TextField({ label, hint, error, className, mono, ...input }: TextFieldProps) {
  const id = useId()
  const frame: Frame = { label, hint, ...(error ? { error } : {}), ...(className ? { className } : {}) }
  return (
    <Framed {...frame} id={id}>
      <input {...input} {...described(id, frame)} className={`${box} min-h-9 ${mono ? 'font-mono' : ''}`} />
    </Framed>
  )
}

type SelectFieldProps = Frame & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'>

export function SelectField({ label, hint, error, className, children, ...select }: SelectFieldProps) {
  const id = useId()
  const frame: Frame = { label, hint, ...(error ? { error } : {}), ...(className ? { className } : {}) }
  return (
    <Framed {...frame} id={id}>
      <select {...select} {...described(id, frame)} className={`${box} min-h-9`}>
        {children}
      </select>
    </Framed>
  )
}

type TextAreaProps = Frame & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className'> & { mono?: boolean }

export function TextArea({ label, hint, error, className, mono, ...area }: TextAreaProps) {
  const id = useId()
  const frame: Frame = { label, hint, ...(error ? { error } : {}), ...(className ? { className } : {}) }
  return (
    <Framed {...frame} id={id}>
      <textarea rows={4} {...area} {...described(id, frame)} className={`${box} ${mono ? 'font-mono' : ''}`} />
    </Framed>
  )
}

type CheckProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: ReactNode
  hint?: ReactNode
  radio?: boolean
}

export function Check({ label, hint, radio = false, ...input }: CheckProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 py-1">
      <input
        {...input}
        id={id}
        type={radio ? 'radio' : 'checkbox'}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** A small select in a row of filters; its label is read, not shown. */
export function FilterSelect({
  label,
  children,
  ...select
}: SelectHTMLAttributes<HTMLSelectElement> & { label: string }) {
  return (
    <select
      aria-label={label}
      {...select}
      className="min-h-9 max-w-full rounded-md border border-line bg-surface px-2.5 py-1.5 text-ink"
    >
      {children}
    </select>
  )
}
