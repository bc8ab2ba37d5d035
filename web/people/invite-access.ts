import type { BodyOf } from '@zoneward/api/types'
import type { Role } from '../access/place.ts'

type GrantWish = NonNullable<BodyOf<'invitations.create'>['grants']>[number]
export type Named = { id: string; name: string }
export type ZoneLevel = Named & { level: 'read' | 'write' }

/** What somebody is invited to: a role, the places it holds on, and single zones. */
export type InviteAccess = { role: Role | null; places: Named[]; zones: ZoneLevel[] }

const zoneRole = { read: 'zones.read_only', write: 'zones.read_write' } as const
const zoneWords = { read: 'Read only', write: 'Read & write' } as const

/** The grants as the API wants them; a role on the whole organization carries no place of its own. */
export function grantsOf({ role, places, zones }: InviteAccess, organization: Named): GrantWish[] {
  const single = zones.map(({ id, level }) => ({ role_id: zoneRole[level], scope: { kind: 'zone' as const, id } }))
  if (!role) return single
  if (role.scope_kind === 'organization') {
    return [{ role_id: role.id, scope: { kind: 'organization', id: organization.id } }, ...single]
  }
  const kind = role.scope_kind as 'customer' | 'provider' | 'zone'
  return [...places.map(({ id }) => ({ role_id: role.id, scope: { kind, id } })), ...single]
}

/** The exact resulting access, in sentences, before anything is sent. */
export function tellAccess({ role, places, zones }: InviteAccess, organization: Named): string[] {
  const where = role?.scope_kind === 'organization' ? [organization] : places
  const byRole = role ? where.map(({ name }) => `${role.name} on ${name}`) : []
  return [...byRole, ...zones.map(({ name, level }) => `${zoneWords[level]} on the zone ${name}`)]
}

/** Why it cannot be sent yet; null when it can. */
export function missingIn({ role, places, zones }: InviteAccess, email: string): string | null {
  if (!/^[^@\s]+@[^@\s]+$/.test(email.trim())) return 'Write the e-mail address first.'
  if (!role && zones.length === 0) return 'Choose a role first.'
  if (role && role.scope_kind !== 'organization' && places.length === 0)
    return `Choose at least one ${role.scope_kind} first.`
  return null
}
