// An organization that lives: plain lists that a sequence of steps changes. Nothing here judges anything.

import type { CustomerCeiling } from '../ceilings.ts'
import type { Grant } from '../grants.ts'
import type { Role } from '../roles.ts'
import type { Resource, ResourceRef, Scope, Subject } from '../scopes.ts'
import { somePermissions } from './random-worlds.ts'

export interface PlacedZone {
  readonly id: string
  readonly name: string
  readonly customerId: string | null
  readonly providerId: string | null
}

export interface Scene {
  readonly people: readonly Subject[]
  readonly roles: readonly Role[]
  readonly grants: readonly Grant[]
  readonly ceilings: readonly CustomerCeiling[]
  readonly customers: readonly string[]
  readonly zones: readonly PlacedZone[]
  readonly hostings: readonly { readonly id: string; readonly customerId: string }[]
  readonly now: number
  /** How many things were made, for ids. */
  readonly made: number
}

export const organization: Scope = { kind: 'organization', id: 'o' }
export const teams: readonly string[] = ['t', 'T']
const providers: readonly string[] = ['x']

const topRole: Role = {
  id: 'top',
  name: 'top',
  set: 'custom',
  scopeKind: 'organization',
  realms: ['staff'],
  permissions: somePermissions,
}

const zoneRole: Role = {
  ...topRole,
  id: 'write',
  name: 'write',
  scopeKind: 'zone',
  realms: ['staff', 'client'],
  permissions: ['zones.view', 'records.view', 'records.write'],
}

const customerRole: Role = {
  ...zoneRole,
  id: 'admin',
  name: 'admin',
  scopeKind: 'customer',
  permissions: somePermissions.filter((permission) => permission !== 'roles.manage'),
}

/** Ids that differ in case only, or are shared by kinds of scope, so that a comparison that overlooks it is found. */
export const firstScene: Scene = {
  people: [
    { id: 'u', realm: 'staff', teamIds: [] },
    { id: 'U', realm: 'staff', teamIds: ['t'] },
    { id: 'v', realm: 'client', teamIds: [] },
    { id: 'V', realm: 'client', teamIds: ['T'] },
  ],
  roles: [topRole, zoneRole, customerRole],
  grants: [
    { id: 'g0', subjectId: 'u', roleId: 'top', scope: organization },
    { id: 'g1', subjectId: 'v', roleId: 'admin', scope: { kind: 'customer', id: 'x' } },
    { id: 'g2', subjectId: 't', roleId: 'write', scope: { kind: 'zone', id: 'x' } },
  ],
  ceilings: [
    { customerId: 'x', permissions: somePermissions.filter((id) => id !== 'zones.delete'), roleIds: ['write'] },
  ],
  customers: ['x', 'y'],
  zones: [
    { id: 'z', name: 'z.example', customerId: 'x', providerId: 'x' },
    { id: 'Z', name: 'Z.example', customerId: 'y', providerId: 'x' },
    { id: 'x', name: 'x.example', customerId: 'y', providerId: null },
  ],
  hostings: [{ id: 'x', customerId: 'x' }],
  now: 10,
  made: 3,
}

export function scopesOf({ customers, zones, hostings }: Scene): Scope[] {
  return [
    organization,
    ...customers.map((id): Scope => ({ kind: 'customer', id })),
    ...providers.map((id): Scope => ({ kind: 'provider', id })),
    ...zones.map(({ id }): Scope => ({ kind: 'zone', id })),
    ...hostings.map(({ id }): Scope => ({ kind: 'hosting', id })),
  ]
}

/** Everything that can be asked for, with what it hangs below. */
export function resourcesOf(scene: Scene): Resource[] {
  const website: Resource[] = scene.hostings.map(({ id }) => ({
    kind: 'website',
    id,
    ancestors: [{ kind: 'website', id }, ...above(scene, { kind: 'hosting', id })],
  }))
  return [...scopesOf(scene).map((scope) => resourceOf(scene, scope)), ...website]
}

export function resourceOf(scene: Scene, scope: Scope): Resource {
  return { ...scope, ancestors: above(scene, scope) }
}

function above(scene: Scene, { kind, id }: Scope): ResourceRef[] {
  if (kind === 'organization') return [organization]
  const own: ResourceRef = { kind, id }
  const zone = kind === 'zone' ? scene.zones.find((each) => each.id === id) : undefined
  const hosting = kind === 'hosting' ? scene.hostings.find((each) => each.id === id) : undefined
  const customerId = zone?.customerId ?? hosting?.customerId ?? null
  const providerId = zone?.providerId ?? null
  return [
    own,
    ...(providerId === null ? [] : [{ kind: 'provider', id: providerId } as const]),
    ...(customerId === null ? [] : [{ kind: 'customer', id: customerId } as const]),
    organization,
  ]
}

/** Whom a grant to this subject reaches. */
export function targetsOf(scene: Scene, subjectId: string): Subject[] {
  return scene.people.filter(({ id, teamIds }) => id === subjectId || teamIds.includes(subjectId))
}
