// What can happen to an organization. A step names things by number, so that it always finds one.

import type { Grant } from '../grants.ts'
import type { Permission } from '../permissions.ts'
import type { RecordPattern } from '../record-patterns.ts'
import type { Role } from '../roles.ts'
import { organization, type Scene, scopesOf, teams } from './scene.ts'

export interface GivenTerms {
  readonly patterns?: readonly RecordPattern[]
  readonly startsIn?: number
  readonly lasts?: number
  readonly reviewRequired?: boolean
}

interface ToSomebody {
  readonly to: number
  readonly role: number
  readonly at: number
}

export type Step =
  | ({ readonly kind: 'grant'; readonly terms: GivenTerms } & ToSomebody)
  | { readonly kind: 'change'; readonly grant: number; readonly role: number; readonly terms: GivenTerms }
  | { readonly kind: 'revoke'; readonly grant: number }
  | { readonly kind: 'confirm or revoke'; readonly at: number; readonly kept: number }
  | { readonly kind: 'approve'; readonly wish: Omit<Grant, 'id'>; readonly lasts: number }
  | { readonly kind: 'move'; readonly zone: number; readonly customer: number; readonly provider: number }
  | { readonly kind: 'rename'; readonly zone: number }
  | { readonly kind: 'new zone' | 'new hosting'; readonly customer: number }
  | { readonly kind: 'new customer'; readonly team: number }
  | { readonly kind: 'join' | 'leave'; readonly person: number; readonly team: number }
  | { readonly kind: 'new role'; readonly copied: number; readonly permissions: readonly Permission[] }
  | { readonly kind: 'edit role'; readonly role: number; readonly permissions: readonly Permission[] }
  | { readonly kind: 'ceiling'; readonly customer: number; readonly permissions: readonly Permission[] }
  | { readonly kind: 'delete'; readonly what: 'person' | 'zone' | 'customer' | 'role'; readonly which: number }
  | { readonly kind: 'wait'; readonly time: number }

export function nth<Each>(list: readonly Each[], number: number): Each | undefined {
  return list[number % Math.max(1, list.length)]
}

/** The grant that a step makes, or what it makes of another; undefined for steps that make none. */
export function grantOf(scene: Scene, step: Step): Grant | undefined {
  const id = `g${scene.made}`
  if (step.kind === 'approve') return { ...step.wish, id, endsAt: scene.now + step.lasts }
  if (step.kind === 'grant') {
    const subjectId = nth([...scene.people.map((person) => person.id), ...teams], step.to)
    const roleId = nth(scene.roles, step.role)?.id
    const scope = nth(scopesOf(scene), step.at) ?? organization
    if (subjectId === undefined || roleId === undefined) return undefined
    return { id, subjectId, roleId, scope, ...timed(scene, step.terms) }
  }
  if (step.kind !== 'change') return undefined
  const before = nth(scene.grants, step.grant)
  if (before === undefined) return undefined
  const { subjectId, scope } = before
  return { id, subjectId, scope, roleId: nth(scene.roles, step.role)?.id ?? before.roleId, ...timed(scene, step.terms) }
}

function timed({ now }: Scene, { patterns, startsIn, lasts, reviewRequired }: GivenTerms): Partial<Grant> {
  const starts = now + (startsIn ?? 0)
  return {
    ...(patterns === undefined ? {} : { patterns }),
    ...(startsIn === undefined ? {} : { startsAt: starts }),
    ...(lasts === undefined ? {} : { endsAt: starts + lasts }),
    ...(reviewRequired === undefined ? {} : { reviewRequired }),
  }
}

/** The organization after the step. */
export function takeStep(scene: Scene, step: Step): Scene {
  const next = { ...scene, made: scene.made + 1 }
  switch (step.kind) {
    case 'wait':
      return { ...next, now: scene.now + step.time }
    case 'grant':
    case 'approve':
    case 'change':
    case 'revoke':
    case 'confirm or revoke':
      return { ...next, grants: grantsAfter(scene, step) }
    case 'new role':
    case 'edit role':
      return { ...next, roles: rolesAfter(scene, step) }
    case 'ceiling':
      return { ...next, ceilings: ceilingsAfter(scene, step) }
    case 'join':
    case 'leave':
      return { ...next, people: peopleAfter(scene, step) }
    case 'delete':
      return { ...next, ...withoutThing(scene, step) }
    default:
      return { ...next, ...placesAfter(scene, step) }
  }
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>

function grantsAfter(
  scene: Scene,
  step: Of<'grant' | 'approve' | 'change' | 'revoke' | 'confirm or revoke'>,
): readonly Grant[] {
  if (step.kind === 'confirm or revoke') {
    const scope = nth(scopesOf(scene), step.at)
    const here = (grant: Grant) => grant.scope.kind === scope?.kind && grant.scope.id === scope.id
    return scene.grants.filter((grant, place) => !here(grant) || ((step.kept >> (place % 8)) & 1) === 1)
  }
  const dropped = step.kind === 'change' || step.kind === 'revoke' ? nth(scene.grants, step.grant)?.id : undefined
  const kept = dropped === undefined ? scene.grants : scene.grants.filter((grant) => grant.id !== dropped)
  const added = grantOf(scene, step)
  return added === undefined ? kept : [...kept, added]
}

export function editedRole(scene: Scene, step: Of<'edit role'>): Role | undefined {
  const role = nth(scene.roles, step.role)
  return role === undefined ? undefined : { ...role, permissions: step.permissions }
}

function rolesAfter(scene: Scene, step: Of<'new role' | 'edit role'>): readonly Role[] {
  if (step.kind === 'edit role') {
    const edited = editedRole(scene, step)
    return scene.roles.map((role) => (role.id === edited?.id ? edited : role))
  }
  const original = nth(scene.roles, step.copied)
  if (original === undefined) return scene.roles
  return [...scene.roles, { ...original, id: `r${scene.made}`, basedOn: original.id, permissions: step.permissions }]
}

function ceilingsAfter(scene: Scene, { customer, permissions }: Of<'ceiling'>): Scene['ceilings'] {
  const customerId = nth(scene.customers, customer)
  if (customerId === undefined) return scene.ceilings
  const others = scene.ceilings.filter((ceiling) => ceiling.customerId !== customerId)
  return [...others, { customerId, permissions, roleIds: ['write', 'admin'] }]
}

function peopleAfter(scene: Scene, { kind, person, team }: Of<'join' | 'leave'>): Scene['people'] {
  const who = nth(scene.people, person)
  const teamId = nth(teams, team) ?? 't'
  return scene.people.map((each) => {
    if (each.id !== who?.id) return each
    const others = each.teamIds.filter((id) => id !== teamId)
    return { ...each, teamIds: kind === 'join' ? [...others, teamId] : others }
  })
}

function placesAfter(
  scene: Scene,
  step: Of<'move' | 'rename' | 'new zone' | 'new hosting' | 'new customer'>,
): Partial<Scene> {
  const id = `n${scene.made}`
  if (step.kind === 'new customer') {
    const scope = { kind: 'customer', id } as const
    const grant: Grant = { id: `g${scene.made}`, subjectId: nth(teams, step.team) ?? 't', roleId: 'admin', scope }
    return { customers: [...scene.customers, id], grants: [...scene.grants, grant] }
  }
  if (step.kind === 'move' || step.kind === 'rename') {
    const moved = nth(scene.zones, step.zone)
    const place =
      step.kind === 'rename'
        ? { name: `renamed-${scene.made}.example` }
        : {
            customerId: nth([...scene.customers, null], step.customer) ?? null,
            providerId: step.provider % 2 === 0 ? 'x' : null,
          }
    return { zones: scene.zones.map((zone) => (zone.id === moved?.id ? { ...zone, ...place } : zone)) }
  }
  const customerId = nth(scene.customers, step.customer)
  if (step.kind === 'new zone') {
    const zone = { id, name: `${id}.example`, customerId: customerId ?? null, providerId: 'x' }
    return { zones: [...scene.zones, zone] }
  }
  return customerId === undefined ? {} : { hostings: [...scene.hostings, { id, customerId }] }
}

function withoutThing(scene: Scene, { what, which }: Of<'delete'>): Partial<Scene> {
  if (what === 'person') {
    const gone = nth(scene.people, which)?.id
    const people = scene.people.filter(({ id }) => id !== gone)
    return { people, grants: scene.grants.filter((grant) => grant.subjectId !== gone) }
  }
  if (what === 'role') {
    // Grants of it stay: they have to count for nothing.
    const gone = nth(scene.roles, which)?.id
    return { roles: scene.roles.filter(({ id }) => id !== gone) }
  }
  if (what === 'zone') {
    const gone = nth(scene.zones, which)?.id
    const zones = scene.zones.filter(({ id }) => id !== gone)
    return { zones, grants: scene.grants.filter(({ scope }) => scope.kind !== 'zone' || scope.id !== gone) }
  }
  const gone = nth(scene.customers, which)
  return {
    customers: scene.customers.filter((id) => id !== gone),
    hostings: scene.hostings.filter(({ customerId }) => customerId !== gone),
    ceilings: scene.ceilings.filter(({ customerId }) => customerId !== gone),
    zones: scene.zones.map((zone) => (zone.customerId === gone ? { ...zone, customerId: null } : zone)),
    grants: scene.grants.filter(({ scope }) => scope.kind !== 'customer' || scope.id !== gone),
  }
}
