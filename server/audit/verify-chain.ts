import { hashEvent, noHash } from '@zoneward/api/audit-file'
import type { Tx } from '../database/pools.ts'

export type ChainVerdict = { ok: true; events: number } | { ok: false; seq: number; why: string }

const page = 2_000

/** Checks the chain of the transaction's organization where it lies: hashes, numbers, the head, and the columns that lists filter by. */
export async function verifyChain(tx: Tx): Promise<ChainVerdict> {
  let previous = noHash
  let last = 0
  for (;;) {
    const events = await tx
      .selectFrom('audit_event')
      .selectAll()
      .where('seq', '>', String(last))
      .orderBy('seq')
      .limit(page)
      .execute()
    for (const event of events) {
      const seq = Number(event.seq)
      if (seq !== last + 1) return { ok: false, seq: last + 1, why: 'The event is missing.' }
      const hash = hashEvent(previous, { seq, at: event.at, body: event.body })
      if (hash !== event.hash.toString('hex')) return { ok: false, seq, why: 'The hash does not fit.' }
      if (!columnsAgree(event)) return { ok: false, seq, why: 'A column says something else than the event.' }
      previous = hash
      last = seq
    }
    if (events.length < page) break
  }
  const head = await tx.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst()
  if (Number(head?.seq ?? 0) > last) return { ok: false, seq: last + 1, why: 'The event is missing.' }
  if ((head?.hash.toString('hex') ?? noHash) !== previous)
    return { ok: false, seq: last, why: 'The head of the chain does not fit.' }
  return { ok: true, events: last }
}

interface Columns {
  body: string
  action: string
  actor_id: string | null
  actor_realm: string
  customer_id: string | null
  zone_id: string | null
}

// Only the body is in the hash; the columns beside it are for finding it.
function columnsAgree(event: Columns): boolean {
  const body: {
    action?: unknown
    actor?: { id?: unknown; realm?: unknown }
    customer_id?: unknown
    zone_id?: unknown
  } = JSON.parse(event.body)
  const said = [body.action, body.actor?.id ?? null, body.actor?.realm, body.customer_id ?? null, body.zone_id ?? null]
  const found = [event.action, event.actor_id, event.actor_realm, event.customer_id, event.zone_id]
  return said.every((value, index) => value === found[index])
}
