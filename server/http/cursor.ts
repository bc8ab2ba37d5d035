import { invalidField } from '../fault.ts'
import { isId } from '../ids.ts'

type Key = readonly (string | number | null)[]

/** The place after the last item of a page, as opaque text. */
export function printCursor(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The key that printCursor was given, checked to have as many strings and numbers as `shape` says. */
export function parseCursor<const Shape extends readonly ('string' | 'number')[]>(
  text: string | undefined,
  shape: Shape,
): { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number } | null {
  if (text === undefined) return null
  const key = parsed(text)
  if (!Array.isArray(key) || key.length !== shape.length || !key.every((part, index) => fits(part, shape, index))) {
    throw invalidField('cursor', 'This cursor was not made by this list: pass `next` of the page before.')
  }
  return key as { [Index in keyof Shape]: Shape[Index] extends 'string' ? string : number }
}

const most = 2 ** 31 - 1

/** What a key can hold: numbers are types, places and sequences, and a text at the end is an id, which makes it unique. */
function fits(part: unknown, shape: readonly string[], index: number): boolean {
  if (typeof part !== shape[index]) return false
  if (typeof part === 'number') return Number.isInteger(part) && part >= 0 && part <= most
  return index < shape.length - 1 || isId(String(part))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** One page out of limit + 1 rows. */
export function pageOfRows<Row, Item>(
  rows: Row[],
  limit: number,
  present: (row: Row) => Item,
  keyOf: (row: Row) => Key,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(present), next: rows.length > limit && last ? printCursor(keyOf(last)) : null }
}
