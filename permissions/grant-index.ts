import type { Grant } from './grants.ts'
import { permissionIds, permissionNumber } from './permissions.ts'
import type { Role, RoleBook } from './roles.ts'
import type { Realm } from './scopes.ts'

/** Permissions as bits: word n holds the permissions with the numbers from 32 n on. */
export type Bits = readonly number[]

export interface IndexedGrant {
  readonly grant: Grant
  /** Undefined where the book has no such role: the grant then counts for nothing. */
  readonly role: Role | undefined
  /** What it counts for, by the realm of whoever holds it. */
  readonly staff: Bits
  readonly client: Bits
  readonly starts: number
  readonly ends: number
}

interface SubjectGrants {
  readonly all: readonly IndexedGrant[]
  readonly byScopeId: ReadonlyMap<string, readonly IndexedGrant[]>
  /** Those that open the API. */
  readonly apiUse: readonly IndexedGrant[]
}

/** Grants ready to be asked. Immutable: a change of grants or roles wants a new one. */
export interface GrantIndex {
  readonly roles: RoleBook
  readonly bySubject: ReadonlyMap<string, SubjectGrants>
  /** Built when first asked for. */
  readonly byScopeId: () => ReadonlyMap<string, readonly IndexedGrant[]>
}

const words = Math.ceil(permissionIds.length / 32)
const none: Bits = new Array<number>(words).fill(0)
const everything = bitsOf(permissionIds)

// A grant with a record pattern counts for these and for nothing else.
const narrowable = bitsOf(permissionIds.filter((id) => isNarrowable(id)))

// All that a client account can have at the organization, where its role may be held there.
const clientAtOrganization = bitsOf(['dashboard.view', 'api.use', 'api_keys.create'])
const apiUseNumber = permissionNumber.get('api.use') ?? -1

/**
 * @param roles built-in and own roles; grants of others count for nothing
 * @example indexGrants([grant], makeRoleBook())
 */
export function indexGrants(grants: Iterable<Grant>, roles: RoleBook): GrantIndex {
  const bitsOfRole = new Map<string, Bits>()
  const bySubject = new Map<string, MutableSubjectGrants>()
  const entries: IndexedGrant[] = []
  for (const grant of grants) {
    const entry = indexGrant(grant, roles.get(grant.roleId), bitsOfRole)
    entries.push(entry)
    let held = bySubject.get(grant.subjectId)
    if (held === undefined) {
      held = { all: [], byScopeId: new Map(), apiUse: [] }
      bySubject.set(grant.subjectId, held)
    }
    held.all.push(entry)
    pushTo(held.byScopeId, grant.scope.id, entry)
    if (entry.role?.interfaceOnly !== true && opensApi(entry)) held.apiUse.push(entry)
  }
  let byScopeId: Map<string, IndexedGrant[]> | undefined
  return {
    roles,
    bySubject,
    byScopeId: () => {
      byScopeId ??= groupByScope(entries)
      return byScopeId
    },
  }
}

/** Whether these bits have the permission of that number. */
export function hasBit(bits: Bits, number: number): boolean {
  return ((bits[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0
}

/** What the grant counts for when somebody of this realm holds it. */
export function bitsFor(entry: IndexedGrant, realm: Realm): Bits {
  return realm === 'staff' ? entry.staff : entry.client
}

/** Whether a grant with a record pattern counts for the permission at all. */
export function isNarrowable(id: string): boolean {
  return id.startsWith('records.') || id.startsWith('changes.') || id === 'zones.view'
}

interface MutableSubjectGrants {
  all: IndexedGrant[]
  byScopeId: Map<string, IndexedGrant[]>
  apiUse: IndexedGrant[]
}

function indexGrant(grant: Grant, role: Role | undefined, bitsOfRole: Map<string, Bits>): IndexedGrant {
  let bits = bitsOfRole.get(grant.roleId)
  if (bits === undefined) {
    bits = role === undefined ? none : bitsOf(role.permissions)
    bitsOfRole.set(grant.roleId, bits)
  }
  const shown = grant.patterns === undefined ? bits : both(bits, narrowable)
  return {
    grant,
    role,
    staff: role?.realms.includes('staff') ? shown : none,
    client: role?.realms.includes('client') ? both(shown, clientBound(grant, role)) : none,
    starts: grant.startsAt ?? Number.NEGATIVE_INFINITY,
    ends: grant.endsAt ?? Number.POSITIVE_INFINITY,
  }
}

function clientBound(grant: Grant, role: Role): Bits {
  if (grant.scope.kind !== 'organization') return everything
  return role.clientAtOrganization === true ? clientAtOrganization : none
}

function opensApi(entry: IndexedGrant): boolean {
  return hasBit(entry.staff, apiUseNumber) || hasBit(entry.client, apiUseNumber)
}

function bitsOf(ids: readonly string[]): Bits {
  const bits = new Array<number>(words).fill(0)
  for (const id of ids) {
    const number = permissionNumber.get(id)
    if (number !== undefined) bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31))
  }
  return bits
}

function both(left: Bits, right: Bits): Bits {
  if (right === everything) return left
  return left.map((word, place) => word & (right[place] ?? 0))
}

function groupByScope(entries: readonly IndexedGrant[]): Map<string, IndexedGrant[]> {
  const groups = new Map<string, IndexedGrant[]>()
  for (const entry of entries) pushTo(groups, entry.grant.scope.id, entry)
  return groups
}

function pushTo(groups: Map<string, IndexedGrant[]>, key: string, entry: IndexedGrant): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [entry])
  else group.push(entry)
}
