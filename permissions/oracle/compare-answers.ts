// One look at an organization before and after a step: all six answers of the core beside the oracle's.

import { expect } from 'vitest'
import type { AccessWorld } from '../access-worlds.ts'
import type { Assertion } from '../assertions.ts'
import type { ApiKeyCeiling } from '../ceilings.ts'
import { compareAccess, type Holding } from '../compare-access.ts'
import { decide, isAllowed } from '../decide.ts'
import { findBreaches } from '../find-breaches.ts'
import { indexGrants } from '../grant-index.ts'
import type { Permission } from '../permissions.ts'
import type { AccessRequest } from '../requests.ts'
import type { RecordRef, Resource, ResourceKind, Subject } from '../scopes.ts'
import { type VisibleScopes, visibleScopes } from '../visible-scopes.ts'
import { whoHolds } from '../who-holds.ts'
import { oracleAllows, oracleCovers } from './oracle.ts'
import { oracleBreaks, oracleLevel, oracleList, oracleWho, recordsAround } from './oracle-questions.ts'
import { aimAt } from './random-worlds.ts'
import { resourcesOf, type Scene } from './scene.ts'
import { nth } from './steps.ts'

/** What is asked: people and things by number, as in steps. */
export interface Probe {
  readonly person: number
  readonly permission: Permission
  readonly thing: number
  readonly record?: RecordRef
  readonly byApi: boolean
  readonly apiKey?: ApiKeyCeiling
  readonly viewAs?: boolean
  /** How much later the preview is looked at. */
  readonly later: number
  /** By which grant the question is turned to something likely, and how. */
  readonly aim?: readonly [which: number, how: number]
  readonly assertion: Omit<Assertion, 'id' | 'at'>
}

/** The organization as the core sees it. */
export function worldOf(scene: Scene): AccessWorld {
  return {
    index: indexGrants(scene.grants, new Map(scene.roles.map((role) => [role.id, role]))),
    people: new Map(scene.people.map((person) => [person.id, person])),
    customers: scene.ceilings,
    now: scene.now,
  }
}

export interface Moment {
  readonly scene: Scene
  readonly world: AccessWorld
}

export function requestOf(scene: Scene, probe: Probe): AccessRequest | null {
  const subject = nth(scene.people, probe.person)
  const thing = nth(resourcesOf(scene), probe.thing)
  if (subject === undefined || thing === undefined) return null
  const { permission, apiKey, viewAs, aim } = probe
  const request: AccessRequest = {
    subject,
    permission,
    resource: withRecord(thing, probe.record),
    now: scene.now,
    channel: probe.byApi ? 'api' : 'interface',
    ceilings: {
      customers: scene.ceilings,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(viewAs === undefined ? {} : { viewAs }),
    },
  }
  if (aim === undefined) return request
  const aimed = aimAt(request, { ...scene, resources: resourcesOf(scene) }, ...aim)
  return { ...aimed, now: Math.max(aimed.now, scene.now) }
}

function withRecord(thing: Resource, record: RecordRef | undefined): Resource {
  return record === undefined || thing.kind !== 'zone' ? thing : { ...thing, record }
}

/** Compares all six; what was allowed is told, so that a test can see that both answers are met. */
export function compareAnswers(before: Moment, after: Moment, probe: Probe): boolean {
  const request = requestOf(after.scene, probe)
  if (request === null) return false
  const allowed = compareCheckAndExplain(after, request)
  compareList(after, request)
  compareWho(after, request)
  comparePreview(before, after, request, probe.later)
  compareAssertion(after, request, probe.assertion)
  return allowed
}

function compareCheckAndExplain({ scene, world }: Moment, request: AccessRequest): boolean {
  const allowed = oracleAllows(scene.grants, scene.roles, request)
  expect(isAllowed(world.index, request)).toBe(allowed)
  const decision = decide(world.index, request)
  expect(decision.allowed).toBe(allowed)
  if (decision.allowed) {
    const named = new Set(decision.reasons.map((reason) => reason.grant.id))
    const rest = scene.grants.filter(({ id }) => !named.has(id))
    expect(oracleAllows(rest, scene.roles, request)).toBe(false)
  } else if (decision.smallestGrant !== null) {
    const more = [...scene.grants, { ...decision.smallestGrant, id: 'proposed' }]
    expect(oracleAllows(more, scene.roles, request)).toBe(true)
  }
  return allowed
}

const listed: readonly ResourceKind[] = ['organization', 'customer', 'provider', 'zone', 'hosting']

function compareList({ scene, world }: Moment, request: AccessRequest): void {
  // What is listed is what may be seen; of a permission to write, a pattern leaves some records of what is listed.
  const permission = request.permission.endsWith('.view') ? request.permission : 'zones.view'
  const { record: _, ...thing } = request.resource
  const asked = { ...request, permission, resource: thing }
  const things = resourcesOf(scene).filter(({ kind }) => listed.includes(kind))
  const scopes = visibleScopes(world.index, asked)
  const found = things.filter((each) => isListed(scopes, each))
  expect(found).toEqual(oracleList({ ...scene, now: request.now }, asked, things))
}

function isListed(scopes: VisibleScopes, { ancestors }: Resource): boolean {
  const { within, exceptCustomers } = scopes
  const granted = ancestors.some(({ kind, id }) => scopesOfKind(scopes, kind).some((scope) => scope.id === id))
  const inKey =
    within === null || ancestors.some((each) => within.some((s) => s.id === each.id && s.kind === each.kind))
  return granted && inKey && !ancestors.some(({ kind, id }) => kind === 'customer' && exceptCustomers.includes(id))
}

function scopesOfKind(scopes: VisibleScopes, kind: ResourceKind): VisibleScopes['zones'] {
  if (kind === 'organization') return scopes.organizations
  if (kind === 'customer') return scopes.customers
  if (kind === 'provider') return scopes.providers
  if (kind === 'zone') return scopes.zones
  return kind === 'hosting' ? scopes.hostings : []
}

function compareWho({ scene, world }: Moment, { subject: _, ...question }: AccessRequest): void {
  const holders = whoHolds(world.index, scene.people, question)
  expect(holders.map(({ subjectId }) => subjectId)).toEqual(oracleWho(scene, question))
}

function comparePreview(before: Moment, after: Moment, request: AccessRequest, later: number): void {
  const { subject, permission, resource } = request
  const find = ({ scene }: Moment) =>
    resourcesOf(scene).find(({ kind, id }) => kind === resource.kind && id === resource.id) ?? null
  const places = { before: find(before), after: find(after) }
  const [difference] = compareAccess(before.world, after.world, [{ subjectId: subject.id, ...places }])
  const of = (list: readonly Holding[] = []) => list.filter((holding) => holding.permission === permission)
  const gained = of(difference?.gained)
  const lost = of(difference?.lost)
  const now = request.now + later
  const { record } = resource
  const was = levelOf(before, places.before, { request, now, record })
  const is = levelOf(after, places.after, { request, now, record })
  if (is > was) expect(gained.some((each) => isHeld(each, is, now, record))).toBe(true)
  if (is < was) expect(lost.some((each) => isHeld(each, was, now, record))).toBe(true)
  if (gained.length + lost.length > 0) expectWitness({ before, after, request, places, gained, lost })
}

function isHeld(holding: Holding, level: number, now: number, record: RecordRef | undefined): boolean {
  const { records, from, until, reviewRequired } = holding
  if (reviewRequired && level === 2) return false
  if ((from ?? 0) > now || (until ?? Number.POSITIVE_INFINITY) <= now) return false
  if (records === 'all' || holding.permission === 'zones.view') return true
  if (record === undefined) return holding.permission === 'records.view'
  return records.some((each) => oracleCovers(each, record.labels, record.type))
}

interface Look {
  readonly request: AccessRequest
  readonly now: number
  readonly record: RecordRef | undefined
}

function levelOf({ scene }: Moment, place: Resource | null, { request, now, record }: Look): number {
  if (place === null) return 0
  const { permission, subject } = request
  const resource = record === undefined ? place : { ...place, record }
  return oracleLevel(scene, { subjectId: subject.id, permission, resource, now })
}

interface Claimed {
  readonly before: Moment
  readonly after: Moment
  readonly request: AccessRequest
  readonly places: { readonly before: Resource | null; readonly after: Resource | null }
  readonly gained: readonly Holding[]
  readonly lost: readonly Holding[]
}

// A difference that is claimed is one for at least one record at its first moment.
function expectWitness({ before, after, request, places, gained, lost }: Claimed): void {
  const patterns = [...before.scene.grants, ...after.scene.grants].flatMap((grant) => grant.patterns ?? [])
  const every = [undefined, ...recordsAround([...patterns, { kind: 'below', labels: [], types: 'all' }])]
  for (const holding of [...gained, ...lost]) {
    // How much of a zone is seen is told too, and not a matter of one record.
    if (holding.permission === 'zones.view' || holding.permission === 'records.view') continue
    const more = gained.includes(holding)
    const now = holding.from ?? after.scene.now
    const found = every.some((record) => {
      const was = levelOf(before, places.before, { request, now, record })
      const is = levelOf(after, places.after, { request, now, record })
      return more ? is > was : is < was
    })
    expect(found).toBe(true)
  }
}

function compareAssertion({ scene, world }: Moment, request: AccessRequest, about: Probe['assertion']): void {
  const { record: _, ...resource } = request.resource
  const at = resource.ancestors.at(-2) ?? resource
  if (!isScopeKind(at.kind)) return
  const assertion: Assertion = { ...about, id: 'a', permission: request.permission, at: { kind: at.kind, id: at.id } }
  if (assertion.record !== undefined && !/^(records|changes)\./.test(request.permission)) return
  const broken = findBreaches(assertion, world, [resource]).map(({ subjectId }) => subjectId)
  const breaks = (subject: Subject) => oracleBreaks(scene, assertion, subject, resource)
  expect(broken.includes(request.subject.id)).toBe(breaks(request.subject))
}

function isScopeKind(kind: ResourceKind): kind is Assertion['at']['kind'] {
  return listed.includes(kind)
}
