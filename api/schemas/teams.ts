import { id, realm, shortText, z } from '../json.ts'
import { grantSummary } from './people.ts'

export const team = z
  .object({
    id,
    name: z.string(),
    realm,
    customer_id: id.nullable(),
    members: z.array(z.object({ id, name: z.string() })),
    grants: z.array(grantSummary),
  })
  .meta({ id: 'Team' })

export const newTeam = z.object({
  name: shortText,
  realm: realm.default('staff'),
  customer_id: id.nullable().default(null),
})

export const teamPatch = z.object({ name: shortText.optional() })
