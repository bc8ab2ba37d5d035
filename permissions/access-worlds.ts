import { type CustomerCeiling, customerWithholds } from './ceilings.ts'
import type { GrantIndex } from './grant-index.ts'
import type { Permission } from './permissions.ts'
import type { Resource, Subject } from './scopes.ts'

/** Who may hold what, at one moment: for questions about many people at once. */
export interface AccessWorld {
  readonly index: GrantIndex
  /** By id, with the teams that they are in. Who is missing holds nothing. */
  readonly people: ReadonlyMap<string, Subject>
  /** Ceilings of customers; they bind client accounts. */
  readonly customers: readonly CustomerCeiling[]
  /** Milliseconds since 1970, by the database's clock. */
  readonly now: number
}

/** Whether the ceiling of a customer above the resource keeps the permission from somebody, now and later. */
export function isWithheld(world: AccessWorld, subject: Subject, permission: Permission, resource: Resource): boolean {
  if (subject.realm !== 'client') return false
  return resource.ancestors.some(({ kind, id }) => kind === 'customer' && customerWithholds(world, id, permission))
}
