import { email, id, shortText, time, z } from '../json.ts'
import { roleSet } from './sign-in.ts'

/** How this instance is set up, and how much is in it. */
export const instance = z
  .object({
    version: z.string(),
    database: z.object({ version: z.string(), embedded: z.boolean() }),
    public_url: z.string(),
    dns_port: z.int(),
    trusted_proxies: z.array(z.string()),
    /** False: no mail server is set, so links are shown instead of sent. */
    mail: z.object({ sends: z.boolean() }),
    counts: z.object({
      organizations: z.int(),
      zones: z.int(),
      records: z.int(),
      accounts: z.int(),
      client_users: z.int(),
    }),
  })
  .meta({ id: 'Instance' })

export const operatedOrganization = z
  .object({
    id,
    name: z.string(),
    slug: z.string(),
    role_set: roleSet,
    members: z.int(),
    client_users: z.int(),
    customers: z.int(),
    zones: z.int(),
    created_at: time,
  })
  .meta({ id: 'OperatedOrganization' })

export const newOrganization = z.object({ name: shortText, role_set: roleSet.default('msp'), owner_email: email })
/** `link`: of the invitation, where it is shown because no mail server is set. */
export const createdOrganization = operatedOrganization.extend({
  invitation: z.object({ email: z.string(), expires_at: time, link: z.string().nullable() }),
})
/** The organization's name, so that no slip of the hand deletes one. */
export const organizationDeletion = z.object({ name: z.string().max(200).default('') })
