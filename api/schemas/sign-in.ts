import { email, id, password, personName, realm, scopeWithName, shortText, time, z } from '../json.ts'

export const roleSet = z.enum(['monitoring', 'msp', 'hosting', 'zones', 'domains'])

export const contact = z
  .object({
    name: z.string().max(200).optional(),
    email: z.string().max(254).optional(),
    phone: z.string().max(60).optional(),
    url: z.string().max(500).optional(),
    text: z.string().max(2000).optional(),
  })
  .meta({ id: 'Contact' })

export const setupState = z.object({ open: z.boolean() })

export const setupRequest = z.object({
  token: z.string().max(200),
  name: personName,
  email,
  password,
  organization: z.object({ name: shortText, role_set: roleSet.default('msp') }),
})

export const portalInfo = z
  .object({ slug: z.string(), title: z.string(), organization: z.string(), contact })
  .meta({ id: 'Portal' })

export const sessionRequest = z.object({
  realm,
  /** Of a client account: the last part of its address /portal/<slug>. Staff have none. */
  portal: z.string().max(60).nullable().optional(),
  email,
  password,
})

export const me = z
  .object({
    realm,
    user: z.object({ id, name: z.string(), email: z.string(), operator: z.boolean() }),
    organization: z.object({ id, name: z.string(), slug: z.string(), role_set: roleSet, contact }).nullable(),
    portal: z.object({ slug: z.string(), title: z.string() }).nullable(),
    customer: z.object({ id, name: z.string() }).nullable(),
    session: z.object({ kind: z.enum(['session', 'api_key']), expires_at: time.nullable() }),
    /** What this caller holds anywhere: permission → the kinds of scope it is held at. Menus are built from it. */
    permissions: z.record(z.string(), z.array(z.string())),
    grants: z.array(
      z.object({ role_id: z.string(), role: z.string(), scope: scopeWithName, via: z.string().nullable() }),
    ),
    /** Off: the interface shows no trace of teams. */
    team_features: z.boolean(),
    /** Of this session; null: the personal team. */
    current_team_id: id.nullable(),
    /** One's own teams, the personal one first. */
    teams: z.array(z.object({ id, name: z.string(), personal: z.boolean() })),
    /** Those that this account is a member of. Client accounts are at home in one. */
    organizations: z.array(z.object({ id, name: z.string() })),
    /** Somebody looks at the product as this user, reading only: the names of both. */
    view_as: z.object({ id, viewer: z.string(), subject: z.string(), ends_at: time }).nullable(),
  })
  .meta({ id: 'Me' })

/** `current_team_id`: one of one's own teams; null, or one's own id, for the personal one. */
export const mePatch = z.object({ team_features: z.boolean().optional(), current_team_id: id.nullable().optional() })

export const passwordChange = z.object({ current: password, password })

export const invitationToken = z.object({ token: z.string().max(200) })

export const invitationPreview = z
  .object({
    realm,
    organization: z.string(),
    portal: z.object({ slug: z.string(), title: z.string() }).nullable(),
    email: z.string(),
    state: z.enum(['pending', 'accepted', 'expired', 'revoked']),
    /** An account with this address exists: accept with its password. */
    account_exists: z.boolean(),
    access: z.array(z.object({ role: z.string(), scope: z.string(), sentence: z.string() })),
    expires_at: time,
  })
  .meta({ id: 'InvitationPreview' })

export const acceptance = z.object({ token: z.string().max(200), name: personName.optional(), password })
