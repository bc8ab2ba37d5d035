import type { CustomerCeiling } from './ceilings.ts'
import { checkGrant } from './check-grant.ts'
import { decide, type Reason } from './decide.ts'
import { reasonsForSomeRecord } from './effective-permissions.ts'
import { type GrantIndex, type IndexedGrant, isNarrowable } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { firstAbove } from './is-above.ts'
import type { Permission } from './permissions.ts'
import { areWithin } from './record-patterns.ts'
import type { AccessRequest, Asker } from './requests.ts'
import type { Role } from './roles.ts'
import type { Resource, Subject } from './scopes.ts'

export interface GrantChange {
  /** Who grants or revokes, with the ceilings of the session or key, and those of customers. */
  readonly granter: Asker
  readonly grant: Omit<Grant, 'id'>
  /** The grant's scope, with its ancestors. */
  readonly at: Resource
  /** Who gets or loses it: a user, or everybody in the team. */
  readonly targets: readonly Subject[]
}

export type GrantRefusal =
  | 'invalid'
  | 'no_grants_manage'
  | 'permission_not_held'
  | 'pattern_not_held'
  | 'end_beyond_own'
  | 'review_required'
  | 'interface_only'
  | 'role_not_passed_on'
  | 'role_not_handed_out'
  | 'above_oneself'

export type MayGrant =
  | {
      readonly ok: true /** What a customer's ceiling keeps from the target. */
      readonly clipped: readonly Permission[]
    }
  | {
      readonly ok: false
      readonly refusal: GrantRefusal
      /** A sentence for people. */
      readonly message: string
      /** The permission that is missing, where one is. */
      readonly permission?: Permission
    }

/**
 * Nobody grants what they do not hold there: `grants.manage` first, then permissions, patterns, time and review of the
 * new grant are each within the granter's; the roles that it may pass on; and nobody above oneself is touched.
 * @example mayGrant(index, { granter, grant, at, targets: [bakeryViewer] }).ok
 */
export function mayGrant(index: GrantIndex, change: GrantChange): MayGrant {
  const role = index.roles.get(change.grant.roleId)
  if (role === undefined) return refuse('invalid', `There is no role "${change.grant.roleId}"`)
  const fault = checkGrant(change.grant, index.roles, change.targets)
  if (fault !== null) return refuse('invalid', fault.message)
  if (change.grant.subjectId === change.granter.subject.id) return refuse('invalid', 'Nobody grants to oneself')
  return mayGive(index, change, role)
}

/** Whether somebody may give what this role gives, to those who are meant, whether or not it is given already. */
export function mayGive(index: GrantIndex, change: GrantChange, role: Role): MayGrant {
  const bound = checkManaging(index, change, role) ?? checkAbove(index, change) ?? checkKeyEnd(change)
  if (bound !== null) return bound
  const clipped = clippedPermissions(change, role)
  const wanted = role.permissions.filter((permission) => counts(change, permission) && !clipped.includes(permission))
  for (const permission of wanted) {
    const refusal = checkPermission(index, change, { role, permission })
    if (refusal !== null) return refusal
  }
  return { ok: true, clipped }
}

/**
 * Whether somebody may take a grant away, or change it into something less: `grants.manage` there, over nobody above.
 * @example mayRevoke(index, { granter, grant, at, targets: [agencyOwner] }).ok // false; an owner is above an admin
 */
export function mayRevoke(index: GrantIndex, change: GrantChange): MayGrant {
  const role = index.roles.get(change.grant.roleId)
  const managing = checkManaging(index, change, role)
  return managing ?? checkAbove(index, change) ?? { ok: true, clipped: [] }
}

function checkManaging(index: GrantIndex, change: GrantChange, role: Role | undefined): MayGrant | null {
  const decision = decide(index, requestOf(change, 'grants.manage'))
  if (!decision.allowed) {
    return refuse('no_grants_manage', 'Giving or taking access here needs "grants.manage"', 'grants.manage')
  }
  const passes = decision.reasons.some(({ role: by }) => by.passesOn?.includes(change.grant.roleId) !== false)
  const name = role?.name ?? change.grant.roleId
  if (!passes) return refuse('role_not_passed_on', `A ${nameOf(decision.reasons)} cannot pass on the role "${name}"`)
  if (change.granter.subject.realm === 'staff') return null
  const outside = customersOf(change).some((ceiling) => !ceiling.roleIds.includes(change.grant.roleId))
  return outside ? refuse('role_not_handed_out', `The role "${name}" is handed out by your provider only`) : null
}

function checkAbove(index: GrantIndex, change: GrantChange): MayGrant | null {
  const { subject: me, now, ...granter } = change.granter
  const customers = granter.ceilings?.customers
  for (const other of change.targets) {
    const comparison = { other, me, at: change.at, now, ...(customers === undefined ? {} : { customers }) }
    const permission = firstAbove(index, comparison)
    if (permission !== null) return refuse('above_oneself', `They hold "${permission}" here and you do not`, permission)
  }
  return null
}

// What a key gives does not outlive it. A key for some records gives nothing: grants.manage is for whole places.
function checkKeyEnd({ granter, grant }: GrantChange): MayGrant | null {
  const ends = granter.ceilings?.apiKey?.endsAt
  if (ends === undefined || (grant.endsAt ?? Number.POSITIVE_INFINITY) <= ends) return null
  return refuse('end_beyond_own', `This key ends at ${new Date(ends).toISOString()}: end the grant then or before`)
}

// A ceiling clips what client accounts get; if any of the targets is staff, the whole role is given.
function clippedPermissions(change: GrantChange, role: Role): Permission[] {
  const clients = change.targets.length > 0 && change.targets.every((target) => target.realm === 'client')
  if (!clients) return []
  return role.permissions.filter((permission) =>
    customersOf(change).some((ceiling) => !ceiling.permissions.includes(permission)),
  )
}

interface Wanted {
  readonly role: Role
  readonly permission: Permission
}

function checkPermission(index: GrantIndex, change: GrantChange, wanted: Wanted): MayGrant | null {
  const { permission } = wanted
  const own = reasonsForSomeRecord(index, requestOf(change, permission))
  if (own.length === 0) return refuse('permission_not_held', `You do not hold "${permission}" here`, permission)
  let refusal: MayGrant | null = null
  for (const { entry } of own) {
    refusal = checkAgainst(change.grant, entry, wanted)
    if (refusal === null) break
  }
  return refusal
}

function checkAgainst(
  grant: GrantChange['grant'],
  { grant: own, role: by }: IndexedGrant,
  { role, permission }: Wanted,
): MayGrant | null {
  const inPattern =
    own.patterns === undefined || (grant.patterns !== undefined && areWithin(grant.patterns, own.patterns))
  if (!inPattern) return refuse('pattern_not_held', `You hold "${permission}" for some records only`, permission)
  const mine = own.endsAt ?? Number.POSITIVE_INFINITY
  if ((grant.endsAt ?? Number.POSITIVE_INFINITY) > mine) {
    const end = new Date(mine).toISOString()
    return refuse('end_beyond_own', `You hold "${permission}" until ${end}: end the grant then or before`, permission)
  }
  if (by?.interfaceOnly === true && role.interfaceOnly !== true) {
    const message = `You hold "${permission}" for the interface only: give a role that is for the interface only too`
    return refuse('interface_only', message, permission)
  }
  if (own.reviewRequired === true && grant.reviewRequired !== true) {
    return refuse(
      'review_required',
      `You hold "${permission}" with review: require review in the grant too`,
      permission,
    )
  }
  return null
}

// A grant with a pattern gives what can be narrowed, and nothing else of its role.
function counts({ grant }: GrantChange, permission: Permission): boolean {
  return grant.patterns === undefined || isNarrowable(permission)
}

function requestOf({ granter, at }: GrantChange, permission: Permission): AccessRequest {
  const { record: _, ...resource } = at
  return { ...granter, permission, resource }
}

function customersOf({ granter, at }: GrantChange): CustomerCeiling[] {
  const ids = at.ancestors.filter(({ kind }) => kind === 'customer').map(({ id }) => id)
  return (granter.ceilings?.customers ?? []).filter((ceiling) => ids.includes(ceiling.customerId))
}

function nameOf(reasons: readonly Reason[]): string {
  return reasons[0]?.role.name ?? 'role like yours'
}

function refuse(refusal: GrantRefusal, message: string, permission?: Permission): MayGrant {
  return { ok: false, refusal, message, ...(permission === undefined ? {} : { permission }) }
}
