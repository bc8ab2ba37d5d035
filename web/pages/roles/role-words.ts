import type { AnswerOf } from '@zoneward/api/types'

export type RoleDetail = AnswerOf<'roles.read'>

const kinds: Record<string, string> = {
  organization: 'the organization',
  customer: 'a customer',
  provider: 'a provider',
  zone: 'a zone',
  hosting: 'a hosting',
}

export function kindName(kind: string): string {
  return kinds[kind] ?? kind
}

/** To whom a role can be given: "staff", "clients", "staff and clients". */
export function tellRealms(realms: readonly string[]): string {
  return realms.map((realm) => (realm === 'staff' ? 'staff' : 'clients')).join(' and ')
}

type Uses = Pick<RoleDetail, 'grants' | 'invitations' | 'ceilings' | 'requests'>

/** Where a role is used, in words; null where it is used nowhere, or the reader is not told. */
export function tellUses({ grants, invitations, ceilings, requests }: Uses): string | null {
  const parts = [
    part(grants, 'grant'),
    part(invitations, 'open invitation'),
    part(ceilings, 'customer whose admin may hand it out', 'customers whose admins may hand it out'),
    part(requests, 'open request'),
  ].filter((text) => text !== null)
  if (parts.length === 0) return null
  const last = parts.pop() ?? ''
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}

function part(many: number | null, one: string, more = `${one}s`): string | null {
  if (many === null || many === 0) return null
  return `${many.toLocaleString('en')} ${many === 1 ? one : more}`
}
