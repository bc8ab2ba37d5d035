import type { Ceilings } from './ceilings.ts'
import type { Permission } from './permissions.ts'
import type { Channel, Resource, Subject } from './scopes.ts'

/** Who asks, how, when, and under which upper bounds. */
export interface Asker {
  readonly subject: Subject
  /** Milliseconds since 1970, by the database's clock. */
  readonly now: number
  readonly channel: Channel
  readonly ceilings?: Ceilings
}

/** May this subject do this with that, now, this way? */
export interface AccessRequest extends Asker {
  readonly permission: Permission
  readonly resource: Resource
}

/** A key is never the browser's session, whatever the channel is said to be. */
export function isApi(asker: Asker): boolean {
  return asker.channel === 'api' || asker.ceilings?.apiKey !== undefined
}
