import { z } from 'zod'

// The one file that imports zod itself: jitless, since its probe with new Function breaks a strict content security policy.
z.config({ jitless: true })

export { z }

/** Wire pieces that many schemas share. Times are RFC 3339 in UTC, ids UUIDv7. */
export const id = z.uuid().meta({ description: 'UUIDv7' })
export const time = z.iso.datetime()
export const realm = z.enum(['staff', 'client'])
export const scopeKind = z.enum(['organization', 'customer', 'provider', 'zone', 'hosting'])
export const scope = z.object({ kind: scopeKind, id }).meta({ id: 'Scope' })
export const scopeWithName = z.object({ kind: scopeKind, id, name: z.string() }).meta({ id: 'NamedScope' })
export const password = z.string().min(1).max(1000)
export const email = z.string().min(3).max(254)
export const personName = z.string().trim().min(1).max(200)
export const shortText = z.string().trim().min(1).max(200)
export const comment = z.string().trim().max(2000)

/** A keyset page: pass `next` of one page as `cursor` of the following one. */
export const pageQuery = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
})

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export const nothing = z.null()
