export { builtInRoles, makeRoleBook } from './built-in-roles.ts'
export type { ApiKeyCeiling, CeilingPart, Ceilings, CustomerCeiling } from './ceilings.ts'
export { exceededCeiling } from './ceilings.ts'
export {
  type Allowed,
  type DecideOptions,
  type Decision,
  decide,
  isAllowed,
  type Reason,
  type Refused,
} from './decide.ts'
export { type GrantIndex, indexGrants } from './grant-index.ts'
export { type Grant, isLive } from './grants.ts'
export type { GrantMiss, Miss } from './nearest-misses.ts'
export {
  isPermission,
  isWrite,
  type Permission,
  type PermissionArea,
  type PermissionEntry,
  permissionEntry,
  permissionIds,
  permissionNumber,
  permissions,
  permissionsMatching,
} from './permissions.ts'
export type { NamePattern, RecordPattern } from './record-patterns.ts'
export { areWithin, covers, intersect, intersectAll, isWithin } from './record-patterns.ts'
export { recordPermission } from './record-permission.ts'
export type { AccessRequest, Asker } from './requests.ts'
export { type BundleName, namedBundles, permissionsOfBundles } from './role-sets/domains.ts'
export { memberBlocks } from './role-sets/msp.ts'
export { newCustomerRoleId, type RoleSet, roleSet, roleSets } from './role-sets.ts'
export type { Role, RoleBook, RoleSetId } from './roles.ts'
export { roleSetIds } from './roles.ts'
export {
  type Channel,
  leafKinds,
  type Realm,
  type RecordRef,
  type Resource,
  type ResourceKind,
  type ResourceRef,
  realms,
  type Scope,
  type ScopeKind,
  type Subject,
  scopeKinds,
} from './scopes.ts'
export type { GrantProposal } from './smallest-grant.ts'
export { type AccessQuestion, type Holder, whoCouldGrant, whoHolds } from './who-holds.ts'
