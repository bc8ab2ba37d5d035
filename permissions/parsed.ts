/** What reading gives: the value, or a sentence that names what is wrong and what would be right. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: string }

export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value }
}

export function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error }
}
