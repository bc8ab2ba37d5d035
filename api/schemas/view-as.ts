import { comment, id, realm, time, z } from '../json.ts'

export const newViewAs = z.object({ subject_id: id, reason: comment.default('') })

/** Send `id` with each request, in the header Zoneward-View-As, to be answered as this person would be. */
export const viewAs = z
  .object({
    id,
    name: z.string(),
    realm,
    portal: z.object({ slug: z.string(), title: z.string() }).nullable(),
    ends_at: time,
  })
  .meta({ id: 'ViewAs' })
