import type { AnswerOf } from '@zoneward/api'
import { compareAccess, isAllowed, type Resource, type Scope } from '@zoneward/permissions'
import { sql } from 'kysely'
import { requestOf } from '../access/authorize.ts'
import { findResources, organizationResource } from '../access/find-resource.ts'
import { anyOf, type HeldAccess, heldAccess } from '../access/held-access.ts'
import type { Ended } from '../assertions/keep-assertions.ts'
import { readTouched, type Touched } from '../assertions/read-touched.ts'
import { isBusy } from '../database/guard.ts'
import type { Tx } from '../database/pools.ts'
import { Fault } from '../fault.ts'
import type { Actor } from '../http/actor.ts'
import { faultOf } from '../http/fault-of.ts'
import { problemOf } from '../http/problem-response.ts'
import type { RehearsedStep } from '../http/rehearse.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { describeDifference } from './describe-difference.ts'
import { loadSide, type Pair, type Side } from './one-side.ts'
import { readSteps } from './read-steps.ts'
import { rolledBack } from './roll-back.ts'
import { touchedPairs } from './touched-pairs.ts'

type Request = ActorRequest<'access_previews.create'>
type Preview = AnswerOf<'access_previews.create'>
type Refusal = Preview['refusals'][number]

const mostCompared = 5_000

// What the steps have changed is held from everybody else for so long: nobody holds a revocation up by previews.
const longestSteps = 3_000
const tooLong = 'These steps take too long for one preview: take fewer of them at once.'

/**
 * Who would gain and lose what by some changes. They are really made, by their own handlers, in a transaction that is
 * rolled back: so a preview cannot disagree with the change. Compared are the access after the steps and, gone back to
 * where the same transaction began, before them.
 */
export function previewAccess(request: Request): Promise<Preview> {
  const steps = readSteps(request.body.steps)
  const { pool, scope } = request.actor
  return rolledBack(pool, scope, async (tx) => {
    const heldBefore = await heldAccess(tx, { ...request.actor, rehearsing: true, revision: `preview ${newId()}` })
    await sql`savepoint beginning`.execute(tx)
    const { refusals, ended } = await takeSteps(tx, request, steps)
    const touched = await readTouched(tx)
    const seen = await pairsSeen(tx, request.actor, touched, heldBefore)
    const pairs = seen.slice(0, mostCompared)
    const after = await loadSide(tx, request.actor, pairs)
    await sql`rollback to savepoint beginning`.execute(tx)
    const before = await loadSide(tx, request.actor, pairs)
    const people = await whoIsThere(tx, request.actor, seen, after)
    return {
      differences: differencesOf(pairs, before, after),
      touched: seen.filter(({ subjectId }) => people.has(subjectId)).length,
      complete: seen.length <= mostCompared && !touched.everything,
      refusals,
      assertions_ended: request.actor.realm === 'staff' ? ended : [],
    }
  })
}

/** The steps one after the other; one that is refused leaves nothing behind, and the others go on. */
async function takeSteps(
  tx: Tx,
  request: Request,
  steps: readonly RehearsedStep[],
): Promise<{ refusals: Refusal[]; ended: Ended[] }> {
  const refusals: Refusal[] = []
  let ended: Ended[] = []
  const last = Date.now() + longestSteps
  for (const [step, rehearsed] of steps.entries()) {
    if (Date.now() > last)
      throw new Fault('invalid', tooLong, { fields: [{ path: `steps.${step}`, message: tooLong }] })
    await sql`savepoint step`.execute(tx)
    try {
      ended = [...(await request.rehearse(tx, rehearsed))]
      await sql`release savepoint step`.execute(tx)
    } catch (error) {
      const problem = problemOfStep(error)
      await sql`rollback to savepoint step`.execute(tx)
      refusals.push({ step, operation: rehearsed.id, problem })
    }
  }
  return { refusals, ended }
}

/** What the step alone would be answered. What is nobody's refusal ends the whole preview. */
function problemOfStep(error: unknown): Refusal['problem'] {
  if (!(error instanceof Error) || isBusy(error)) throw error
  const fault = faultOf(error)
  if (fault.code === 'internal') throw error
  return problemOf(fault)
}

/** Pairs at places where the caller may see who holds what, before or after; and its own everywhere. */
async function pairsSeen(tx: Tx, actor: Actor, touched: Touched, heldBefore: HeldAccess): Promise<Pair[]> {
  const pairs = [...(await touchedPairs(tx, actor.orgId, touched)).values()]
  const heldAfter = await heldAccess(tx, { ...actor, rehearsing: true, revision: `preview ${newId()}` })
  const resources = await findResources(
    tx,
    actor.orgId,
    pairs.map(({ place }) => place),
  )
  const sees = (held: HeldAccess, resource: Resource | null | undefined) =>
    resource ? isAllowed(held.index, requestOf(actor, held, { permission: 'grants.view', resource })) : false
  return pairs.flatMap(({ place, subjectIds }) => {
    const now = resources.get(`${place.kind} ${place.id}`)?.resource
    const seen = sees(heldAfter, now) || sees(heldBefore, whereBefore(place, now, touched, actor.orgId))
    return [...subjectIds].filter((id) => seen || id === actor.subjectId).map((subjectId) => ({ subjectId, place }))
  })
}

/** Where a place hung before the steps, as far as they touched it. */
function whereBefore(place: Scope, now: Resource | undefined, touched: Touched, orgId: string): Resource | null {
  const changed = [...touched.zones, ...touched.hostings, ...touched.customers, ...touched.providers].filter(
    ({ id }) => id === place.id,
  )
  const [first] = changed
  if (first === undefined) return now ?? null
  if (first.sign === '+') return null
  return { ...place, ancestors: [place, ...first.before, ...organizationResource(orgId).ancestors] }
}

/** People that the caller may know of, of those that are touched: also those who would be gone. */
async function whoIsThere(tx: Tx, actor: Actor, pairs: readonly Pair[], after: Side): Promise<Set<string>> {
  const ids = [...new Set(pairs.map(({ subjectId }) => subjectId))]
  const rows =
    actor.realm === 'client'
      ? await tx
          .selectFrom('client_user')
          .select('id')
          .where('org_id', '=', actor.orgId)
          .where('id', '=', anyOf(ids))
          .execute()
      : await tx
          .selectFrom('subject')
          .select('id')
          .where('org_id', '=', actor.orgId)
          .where('kind', '<>', 'team')
          .where('id', '=', anyOf(ids))
          .execute()
  return new Set([...rows.map(({ id }) => id), ...after.subjects.keys()])
}

function differencesOf(pairs: readonly Pair[], before: Side, after: Side): Preview['differences'] {
  const compared = pairs
    .filter(({ subjectId }) => before.subjects.has(subjectId) || after.subjects.has(subjectId))
    .map(({ subjectId, place }) => ({ subjectId, before: before.resourceOf(place), after: after.resourceOf(place) }))
  return compareAccess(before.world, after.world, compared).flatMap((difference) => {
    const { subjectId } = difference
    const place = difference.resource as Scope
    const subject = after.subjects.get(subjectId) ?? before.subjects.get(subjectId)
    const name = after.nameOf(place) ?? before.nameOf(place) ?? ''
    return subject ? [describeDifference(difference, subject, { ...place, name })] : []
  })
}
