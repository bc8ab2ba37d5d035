export type { AccessWorld } from './access-worlds.ts'
export type { Assertion, AssertionSubjects } from './assertions.ts'
export { builtInRoles, makeRoleBook } from './built-in-roles.ts'
export type { ApiKeyCeiling, CeilingPart, Ceilings, CustomerCeiling } from './ceilings.ts'
export { exceededCeiling } from './ceilings.ts'
export { type AssertionFault, checkAssertion } from './check-assertion.ts'
export { checkGrant, exclusiveConflict, type GrantFault, type GrantSetting, readGrantFaults } from './check-grant.ts'
export { checkRole, type RoleFault } from './check-role.ts'
export { type AccessDifference, type ComparedPair, compareAccess, type Holding } from './compare-access.ts'
export {
  type Allowed,
  type DecideOptions,
  type Decision,
  decide,
  isAllowed,
  type Reason,
  type Refused,
} from './decide.ts'
export { effectivePatterns, effectivePermissions, isCovered } from './effective-permissions.ts'
export { type Breach, findBreaches } from './find-breaches.ts'
export { mayUseApi } from './find-reasons.ts'
export { type GrantIndex, indexGrants } from './grant-index.ts'
export { type Grant, isLive } from './grants.ts'
export { type Comparison, firstAbove, isAbove } from './is-above.ts'
export { type AccessState, heldWithoutEnd, lastHolderLost } from './last-holder.ts'
export { type Level, type LevelSource, levelOf, type ZoneLevel } from './level-of.ts'
export { type MayChangeRole, mayChangeRole, type RoleChange, type RoleHolder } from './may-change-role.ts'
export { type GrantChange, type GrantRefusal, type MayGrant, mayGrant, mayRevoke } from './may-grant.ts'
export type { GrantMiss, Miss } from './nearest-misses.ts'
export type { Parsed } from './parsed.ts'
export { readRecordPattern } from './pattern-json.ts'
export { parseRecordPattern, printRecordPattern } from './pattern-text.ts'
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
export { printPermissionTable, printRoleTable } from './print-role-table.ts'
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
export { setOfRole } from './set-of-role.ts'
export type { GrantProposal } from './smallest-grant.ts'
export { holdsAnywhere, type VisibleScope, type VisibleScopes, visibleScopes } from './visible-scopes.ts'
export { type AccessQuestion, type Holder, whoCouldGrant, whoHolds } from './who-holds.ts'
export { makeWorkload, type Workload } from './workload.ts'
