import { setTimeout as sleep } from 'node:timers/promises'
import { operations } from '@zoneward/api'
import { expect } from 'vitest'
import type { Answer } from '../../../test/product.ts'
import { nth, othersIn, placesOfKind } from './choose.ts'
import { comparePreview } from './compare-preview.ts'
import { judgeLevel } from './judge.ts'
import type { Live } from './live.ts'
import { ok } from './questions.ts'
import { readWorld, type World } from './read-world.ts'
import { isLong, type LongStep, type Request, requestOf, type Step } from './steps.ts'
import { count } from './tally.ts'

/** Takes a step as the owner, previewed first where it changes access; what is refused changes nothing. */
export async function takeStep(
  live: Live,
  step: Step,
  permissions: readonly World['roles'][number]['permissions'][number][],
): Promise<void> {
  live.world = await readWorld(live.product, live.org)
  if (isLong(step)) {
    await takeLongStep(live, step)
    live.world = await readWorld(live.product, live.org)
    return
  }
  const before = live.world
  const request = requestOf(before, step, live.ownerId)
  if (request === null) return
  const preview = isPreviewed(request) ? ok(await live.owner.post('/v1/access/previews', { steps: [request] })) : null
  const answer = await live.owner.call(request.operation, request.params, request.body)
  expect([200, 201, 204, 409, 422], answer.text).toContain(answer.status)
  const after = await readWorld(live.product, live.org)
  live.world = after
  count(answer.status < 300 ? `step ${step.kind}` : 'step refused')
  if (answer.status >= 400) expect({ ...after, now: 0 }).toEqual({ ...before, now: 0 })
  if (preview === null) return
  const refused = answer.status >= 400 ? [{ step: 0, operation: request.operation, problem: answer.body }] : []
  expect(preview.refusals).toEqual(refused)
  comparePreview(before, after, preview, permissions)
}

function isPreviewed({ operation }: Request): boolean {
  const { changesAccess } = operations[operation] as { changesAccess?: boolean }
  return changesAccess === true
}

function takeLongStep(live: Live, step: LongStep): Promise<void> {
  switch (step.kind) {
    case 'lapse':
      return letLapse(live, step)
    case 'ask':
      return askAndGrant(live, step)
    case 'invite':
      return inviteSomebody(live, step)
  }
}

/** A grant that ends while nobody does anything: no revision moves. */
async function letLapse(
  { world, owner, ownerId }: Live,
  { grant }: Extract<LongStep, { kind: 'lapse' }>,
): Promise<void> {
  const found = nth(
    world.grants.filter(({ subjectId }) => subjectId !== ownerId),
    grant,
  )
  if (found === undefined) return
  const ends_at = new Date(Date.now() + 200).toISOString()
  const answer = await owner.call('grants.update', { grant_id: found.id }, { ends_at })
  if (answer.status !== 200) return
  // Cached while it lives, and not after.
  await owner.post('/v1/access/checks', { checks: [checkOf(found.subjectId, world)] })
  await sleep(250)
  count('step lapse')
}

function checkOf(subject_id: string, world: World) {
  const who = world.people.find(({ id }) => id === subject_id) ?? world.people[0]
  return { subject_id: who?.id, permission: 'zones.view', resource: { kind: 'organization', id: world.org } }
}

async function askAndGrant(live: Live, step: Extract<LongStep, { kind: 'ask' }>): Promise<void> {
  const { world, owner, browsers, ownerId } = live
  const { permission } = step
  // Who sees a zone may ask for more there.
  const wishes = othersIn(world, ownerId).flatMap(({ id }) =>
    placesOfKind(world, 'zone')
      .filter(
        (place) => judgeLevel(world, id, 'zones.view', place) > 0 && judgeLevel(world, id, permission, place) === 0,
      )
      .map((zone) => ({ id, zone })),
  )
  const { id, zone } = nth(wishes, step.person) ?? {}
  const browser = id && browsers.get(id)
  if (!browser || !zone) return
  const record = step.at % 2 === 0 ? { record: { name: `_acme-challenge.${zone.name}`, type: 'TXT' } } : {}
  const wish = {
    permission,
    resource: { kind: 'zone', id: zone.id },
    ...record,
    hours: 3,
    reason: 'now',
  }
  const asked = await browser.post('/v1/access-requests', wish)
  if (asked.status !== 201) return
  const decided = await owner.post(`/v1/access-requests/${asked.body.id}/decision`, { decision: 'grant' })
  count(decided.status === 200 ? 'step ask' : 'step refused')
}

const tokenOf = ({ body }: Answer): string => String(body.link).split('#')[1] ?? ''

async function inviteSomebody(live: Live, step: Extract<LongStep, { kind: 'invite' }>): Promise<void> {
  const { world, owner, product, browsers } = live
  const customer = nth(placesOfKind(world, 'customer'), step.customer)
  if (!customer) return
  const email = `guest-${live.org.slice(-6)}-${world.now}@guests.example`
  const grants = [{ role_id: nth(['msp.viewer', 'msp.client_admin', 'msp.developer'], step.role) }]
  const invited = await owner.post('/v1/invitations', { realm: 'client', email, customer_id: customer.id, grants })
  if (invited.status !== 201) return
  const body = { token: tokenOf(invited), name: 'New Guest', password: 'nine green boats at dawn' }
  const { answer, caller } = await product.entering('/v1/acceptances', body)
  expect(answer.status, answer.text).toBe(201)
  const me = ok(await caller.get('/v1/me'))
  browsers.set(me.user.id, caller)
  count('step invite')
}
