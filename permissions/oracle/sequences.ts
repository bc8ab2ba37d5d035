// Sequences of steps for fast-check: the model is the organization as plain lists, the real thing is the core.

import fc from 'fast-check'
import { expect } from 'vitest'
import type { AssertionSubjects } from '../assertions.ts'
import { decide } from '../decide.ts'
import type { Grant } from '../grants.ts'
import { lastHolderLost } from '../last-holder.ts'
import { mayChangeRole } from '../may-change-role.ts'
import { mayGrant, mayRevoke } from '../may-grant.ts'
import type { Asker } from '../requests.ts'
import { compareAnswers, type Moment, type Probe, requestOf, worldOf } from './compare-answers.ts'
import { oracleLevel, oracleStays } from './oracle-questions.ts'
import { apiKey, pattern, record, somePermissions } from './random-worlds.ts'
import { organization, resourceOf, resourcesOf, type Scene, targetsOf } from './scene.ts'
import { editedRole, grantOf, nth, type Step, takeStep } from './steps.ts'

export interface Live {
  moment: Moment
}

/** Counted over all sequences, so that a test can see that everything happens. */
export const seen = { steps: 0, allowed: 0, refused: 0, byPeople: 0, refusedSteps: 0, kinds: new Set<string>() }

type Asked = { readonly kind: 'ask'; readonly probe: Probe; readonly lasts: number }
type Wanted = Exclude<Step, { kind: 'approve' }> | Asked

/** A step, by somebody of the organization or, at null, by nobody who is judged; and a look afterwards. */
export class StepCommand implements fc.Command<Live, Live> {
  readonly wanted: Wanted
  readonly by: number | null
  readonly probe: Probe

  constructor(wanted: Wanted, by: number | null, probe: Probe) {
    this.wanted = wanted
    this.by = by
    this.probe = probe
  }

  check(): boolean {
    return true
  }

  run(_: Live, live: Live): void {
    const before = live.moment
    const step = this.wanted.kind === 'ask' ? askedStep(before, this.wanted) : this.wanted
    const actor = this.by === null ? undefined : nth(before.scene.people, this.by)
    if (step === null) return
    const scene = takeStep(before.scene, step)
    const after: Moment = { scene, world: worldOf(scene) }
    seen.steps += 1
    seen.kinds.add(this.wanted.kind)
    compareLastHolder(before.scene, after, this.probe)
    if (actor !== undefined) {
      const asker: Asker = {
        subject: actor,
        now: before.scene.now,
        channel: 'interface',
        ceilings: { customers: before.scene.ceilings },
      }
      const passed = isPassed(before, step, asker)
      if (!passed) {
        seen.refusedSteps += 1
        return
      }
      seen.byPeople += 1
      expectNothingBeyond(before.scene, scene, asker, this.probe)
    }
    if (compareAnswers(before, after, this.probe)) seen.allowed += 1
    else seen.refused += 1
    if (step.kind === 'rename') expectNoDifference(before, after)
    live.moment = after
  }

  toString(): string {
    return JSON.stringify({ step: this.wanted, by: this.by, probe: this.probe })
  }
}

// Asking for the smallest grant, for some time.
function askedStep({ scene, world }: Moment, { probe, lasts }: Asked): Step | null {
  const request = requestOf(scene, probe)
  if (request === null) return null
  const decision = decide(world.index, request)
  if (decision.allowed || decision.smallestGrant === null) return null
  return { kind: 'approve', wish: decision.smallestGrant, lasts }
}

/** Steps that the core judges are taken only if it says so; the others are taken by anybody. */
function isPassed(before: Moment, step: Step, asker: Asker): boolean {
  const { scene, world } = before
  const change = (grant: Omit<Grant, 'id'>) => ({
    granter: asker,
    grant,
    at: resourceOf(scene, grant.scope),
    targets: targetsOf(scene, grant.subjectId),
  })
  const made = grantOf(scene, step)
  const old = step.kind === 'change' || step.kind === 'revoke' ? nth(scene.grants, step.grant) : undefined
  if (old !== undefined && !mayRevoke(world.index, change(old)).ok) return false
  if (made !== undefined) return mayGrant(world.index, change(made)).ok
  if (step.kind !== 'edit role') return true
  const role = nth(scene.roles, step.role)
  const edited = editedRole(scene, step)
  if (role === undefined || edited === undefined) return true
  const holders = scene.grants.filter((grant) => grant.roleId === role.id).map(change)
  const places = { organization: resourceOf(scene, organization), holders }
  return mayChangeRole(world.index, { editor: asker, before: role, after: edited, ...places }).ok
}

// Nobody has afterwards, now or later, what whoever did it did not have there.
function expectNothingBeyond(before: Scene, after: Scene, asker: Asker, probe: Probe): void {
  if (before.people !== after.people || before.ceilings !== after.ceilings || before.zones !== after.zones) return
  if (before.customers !== after.customers || before.hostings !== after.hostings || before.now !== after.now) return
  const thing = nth(resourcesOf(after), probe.thing)
  if (thing === undefined) return
  const { permission } = probe
  const resource = probe.record === undefined || thing.kind !== 'zone' ? thing : { ...thing, record: probe.record }
  for (const now of new Set([after.now, after.now + probe.later])) {
    const own = oracleLevel(before, { subjectId: asker.subject.id, permission, resource, now })
    for (const { id } of after.people) {
      const was = oracleLevel(before, { subjectId: id, permission, resource, now })
      const is = oracleLevel(after, { subjectId: id, permission, resource, now })
      if (is > was) expect(own).toBeGreaterThanOrEqual(is)
    }
  }
}

function expectNoDifference(before: Moment, after: Moment): void {
  const things = resourcesOf(after.scene)
  for (const subject of after.scene.people) {
    for (const permission of somePermissions.slice(0, 3)) {
      const level = (scene: Scene) =>
        things.map((resource) => oracleLevel(scene, { subjectId: subject.id, permission, resource, now: scene.now }))
      expect(level(before.scene)).toEqual(level(after.scene))
    }
  }
}

function compareLastHolder(before: Scene, { scene }: Moment, { permission }: Probe): void {
  const state = (each: Scene) => ({
    organizationId: organization.id,
    grants: each.grants,
    roles: new Map(each.roles.map((role) => [role.id, role])),
    people: each.people,
    now: each.now,
  })
  const lost = oracleStays(before, organization.id, permission) && !oracleStays(scene, organization.id, permission)
  expect(lastHolderLost(state(before), state(scene)).includes(permission)).toBe(lost)
}

const number = fc.nat(29)
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 })
const held = fc.subarray([...somePermissions], { minLength: 1 })

const terms = fc
  .record({
    patterns: optional(fc.array(pattern, { minLength: 1, maxLength: 2 })),
    startsIn: optional(fc.nat(4)),
    lasts: optional(fc.integer({ min: 1, max: 6 })),
    reviewRequired: optional(fc.boolean()),
  })
  .map((each) => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)))

const who: fc.Arbitrary<AssertionSubjects> = fc.oneof(
  fc.constantFrom<AssertionSubjects>(
    { kind: 'anyone' },
    { kind: 'realm', realm: 'client' },
    { kind: 'role', roleId: 'write', scope: { kind: 'zone', id: 'x' } },
    { kind: 'role', roleId: 'admin', scope: { kind: 'customer', id: 'x' } },
    { kind: 'subject', subjectId: 't' },
    { kind: 'subject', subjectId: 'V' },
  ),
)

const plainProbe = {
  person: number,
  permission: fc.constantFrom(...somePermissions),
  thing: number,
  record: optional(record),
  later: fc.nat(6),
  aim: optional(fc.tuple(fc.nat(), fc.nat())),
  assertion: fc
    .record({ who, record: optional(pattern), except: optional(fc.constantFrom(['u'], ['t'])) })
    .map((each) => ({ ...each, permission: somePermissions[0] ?? 'dashboard.view' })),
}

const probe = fc
  .oneof(
    { arbitrary: fc.record({ ...plainProbe, byApi: fc.constant(false) }), weight: 3 },
    { arbitrary: fc.record({ ...plainProbe, byApi: fc.boolean(), apiKey, viewAs: fc.boolean() }), weight: 1 },
  )
  .map(
    (each) => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as unknown as Probe,
  )

const wanted: fc.Arbitrary<Wanted> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant('grant' as const), to: number, role: number, at: number, terms }),
    weight: 6,
  },
  { arbitrary: fc.record({ kind: fc.constant('change' as const), grant: number, role: number, terms }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant('revoke' as const), grant: number }), weight: 2 },
  fc.record({ kind: fc.constant('confirm or revoke' as const), at: number, kept: fc.nat(255) }),
  {
    arbitrary: fc.record({ kind: fc.constant('ask' as const), probe, lasts: fc.integer({ min: 1, max: 6 }) }),
    weight: 3,
  },
  fc.record({ kind: fc.constant('move' as const), zone: number, customer: number, provider: fc.nat(1) }),
  fc.record({ kind: fc.constant('rename' as const), zone: number }),
  fc.record({ kind: fc.constantFrom('new zone' as const, 'new hosting' as const), customer: number }),
  fc.record({ kind: fc.constant('new customer' as const), team: fc.nat(1) }),
  fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), person: number, team: fc.nat(1) }),
  fc.record({ kind: fc.constant('new role' as const), copied: number, permissions: held }),
  { arbitrary: fc.record({ kind: fc.constant('edit role' as const), role: number, permissions: held }), weight: 2 },
  fc.record({ kind: fc.constant('ceiling' as const), customer: number, permissions: held }),
  fc.record({
    kind: fc.constant('delete' as const),
    what: fc.constantFrom('person' as const, 'zone' as const, 'customer' as const, 'role' as const),
    which: number,
  }),
  { arbitrary: fc.record({ kind: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 4 }) }), weight: 2 },
)

/** A step with who takes it and what is asked afterwards. */
export const command: fc.Arbitrary<StepCommand> = fc
  .tuple(wanted, fc.option(number, { nil: null, freq: 3 }), probe)
  .map(([step, by, look]) => new StepCommand(step, by, look))
