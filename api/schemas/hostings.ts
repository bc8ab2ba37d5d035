import { id, oneLine, pageQuery, shortText, time, z } from '../json.ts'

const place = oneLine.max(200).meta({ description: 'Where it is, in words: a server, a data centre.' })

export const hosting = z
  .object({
    id,
    name: z.string(),
    place: z.string(),
    customer: z.object({ id, name: z.string() }),
    created_at: time,
    can: z.record(z.string(), z.boolean()),
  })
  .meta({ id: 'Hosting' })

export const hostingQuery = pageQuery.extend({ customer_id: id.optional(), q: z.string().max(200).optional() })
export const newHosting = z.object({ customer_id: id, name: shortText, place: place.default('') })
export const hostingPatch = z.object({ name: shortText.optional(), place: place.optional() })
