import type { Permission } from './permissions.ts'
import type { Realm, ScopeKind } from './scopes.ts'

export const roleSetIds = ['monitoring', 'msp', 'hosting', 'zones', 'domains'] as const
export type RoleSetId = (typeof roleSetIds)[number]

/** A named set of permissions for one kind of scope. */
export interface Role {
  readonly id: string
  readonly name: string
  readonly set: RoleSetId | 'custom'
  readonly scopeKind: ScopeKind
  /** Realms whose accounts may hold it; for others its grants do not count. */
  readonly realms: readonly Realm[]
  readonly permissions: readonly Permission[]
  /** Its grants never count for a request by key, token or TSIG. */
  readonly interfaceOnly?: boolean
  /** A client account may hold it at the organization: for `dashboard.view` and own keys only. */
  readonly clientAtOrganization?: boolean
  /** A building block of another role's matrix, not a role of the picker. */
  readonly block?: boolean
  /** Who holds `grants.manage` through it passes on these roles only. */
  readonly passesOn?: readonly string[]
  /** The role that a custom one was copied from. */
  readonly basedOn?: string
}

/** Roles by id: the built-in ones and an organization's own. */
export type RoleBook = ReadonlyMap<string, Role>
