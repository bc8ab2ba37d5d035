import type { BodyOf } from '@zoneward/api/types'
import type { Role } from '../access/place.ts'
import { type Kind, type Matrix, wishesOf } from './member-matrix.ts'

type GrantWish = NonNullable<BodyOf<'invitations.create'>['grants']>[number]
export type Named = { id: string; name: string }
export type ZoneLevel = Named & { level: 'read' | 'write' }

/** What somebody is invited to: a role, the places it holds on, and single zones. */
export type InviteAccess = {
  role: Role | null
  places: Named[]
  zones: ZoneLevel[]
  /** A Member's customers, with their names. */
  customers: { matrix: Matrix; names: ReadonlyMap<string, string> }
}

export const noAccess: InviteAccess = {
  role: null,
  places: [],
  zones: [],
  customers: { matrix: new Map(), names: new Map() },
}

const zoneRole = { read: 'zones.read_only', write: 'zones.read_write' } as const
const kindWords: Record<Kind, string> = { dns: 'DNS', domains: 'domains', websites: 'websites', dmarc: 'DMARC' }
const zoneWords = { read: 'Read only', write: 'Read & write' } as const

/** The grants as the API wants them; a role on the whole organization carries no place of its own. */
export function grantsOf({ role, places, zones, customers }: InviteAccess, organization: Named): GrantWish[] {
  const single = [
    ...wishesOf(customers.matrix).map(({ role_id, customer_id }) => ({
      role_id,
      scope: { kind: 'customer' as const, id: customer_id },
    })),
    ...zones.map(({ id, level }) => ({ role_id: zoneRole[level], scope: { kind: 'zone' as const, id } })),
  ]
  if (!role) return single
  if (role.scope_kind === 'organization') {
    return [{ role_id: role.id, scope: { kind: 'organization', id: organization.id } }, ...single]
  }
  const kind = role.scope_kind as 'customer' | 'provider' | 'zone'
  return [...places.map(({ id }) => ({ role_id: role.id, scope: { kind, id } })), ...single]
}

/** The exact resulting access, in sentences, before anything is sent. */
export function tellAccess({ role, places, zones, customers }: InviteAccess, organization: Named): string[] {
  const where = role?.scope_kind === 'organization' ? [organization] : places
  const byRole = role ? where.map(({ name }) => `${role.name} on ${name}`) : []
  const byCustomer = [...customers.matrix].flatMap(([cell, level]) => {
    const [id = '', kind] = cell.split(' ')
    return level === 'none'
      ? []
      : [`${zoneWords[level]} on the ${kindWords[kind as Kind]} of ${customers.names.get(id) ?? 'a customer'}`]
  })
  return [...byRole, ...byCustomer, ...zones.map(({ name, level }) => `${zoneWords[level]} on the zone ${name}`)]
}

/** Why it cannot be sent yet; null when it can. */
export function missingIn({ role, places, zones }: InviteAccess, email: string): string | null {
  if (!/^[^@\s]+@[^@\s]+$/.test(email.trim())) return 'Write the e-mail address first.'
  if (!role && zones.length === 0) return 'Choose a role first.'
  if (role && role.scope_kind !== 'organization' && places.length === 0)
    return `Choose at least one ${role.scope_kind} first.`
  return null
}
