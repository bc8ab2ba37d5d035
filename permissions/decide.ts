import { type CeilingPart, exceededCeiling } from './ceilings.ts'
import { type FoundReason, findReasons, mayUseApi } from './find-reasons.ts'
import type { GrantIndex } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { type Miss, nearestMisses } from './nearest-misses.ts'
import { isWrite, type Permission } from './permissions.ts'
import { type AccessRequest, isApi } from './requests.ts'
import type { Role, RoleSetId } from './roles.ts'
import type { Resource, Scope, Subject } from './scopes.ts'
import { type GrantProposal, smallestGrant } from './smallest-grant.ts'
import { whoCouldGrant } from './who-holds.ts'

/** A grant that carries the request, and the way it reaches whoever asks. */
export interface Reason {
  readonly grant: Grant
  readonly role: Role
  /** The team that holds the grant; null where the one who asks holds it. */
  readonly teamId: string | null
  /** The scope through which the resource is reached. */
  readonly scope: Scope
}

export interface Allowed {
  readonly allowed: true
  readonly permission: Permission
  readonly reasons: readonly Reason[]
  /**
   * Patterns narrow it: of the zone only name and serial, or only some records, may be seen. `effectivePatterns` tells
   * which; nothing that hands out the whole zone may take this for an allowance.
   */
  readonly partial: boolean
  /** Every reason wants a review: what is written becomes a proposal. Of writes only. */
  readonly reviewRequired: boolean
}

export interface Refused {
  readonly allowed: false
  /** The permission that is missing. */
  readonly permission: Permission
  readonly resource: Resource
  /** The first ceiling that does not contain the request, if one does not. */
  readonly ceiling: CeilingPart | null
  /** What came close, nearest first. */
  readonly misses: readonly Miss[]
  /** With it, the same request is allowed. Null where no grant helps, as under a ceiling. */
  readonly smallestGrant: GrantProposal | null
  /** Users who hold `grants.manage` and the permission there. Empty if nobody was given to choose from. */
  readonly whoCouldGrant: readonly string[]
}

export type Decision = Allowed | Refused

export interface DecideOptions {
  /** The set whose roles are proposed first. */
  readonly set?: RoleSetId
  /** All grants of the organization and all its people, to name who could help. */
  readonly everyone?: { readonly index: GrantIndex; readonly people: Iterable<Subject> }
}

/**
 * The decision alone. Allocates nothing: every request comes through here.
 * @example isAllowed(index, { subject, permission: 'zones.view', resource, now, channel: 'interface' })
 */
export function isAllowed(index: GrantIndex, request: AccessRequest): boolean {
  if (exceededCeiling(request) !== null) return false
  return findReasons(index, request, null) && (!isApi(request) || mayUseApi(index, request))
}

/**
 * The decision, with what it rests on or what it lacks. Decides as `isAllowed` does, by the same code.
 * @example decide(index, request).allowed
 */
export function decide(index: GrantIndex, request: AccessRequest, options: DecideOptions = {}): Decision {
  if (!isAllowed(index, request)) return refuse(index, request, options)
  const found: FoundReason[] = []
  findReasons(index, request, found)
  // Without a record patterns leave these two, of a zone's name or of some records.
  const ofMany = request.permission === 'zones.view' || request.resource.record === undefined
  const keyNarrows = request.ceilings?.apiKey?.patterns !== undefined
  return {
    allowed: true,
    permission: request.permission,
    reasons: found.flatMap((each) => reasonOf(each, request.subject) ?? []),
    partial: ofMany && (keyNarrows || found.every(({ entry }) => entry.grant.patterns !== undefined)),
    reviewRequired: isWrite(request.permission) && found.every(({ entry }) => entry.grant.reviewRequired === true),
  }
}

function reasonOf({ entry, holderId }: FoundReason, subject: Subject): Reason | null {
  if (entry.role === undefined) return null
  const { grant, role } = entry
  return { grant, role, teamId: holderId === subject.id ? null : holderId, scope: grant.scope }
}

function refuse(index: GrantIndex, request: AccessRequest, options: DecideOptions): Refused {
  const { everyone } = options
  return {
    allowed: false,
    permission: request.permission,
    resource: request.resource,
    ceiling: exceededCeiling(request),
    misses: nearestMisses(index, request),
    smallestGrant: smallestGrant(index, request, options.set),
    whoCouldGrant: everyone === undefined ? [] : whoCouldGrant(everyone.index, everyone.people, request),
  }
}
