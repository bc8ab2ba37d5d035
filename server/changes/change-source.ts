import type { ChangeSource } from '../database/schema-zones.ts'
import type { Actor } from '../http/actor.ts'

/** The door that a change came through, as the history shows it. */
export function sourceOf(actor: Pick<Actor, 'kind' | 'realm' | 'userAgent'>): ChangeSource {
  if (actor.kind === 'api_key') return actor.userAgent.startsWith('zoneward') ? 'cli' : 'api'
  return actor.realm === 'client' ? 'portal' : 'console'
}
