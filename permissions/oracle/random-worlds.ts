import fc from 'fast-check'
import type { ApiKeyCeiling, Ceilings } from '../ceilings.ts'
import type { Grant } from '../grants.ts'
import type { Permission } from '../permissions.ts'
import type { RecordPattern } from '../record-patterns.ts'
import type { AccessRequest } from '../requests.ts'
import type { Role } from '../roles.ts'
import { type RecordRef, type Resource, type Scope, type Subject, scopeKinds } from '../scopes.ts'

// Worlds small enough that everything meets everything. Ids differ in case only, or are shared by kinds of scope, so
// that a comparison that overlooks either is found.

export interface World {
  readonly roles: readonly Role[]
  readonly grants: readonly Grant[]
  readonly people: readonly Subject[]
}

export const somePermissions: readonly Permission[] = [
  'dashboard.view',
  'api.use',
  'grants.manage',
  'roles.manage',
  'hostings.view',
  'zones.view',
  'zones.delete',
  'records.view',
  'records.write',
  'records.dmarc.write',
  'changes.approve',
  'lookup.use',
]

const scopes: readonly Scope[] = [
  { kind: 'organization', id: 'o' },
  { kind: 'customer', id: 'x' },
  { kind: 'customer', id: 'y' },
  { kind: 'provider', id: 'x' },
  { kind: 'zone', id: 'z' },
  { kind: 'zone', id: 'Z' },
  { kind: 'zone', id: 'x' },
  { kind: 'hosting', id: 'x' },
]

const [organization, customerX, customerY, provider] = scopes as [Scope, Scope, Scope, Scope]
const hosting: Scope = { kind: 'hosting', id: 'x' }

export const zones: readonly Resource[] = [
  { kind: 'zone', id: 'z', ancestors: [{ kind: 'zone', id: 'z' }, customerX, provider, organization] },
  { kind: 'zone', id: 'Z', ancestors: [{ kind: 'zone', id: 'Z' }, customerY, provider, organization] },
  { kind: 'zone', id: 'x', ancestors: [{ kind: 'zone', id: 'x' }, customerY, organization] },
]

export const hostings: readonly Resource[] = [{ ...hosting, ancestors: [hosting, customerX, organization] }]

export const resources: readonly Resource[] = [
  ...zones,
  { ...organization, ancestors: [organization] },
  { ...customerX, ancestors: [customerX, organization] },
  ...hostings,
  { kind: 'website', id: 'w', ancestors: [{ kind: 'website', id: 'w' }, hosting, customerX, organization] },
  { kind: 'domain', id: 'd', ancestors: [{ kind: 'domain', id: 'd' }, customerX, organization] },
]

const label = fc.constantFrom('a', 'b', '*', 'a.b')
const types = fc.constantFrom<RecordPattern['types']>('all', ['TXT'], ['NS', 'TXT'])

export const pattern: fc.Arbitrary<RecordPattern> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('exact' as const, 'below' as const, 'strictly_below' as const),
    labels: fc.array(label, { maxLength: 2 }),
    types,
  }),
  fc.record({ kind: fc.constant('first_label' as const), label, types }),
)

export const record: fc.Arbitrary<RecordRef> = fc.record({
  labels: fc.array(label, { maxLength: 3 }),
  type: fc.constantFrom('TXT', 'A', 'NS', 'DNAME', 'CNAME'),
})

export const moment = fc.integer({ min: 0, max: 6 })
const held = fc.subarray([...somePermissions], { minLength: 1 })

const ofRole = {
  name: fc.constant('role'),
  set: fc.constant('custom' as const),
  scopeKind: fc.constantFrom('organization', 'customer', ...scopeKinds),
  realms: fc.constantFrom<Role['realms']>(['staff'], ['client'], ['staff', 'client'], ['staff', 'client']),
  permissions: fc.oneof(held, fc.constant(somePermissions)),
}

// Mostly plain, sometimes with everything that a role, a grant or a request can have, so that not all is refused.
const plainRole = fc.record(ofRole)
const markedRole = fc.record(
  { ...ofRole, interfaceOnly: fc.boolean(), clientAtOrganization: fc.boolean() },
  { requiredKeys: ['name', 'set', 'scopeKind', 'realms', 'permissions'] },
)
const role: fc.Arbitrary<Omit<Role, 'id'>> = fc.oneof(plainRole, markedRole)

const holders = ['u', 'U', 'v', 't', 'T']

const ofGrant = {
  subjectId: fc.constantFrom(...holders),
  roleId: fc.constantFrom('r0', 'r0', 'r1', 'r1', 'r2', 'unknown'),
  scope: fc.oneof(fc.constantFrom(...scopes), fc.constantFrom(organization, customerX)),
}

const narrowedGrant = fc.record(
  {
    ...ofGrant,
    patterns: fc.array(pattern, { maxLength: 2 }),
    startsAt: moment,
    endsAt: moment,
    reviewRequired: fc.boolean(),
  },
  { requiredKeys: ['subjectId', 'roleId', 'scope'] },
)

export const grant: fc.Arbitrary<Omit<Grant, 'id'>> = fc.oneof(fc.record(ofGrant), narrowedGrant)

const realm = fc.constantFrom('staff' as const, 'staff' as const, 'client' as const)
const teamIds = fc.subarray(['t', 'T'])

export const world: fc.Arbitrary<World> = fc.record({
  roles: fc.tuple(role, role, role).map((all) => all.map((each, number): Role => ({ ...each, id: `r${number}` }))),
  // Few grants too, so that what one gives is not given by another anyway.
  grants: fc
    .oneof(
      fc.array(grant, { minLength: 1, maxLength: 2 }),
      fc.array(grant, { minLength: 3, maxLength: 14, size: 'max' }),
    )
    .map((all) => all.map((each, number) => ({ ...each, id: `g${number}` }))),
  people: fc.tuple(
    fc.record({ id: fc.constant('u'), realm, teamIds }),
    fc.record({ id: fc.constant('U'), realm, teamIds }),
    fc.record({ id: fc.constant('v'), realm, teamIds }),
  ),
})

const customerCeilings = fc
  .subarray(['x', 'y'])
  .chain((ids) =>
    fc.tuple(
      ...ids.map((customerId) =>
        fc.record({ customerId: fc.constant(customerId), permissions: held, roleIds: fc.constant(['r0']) }),
      ),
    ),
  )

export const apiKey: fc.Arbitrary<ApiKeyCeiling> = fc.record(
  {
    permissions: fc.oneof(fc.constant('all' as const), held),
    scopes: fc.oneof(fc.constant('all' as const), fc.subarray([...scopes])),
    patterns: fc.array(pattern, { maxLength: 2 }),
    networkAllowed: fc.boolean(),
    endsAt: moment,
    idleLimit: moment,
    lastUsedAt: fc.integer({ min: -3, max: 3 }),
  },
  { requiredKeys: ['permissions', 'scopes'] },
)

const ceilings: fc.Arbitrary<Ceilings> = fc.record(
  { apiKey, customers: customerCeilings, viewAs: fc.boolean() },
  { requiredKeys: [] },
)

/** A request of somebody of the world, with ceilings or without; most of them aimed at what a grant gives. */
export function requestIn(world: World): fc.Arbitrary<AccessRequest> {
  const bare = fc.record({
    subject: fc.constantFrom(...world.people),
    permission: fc.constantFrom(...somePermissions),
    resource: fc.tuple(fc.constantFrom(...resources), fc.option(record, { nil: undefined })).map(([resource, of]) => {
      return of === undefined || resource.kind !== 'zone' ? resource : { ...resource, record: of }
    }),
    now: moment,
    channel: fc.constantFrom('interface' as const, 'interface' as const, 'api' as const),
  })
  const any = fc.oneof(
    bare,
    fc.tuple(bare, ceilings).map(([request, each]) => ({ ...request, ceilings: each })),
  )
  const aimed = (request: fc.Arbitrary<AccessRequest>) =>
    fc.tuple(request, fc.nat(), fc.nat()).map(([each, ...aim]) => aimAt(each, { ...world, resources }, ...aim))
  return fc.oneof(any, aimed(bare), aimed(any))
}

/** The request turned to what one of the grants gives, or just misses: by a label, a type, a moment. */
export function aimAt(
  request: AccessRequest,
  world: World & { readonly resources: readonly Resource[] },
  which: number,
  how: number,
): AccessRequest {
  let rest = how
  const pick = <Each>(list: readonly Each[]): Each | undefined => {
    const length = Math.max(1, list.length)
    const each = list[rest % length]
    rest = Math.floor(rest / length)
    return each
  }
  const grant = world.grants[which % Math.max(1, world.grants.length)]
  const role = world.roles.find(({ id }) => id === grant?.roleId)
  if (grant === undefined || role === undefined) return request
  const now = pick([request.now, request.now, grant.startsAt, grant.endsAt]) ?? request.now
  const holders = world.people.filter(({ id, teamIds }) => [id, ...teamIds].includes(grant.subjectId))
  const subject = pick(holders) ?? request.subject
  const permission = pick(role.permissions) ?? request.permission
  const { kind, id } = grant.scope
  const below = world.resources.filter(({ ancestors }) =>
    ancestors.some((each) => each.kind === kind && each.id === id),
  )
  const { record: _, ...resource } = pick(below) ?? request.resource
  const near = pick([undefined, ...(grant.patterns ?? []).flatMap(recordsNear)])
  return {
    ...request,
    subject,
    permission,
    now,
    resource: near === undefined ? resource : { ...resource, record: near },
  }
}

function recordsNear(pattern: RecordPattern): RecordRef[] {
  const top = pattern.kind === 'first_label' ? [pattern.label, ...(pattern.under ?? [])] : pattern.labels
  const dotted = top.length < 2 ? [] : [[top.slice(0, 2).join('.'), ...top.slice(2)]]
  const parted = top.flatMap((label, place) =>
    label.includes('.') ? [[...top.slice(0, place), ...label.split('.'), ...top.slice(place + 1)]] : [],
  )
  const starred = top[0] === '*' ? [['b', ...top.slice(1)]] : []
  const named = [...(pattern.types === 'all' ? ['A'] : pattern.types), 'NS', 'CNAME']
  return [top, ['b', ...top], ...dotted, ...parted, ...starred].flatMap((labels) =>
    named.map((type) => ({ labels, type })),
  )
}

export const worldAndRequest: fc.Arbitrary<readonly [World, AccessRequest]> = world.chain((each) =>
  fc.tuple(fc.constant(each), requestIn(each)),
)
