import { invalidField } from '../fault.ts'
import { isId } from '../ids.ts'

// A cursor is text that anybody can make up: what goes on to the database is what the list could have put into it.

export function cursorId(part: string): string {
  if (isId(part)) return part
  throw notOurs()
}

export function cursorNumber(part: number): number {
  if (Number.isSafeInteger(part)) return part
  throw notOurs()
}

function notOurs() {
  return invalidField('cursor', 'This cursor was not made by this list: pass `next` of the page before.')
}
