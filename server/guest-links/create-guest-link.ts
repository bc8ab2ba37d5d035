import type { AnswerOf, ParsedBody } from '@zoneward/api'
import { effectivePatterns, mayUseApi, type Resource } from '@zoneward/permissions'
import { askerOf, requestOf } from '../access/authorize.ts'
import { findResources } from '../access/find-resource.ts'
import { heldAccess } from '../access/held-access.ts'
import { readPattern, type StoredKeyCeiling } from '../access/key-ceiling.ts'
import { ensureMayMake } from '../api-keys/ensure-may-make.ts'
import { liesInZone } from '../api-keys/lies-in-zone.ts'
import { makeKey } from '../api-keys/make-key.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField, notFound } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import type { ActorRequest, Note } from '../http/request.ts'
import { presentGuestLinks } from './present-guest-links.ts'

type Asking = ActorRequest<'guest_links.create'>
type Wish = ParsedBody<'guest_links.create'>

const day = 24 * 60 * 60_000
const mostDays = 90

/** Makes a link for chosen records of a zone: a key of its maker, that its maker's rights, its end or nobody outlives. */
export async function createGuestLink(tx: Tx, note: Note, request: Asking): Promise<AnswerOf<'guest_links.create'>> {
  const { actor, body } = request
  const allowed = await ensureMayMake(tx, request)
  const ref = { kind: 'zone', id: body.zone_id } as const
  const place = (await findResources(tx, actor.orgId, [ref])).get(`zone ${body.zone_id}`)
  await request.authorize(tx, 'records.view', place?.resource ?? null)
  if (!place) throw notFound()
  await ensureMayPass(tx, request.actor, body, place.resource)
  ensurePatterns(body, place.name)
  const ceiling: StoredKeyCeiling = {
    permissions: ['zones.view', 'records.view', ...(body.may_propose ? ['changes.propose'] : [])],
    scopes: [ref],
    patterns: body.patterns,
  }
  const endsAt = readEnd(body.ends_at, actor.now)
  const wish = { ownerId: actor.subjectId, kind: 'guest', name: body.note, ceiling, endsAt } as const
  const { row, token } = await makeKey(tx, allowed, request.actor, wish)
  const [shown] = await presentGuestLinks(tx, request.actor, [row])
  if (!shown) throw new Error('a guest link that was just made is gone')
  const { patterns, may_propose, ends_at } = shown
  const facts = { id: row.id, name: body.note, zone: place.name, patterns, may_propose, ends_at }
  note({ zoneId: place.resource.id, customerId: customerOf(place.resource), facts })
  return { ...shown, token, link: `${request.context.publicOrigin}/guest#${token}` }
}

function customerOf({ ancestors }: Resource): string | null {
  return ancestors.find(({ kind }) => kind === 'customer')?.id ?? null
}

/** A link is used like a key, so its maker may use the API; and it passes on proposing only from who may propose. */
async function ensureMayPass(tx: Tx, actor: Actor, { may_propose }: Wish, zone: Resource): Promise<void> {
  const held = await heldAccess(tx, actor)
  if (!mayUseApi(held.index, askerOf(actor, held))) {
    const detail = '"api.use" is missing: a guest link is a key of its maker, and you hold nothing that opens the API.'
    throw new Fault('forbidden', detail, { permission: 'api.use' })
  }
  if (!may_propose) return
  const asked = { permission: 'changes.propose', resource: zone } as const
  const records = effectivePatterns(held.index, requestOf(actor, held, asked))
  if (records !== 'all' && records.length === 0) {
    const detail = '"changes.propose" is missing here: a guest proposes nothing that you may not propose yourself.'
    throw new Fault('forbidden', detail, { permission: 'changes.propose' })
  }
}

function ensurePatterns({ patterns }: Wish, zoneName: string): void {
  for (const [place, { names, types }] of patterns.entries()) {
    for (const [at, name] of names.entries()) {
      const path = `patterns.${place}.names.${at}`
      const read = readPattern(name, types)
      if ('error' in read) throw invalidField(read.of === 'types' ? `patterns.${place}.types` : path, `${read.error}.`)
      if (!liesInZone(read.pattern, zoneName))
        throw invalidField(path, `"${name}" does not lie in the zone ${zoneName}: write names such as www.${zoneName}.`)
    }
  }
}

function readEnd(text: string, now: number): Date {
  const end = Date.parse(text)
  if (end <= now) throw invalidField('ends_at', 'The end has passed already: choose a later one.')
  if (end > now + mostDays * day)
    throw invalidField('ends_at', `A guest link lasts at most ${mostDays} days: choose an earlier end.`)
  return new Date(end)
}
