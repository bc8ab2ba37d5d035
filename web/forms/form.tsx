import type { FormEvent, ReactNode } from 'react'
import type { Fault } from '../api/fault.ts'
import { Failure } from '../ui/states.tsx'
import { isToldByFields } from './fault-fields.ts'

type FormProps = {
  id?: string
  onSubmit: (values: Record<string, string>) => void
  fault?: Fault | null
  /** The fields that show their own error; everything else is shown above the button. */
  fields?: string[]
  children: ReactNode
}

/** A form hands its values over as texts, by name. */
export function Form({ id, onSubmit, fault, fields = [], children }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])
    onSubmit(Object.fromEntries(values))
  }
  return (
    <form id={id} onSubmit={submit} className="grid gap-4">
      {children}
      {fault && !isToldByFields(fault, fields) ? <Failure fault={fault} /> : null}
    </form>
  )
}
