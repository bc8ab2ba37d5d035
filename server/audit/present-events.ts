import type { ItemOf } from '@zoneward/api'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { nameScopes } from '../organization/name-scopes.ts'
import { eventSentence } from './event-sentences.ts'
import type { EventRow } from './store.ts'

type Shown = ItemOf<'audit_events.list'>
type Body = {
  actor?: { name?: string; role?: string; key?: { name: string; kind?: string } }
  address?: string
  facts?: Record<string, unknown>
}

function byKey({ kind, name }: { kind?: string; name: string }): string {
  if (kind === 'guest') return ` (by the guest link${name === '' ? '' : ` ${name}`})`
  return ` (by the key ${name})`
}

/** Events as they are shown: a sentence, and names of what is still there. */
export async function presentEvents(tx: Tx, { orgId }: Actor, rows: EventRow[]): Promise<Shown[]> {
  const scopes = rows.flatMap((row) => [
    ...(row.customer_id ? [{ kind: 'customer' as const, id: row.customer_id }] : []),
    ...(row.zone_id ? [{ kind: 'zone' as const, id: row.zone_id }] : []),
  ])
  const nameOf = await nameScopes(tx, orgId, scopes)
  return rows.map((row) => {
    const body = JSON.parse(row.body) as Body
    const { facts = {} } = body
    const name = body.actor?.name || 'The system'
    const key = body.actor?.key ? byKey(body.actor.key) : ''
    const named = (kind: 'customer' | 'zone', id: string | null, fallback: unknown) => {
      if (id === null) return null
      const kept = typeof fallback === 'string' ? fallback : ''
      return { id, name: nameOf({ kind, id }).name || kept }
    }
    const zone = named('zone', row.zone_id, facts['zone'] ?? facts['name'])
    const customer = named('customer', row.customer_id, facts['customer'] ?? facts['name'])
    return {
      seq: Number(row.seq),
      at: row.at,
      action: row.action,
      sentence: eventSentence(`${name}${key}`, row.action, {
        zone: zone?.name || null,
        customer: customer?.name || null,
        facts,
      }),
      actor: {
        id: row.actor_id,
        name,
        realm: row.actor_realm,
        role: body.actor?.role ?? null,
        key: body.actor?.key?.name ?? null,
      },
      customer,
      zone,
      address: body.address ?? null,
      facts,
    }
  })
}
