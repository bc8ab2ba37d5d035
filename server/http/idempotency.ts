import { createHash } from 'node:crypto'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField } from '../fault.ts'
import { open, type Secret, seal } from '../secrets.ts'
import type { Actor } from './actor.ts'

type Call = {
  id: string
  actor: Actor
  params: unknown
  body: unknown
  headers: Headers
  status: number
  context: { secret: Secret }
}

/** The answer that was given to the first request with this key, or null where there is none. */
export async function rememberedAnswer(tx: Tx, call: Call): Promise<{ status: number; body: unknown } | null> {
  const key = keyOf(call)
  if (key === null) return null
  const row = await tx
    .selectFrom('idempotent_answer')
    .selectAll()
    .where('org_id', '=', call.actor.orgId)
    .where('actor_id', '=', call.actor.key?.id ?? call.actor.subjectId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!row) return null
  if (!row.request_hash.equals(hashOf(call))) {
    throw new Fault('conflict', 'This Idempotency-Key was used for another request: take a new one for each.')
  }
  const plain = open(call.context.secret, bindingOf(call, key), row.body)
  if (plain === null) throw new Fault('conflict', 'This request was carried out, but its answer can no longer be read.')
  return { status: row.status, body: JSON.parse(plain.toString('utf8')) }
}

/** Keeps the answer in the transaction of the change: two requests with one key, at the same time, cannot both commit. */
export async function rememberAnswer(tx: Tx, call: Call, result: unknown): Promise<void> {
  const key = keyOf(call)
  // Nothing is remembered in an organization that is gone.
  if (key === null || call.id === 'organization.delete') return
  await tx
    .insertInto('idempotent_answer')
    .values({
      org_id: call.actor.orgId,
      actor_id: call.actor.key?.id ?? call.actor.subjectId,
      key,
      request_hash: hashOf(call),
      status: call.status,
      body: seal(call.context.secret, bindingOf(call, key), JSON.stringify(result ?? null)),
    })
    .execute()
}

function keyOf(call: Call): string | null {
  const key = call.headers.get('idempotency-key')
  if (key === null) return null
  if (key.length === 0 || key.length > 200)
    throw invalidField('Idempotency-Key', 'An Idempotency-Key has 1 to 200 characters.')
  return key
}

function bindingOf(call: Call, key: string) {
  return { orgId: call.actor.orgId, thing: 'idempotent_answer', field: key, version: 1 }
}

function hashOf(call: Call): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([call.id, call.params, call.body]))
    .digest()
}
