import type { Realm } from '@zoneward/permissions'
import { sql } from 'kysely'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'

/** What an event says beside who, from where and what kind. */
export type EventFacts = {
  /** Where the operation's own name of the event is too wide. */
  action?: string
  customerId?: string | null
  zoneId?: string | null
  /** Old and new values, names of things, never secrets. */
  facts?: Record<string, unknown>
}

/** `system`: the operator of the instance, or the program by itself. */
export type EventActor = Pick<Actor, 'name'> & {
  subjectId: string | null
  realm: Realm | 'system'
  address: string | null
  key: EventKey | null
  /** The names of the roles held at that moment. */
  role?: string | null
}

type EventKey = { id: string; name: string; kind?: string }

/** Which key, and that it is a guest link where it is one. */
function keyOf({ id, name, kind }: EventKey): EventKey {
  return { id, name, ...(kind === 'guest' ? { kind } : {}) }
}

/**
 * Appends an event to the organization's chain, in the transaction of the change. It takes the lock of the chain's
 * head, so it comes last before commit.
 */
export async function appendEvent(
  tx: Tx,
  actor: EventActor,
  action: string,
  { customerId = null, zoneId = null, facts = {} }: EventFacts,
): Promise<void> {
  const body = JSON.stringify({
    action,
    actor: {
      id: actor.subjectId,
      realm: actor.realm,
      name: actor.name,
      ...(actor.role ? { role: actor.role } : {}),
      ...(actor.key ? { key: keyOf(actor.key) } : {}),
    },
    address: actor.address,
    customer_id: customerId,
    zone_id: zoneId,
    facts,
  })
  await sql`select append_audit(${action}, ${actor.subjectId}, ${actor.realm}, ${customerId}, ${zoneId}, ${body})`.execute(
    tx,
  )
}
