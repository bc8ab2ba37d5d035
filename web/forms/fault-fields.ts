import type { Fault } from '../api/fault.ts'

/** What the server says about one field of a form: `fieldError(fault, 'email')`. */
export function fieldError(fault: Fault | null | undefined, path: string): string | undefined {
  return fault?.fields.find((field) => field.path === path || field.path.startsWith(`${path}.`))?.message
}

/** Is everything that was wrong told beside its field already? */
export function isToldByFields(fault: Fault, paths: string[]): boolean {
  return (
    fault.fields.length > 0 &&
    fault.fields.every(({ path }) => paths.some((own) => path === own || path.startsWith(`${own}.`)))
  )
}
