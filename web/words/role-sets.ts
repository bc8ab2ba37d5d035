import type { AnswerOf } from '@zoneward/api/types'

export type RoleSetId = NonNullable<AnswerOf<'me.read'>['organization']>['role_set']

/** The role sets in the order they are offered, in words. */
export const roleSets: { id: RoleSetId; name: string; sentence: string }[] = [
  {
    id: 'msp',
    name: 'Agency with client portals',
    sentence: 'Owner, Admin and Member for you; Client Admin, Developer and Viewer for your clients.',
  },
  {
    id: 'monitoring',
    name: 'Clients that watch',
    sentence: 'Administrator and Member for you; a Client sees the providers you choose and changes nothing.',
  },
  {
    id: 'hosting',
    name: 'Hosting company',
    sentence: 'Roles on each customer, passed on by the customer’s own admins.',
  },
  {
    id: 'zones',
    name: 'Access by zone',
    sentence: 'Admins and users; each user gets no access, read only, or read & write on each zone.',
  },
  { id: 'domains', name: 'Domain team', sentence: 'Admin, Developer and User of one team.' },
]

export function nameOfRoleSet(id: string): string {
  return roleSets.find((set) => set.id === id)?.name ?? id
}
