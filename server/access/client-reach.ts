import { type Permission, permissions } from '@zoneward/permissions'

// These decide over the client accounts of a customer themselves, or look into them: staff's, whatever a ceiling says.
const ofStaff: readonly string[] = ['customers.manage', 'view_as.use']

/** All that can stand in a customer's ceiling. What is about the whole organization is in no client account's reach. */
export const clientReach: readonly Permission[] = permissions
  .filter(({ id, scopeKinds }) => scopeKinds.some((kind) => kind !== 'organization') && !ofStaff.includes(id))
  .map(({ id }) => id)
