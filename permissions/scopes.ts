// Where access is given, to whom, and what it is asked for.

export const scopeKinds = ['organization', 'customer', 'provider', 'zone', 'hosting'] as const
/** A kind of node where roles can be granted. */
export type ScopeKind = (typeof scopeKinds)[number]

/** What hangs below scopes without being one. */
export const leafKinds = ['domain', 'website', 'mailbox', 'check', 'certificate', 'report'] as const
export type ResourceKind = ScopeKind | (typeof leafKinds)[number]

/** A node where a role is granted. Ids are compared byte for byte. */
export interface Scope {
  readonly kind: ScopeKind
  readonly id: string
}

export interface ResourceRef {
  readonly kind: ResourceKind
  readonly id: string
}

/** A record as the access model sees it: labels unescaped and case-folded, without the root; type in capitals. */
export interface RecordRef {
  readonly labels: readonly string[]
  readonly type: string
}

/** What is asked for. `ancestors` are all scopes it hangs below, itself first; the order of the rest is free. */
export interface Resource extends ResourceRef {
  readonly ancestors: readonly ResourceRef[]
  readonly record?: RecordRef
}

export const realms = ['staff', 'client'] as const
export type Realm = (typeof realms)[number]

/** Who asks: a user, and the teams it is in at this moment (its personal team among them). */
export interface Subject {
  readonly id: string
  readonly realm: Realm
  readonly teamIds: readonly string[]
}

/** `api` is any request by key, bearer token or TSIG; `interface` is the browser's session. */
export type Channel = 'interface' | 'api'
