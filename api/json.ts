import { z } from 'zod'
import { sayIssue } from './plain-errors.ts'

// The one file that imports zod itself: jitless, since its probe with new Function breaks a strict content security policy.
z.config({ jitless: true, customError: sayIssue })

export { z }

/**
 * Wire pieces that many schemas share. Times are RFC 3339 in UTC, ids UUIDv7: read in any case, kept and compared in
 * lower case (RFC 9562, section 4).
 */
export const id = z.uuid().toLowerCase().meta({ description: 'UUIDv7' })
export const time = z.iso.datetime()
export const realm = z.enum(['staff', 'client'])
export const scopeKind = z.enum(['organization', 'customer', 'provider', 'zone', 'hosting'])
export const scope = z.object({ kind: scopeKind, id }).meta({ id: 'Scope' })
export const scopeWithName = z.object({ kind: scopeKind, id, name: z.string() }).meta({ id: 'NamedScope' })
export const password = z.string().min(1).max(1000)
export const email = z.string().min(3).max(254)
export const oneLine = z
  .string()
  .trim()
  .refine((text) => findUnseen(text) === undefined, {
    error: ({ input }) => {
      const code = findUnseen(String(input)) ?? 0
      const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
      return `It is one line of plain text, and has a character that cannot be seen (${name}): leave that out.`
    },
  })
export const personName = oneLine.min(1).max(200)
export const shortText = oneLine.min(1).max(200)
export const comment = z.string().trim().max(2000)

// Control characters, and those that turn the direction of writing, so that a name is read as another one (UTS 55).
const unseen: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
]

function findUnseen(text: string): number | undefined {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  return codes.find((code) => unseen.some(([first, last]) => first <= code && code <= last))
}

/** A keyset page: pass `next` of one page as `cursor` of the following one. */
export const pageQuery = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export const nothing = z.null()
