import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency } from '../access/testing/agency.ts'

// Sequences of changes, each previewed and then really made by the same requests: the preview's refusals are what the
// requests were answered, and what it says of access is what the checks before and after differ in.

const rounds = 200
const seed = Number(process.env['ZONEWARD_TEST_SEED'] ?? 11)

let product: Product
let agency: Agency
let owner: Agency['as']['owner']
let team: string
let role: string

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
  owner = agency.as.owner
  team = (await owner.post('/v1/teams', { name: 'Desk' })).body.id
  const based = { based_on: 'zones.read_only', name: 'Own', description: '', permissions: ['zones.view'] }
  role = (await owner.post('/v1/roles', based)).body.id
  expect(role).toBeTruthy()
})
afterAll(() => product?.stop())

/** Mulberry32: the same sequence for the same seed. */
function randomFrom(state: number) {
  let now = state
  const next = () => {
    now = (now + 0x6d2b79f5) | 0
    let mixed = Math.imul(now ^ (now >>> 15), 1 | now)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (most: number) => Math.floor(next() * most)
  return { below, pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item }
}
type Random = ReturnType<typeof randomFrom>

type Step = { operation: Parameters<typeof owner.call>[0]; params?: Record<string, string>; body?: unknown }
type Place = { kind: 'organization' | 'customer' | 'provider' | 'zone'; id: string }

const rolesOf: Record<Place['kind'], string[]> = {
  organization: ['msp.admin', 'domains.developer', 'domains.user', 'monitoring.member'],
  customer: ['msp.client_admin', 'msp.developer', 'msp.viewer', 'hosting.manager', 'hosting.domain'],
  provider: ['monitoring.client'],
  zone: ['zones.read_only', 'zones.read_write'],
}
const permissions = [
  ...([
    'zones.view',
    'records.view',
    'records.write',
    'zones.create',
    'grants.manage',
    'api.use',
    'audit.view',
  ] as const),
]

function places(): Place[] {
  return [
    { kind: 'organization', id: agency.org },
    ...Object.values(agency.customers).map((id) => ({ kind: 'customer' as const, id })),
    ...Object.values(agency.providers).map((id) => ({ kind: 'provider' as const, id })),
    ...Object.values(agency.zones).map((id) => ({ kind: 'zone' as const, id })),
  ]
}

const people = () => Object.entries(agency.ids).filter(([who]) => who !== 'outsider')

async function randomStep(random: Random): Promise<Step> {
  const [, person] = random.pick(people()) as [string, string]
  const place = random.pick(places())
  const subject_id = random.below(5) === 0 ? team : person
  const patterns = random.below(4) === 0 ? [{ names: ['_acme-challenge.**'], types: ['TXT'] }] : null
  const own = place.kind === 'zone' && random.below(2) === 0
  const role_id = own ? role : random.pick(rolesOf[place.kind])
  const times = random.below(4) === 0 ? { ends_at: '2031-01-01T00:00:00Z' } : {}
  const grants = (await owner.get('/v1/grants?limit=200')).body.items as { id: string; scope: Place }[]
  const grant = random.pick(grants)
  const zone_id = random.pick(Object.values(agency.zones))
  const customer = random.pick([...Object.values(agency.customers)])
  const steps: Step[] = [
    { operation: 'grants.create', body: { subject_id, role_id, scope: place, patterns, ...times } },
    { operation: 'grants.create', body: { subject_id, role_id, scope: place } },
    { operation: 'grants.delete', params: { grant_id: grant.id } },
    {
      operation: 'grants.update',
      params: { grant_id: grant.id },
      body: { role_id: random.pick(rolesOf[grant.scope.kind]) },
    },
    { operation: 'teams.members.add', params: { team_id: team, user_id: person } },
    { operation: 'teams.members.remove', params: { team_id: team, user_id: person } },
    { operation: 'zones.update', params: { zone_id }, body: { customer_id: random.pick([customer, null]) } },
    {
      operation: 'zones.update',
      params: { zone_id },
      body: { provider_id: random.pick(Object.values(agency.providers)) },
    },
    {
      operation: 'roles.update',
      params: { role_id: role },
      body: { permissions: ['zones.view', ...permissions.slice(1, random.below(4) + 1)] },
    },
    {
      operation: 'customer_ceilings.replace',
      params: { customer_id: customer },
      body: {
        permissions: ['dashboard.view', 'zones.view', ...permissions.filter(() => random.below(2) === 0)],
        role_ids: rolesOf.customer,
        seats: null,
      },
    },
    {
      operation: 'zone_access.replace',
      params: { user_id: person },
      body: { levels: [{ zone_id, level: random.pick(['none', 'read', 'write']) }] },
    },
    { operation: 'organization.update', body: { role_set: random.pick(['msp', 'hosting', 'zones']) } },
  ]
  return random.pick(steps)
}

/** Assertions of every kind, as far as they hold at the beginning; how many do. */
async function stateSome(): Promise<number> {
  const customer = { kind: 'customer', id: agency.customers.bakery }
  const whom = [
    { kind: 'realm', realm: 'client' },
    { kind: 'subject', subject_id: agency.ids.member },
    { kind: 'subject', subject_id: team },
    { kind: 'role', role_id: 'msp.viewer', scope: customer },
  ]
  const spots = [customer, { kind: 'provider', id: agency.providers.own }, { kind: 'zone', id: agency.zones.clinic }]
  let held = 0
  for (const [place, who] of whom.entries()) {
    for (const at of spots) {
      for (const permission of ['zones.create', 'records.write', 'grants.manage']) {
        const record =
          permission === 'records.write' && place < 2 ? { record: { name: '_acme-challenge.**', types: ['TXT'] } } : {}
        const except = place === 1 ? [] : [agency.ids.bakeryAdmin]
        const answer = await owner.post('/v1/assertions', { who, permission, at, except, ...record })
        expect([201, 409], answer.text).toContain(answer.status)
        if (answer.status === 201) held += 1
      }
    }
  }
  return held
}

async function expectAllHold(steps: string) {
  const { items } = (await owner.post('/v1/assertions/checks', {})).body
  expect(
    items.filter((one: { holds: boolean }) => !one.holds),
    steps,
  ).toEqual([])
}

type Snapshot = { allowed: Map<string, boolean>; above: Map<string, string[]> }

/** Every answer to person × place × permission, plain and for two records, and what each zone hangs below. */
async function takeSnapshot(): Promise<Snapshot> {
  const checks: { key: string; check: object }[] = []
  const names = new Map(
    (await owner.get('/v1/zones')).body.items.map((zone: { id: string; name: string }) => [zone.id, zone.name]),
  )
  for (const [, subject_id] of people()) {
    for (const resource of places()) {
      for (const permission of permissions) {
        const check = { subject_id, permission, resource }
        const key = `${subject_id} ${resource.id} ${permission}`
        const apex = names.get(resource.id)
        if (permission.startsWith('records.') && apex) {
          checks.push({ key: `${key} all`, check: { ...check, record: { name: `www.${apex}`, type: 'A' } } })
          checks.push({
            key: `${key} some`,
            check: { ...check, record: { name: `_acme-challenge.${apex}`, type: 'TXT' } },
          })
        } else {
          checks.push({ key: `${key} all`, check })
        }
      }
    }
  }
  const allowed = new Map<string, boolean>()
  for (let at = 0; at < checks.length; at += 2000) {
    const some = checks.slice(at, at + 2000)
    const answer = await owner.post('/v1/access/checks', { checks: some.map(({ check }) => check) })
    expect(answer.status, answer.text).toBe(200)
    for (const [place, { key }] of some.entries()) allowed.set(key, answer.body.answers[place].allowed)
  }
  const zones = await product.database.asSuperuser('select id, provider_id, customer_id from zone')
  const above = new Map(
    zones.map(({ id, provider_id, customer_id }) => [
      String(id),
      [String(id), String(provider_id), String(customer_id), agency.org],
    ]),
  )
  return { allowed, above }
}

type Difference = { subject: { id: string }; resource: Place; gained: Holding[]; lost: Holding[] }
type Holding = { permission: string; records: 'all' | string[]; from: string | null }

/** What the preview says holds now is what the checks say. */
function expectTrue(differences: Difference[], before: Snapshot, after: Snapshot, steps: string) {
  const known = new Set<string>(permissions)
  for (const { subject, resource, gained, lost } of differences) {
    for (const [holdings, had, has] of [
      [gained, before, after],
      [lost, after, before],
    ] as const) {
      for (const { permission, records, from } of holdings) {
        if (from !== null || !known.has(permission)) continue
        const which = records !== 'all' && permission.startsWith('records.') ? 'some' : 'all'
        const key = `${subject.id} ${resource.id} ${permission} ${which}`
        // Of a place that is above zones nobody is asked for a record: a pattern shows in the zones.
        if (records !== 'all' && resource.kind !== 'zone') continue
        expect(has.allowed.get(key), `${key}\n${steps}`).toBe(true)
        // By a pattern the zone, and above zones some record, was seen before as well.
        const byPattern = permission === 'zones.view' || (permission === 'records.view' && resource.kind !== 'zone')
        if (!byPattern) expect(had.allowed.get(key), `${key}\n${steps}`).toBe(false)
      }
    }
  }
}

/** What the checks differ in is in the preview, there or above. */
function expectWhole(differences: Difference[], before: Snapshot, after: Snapshot, steps: string) {
  const told = new Set<string>()
  for (const { subject, resource, gained, lost } of differences) {
    for (const { permission } of gained) told.add(`+ ${subject.id} ${resource.id} ${permission}`)
    for (const { permission } of lost) told.add(`- ${subject.id} ${resource.id} ${permission}`)
  }
  for (const [key, now] of after.allowed) {
    if (before.allowed.get(key) === now) continue
    const [subjectId = '', placeId = '', permission = ''] = key.split(' ')
    const above = [placeId, ...(before.above.get(placeId) ?? []), ...(after.above.get(placeId) ?? []), agency.org]
    const found = above.some((id) => told.has(`${now ? '+' : '-'} ${subjectId} ${id} ${permission}`))
    expect(found, `${now ? 'gained' : 'lost'} ${key}\n${steps}`).toBe(true)
  }
}

test(`[X-5] [X-6] of ${rounds} random sequences of changes, each preview is what the real changes then did, and every assertion goes on to hold`, async () => {
  const random = randomFrom(seed)
  let before = await takeSnapshot()
  let changed = 0
  let refused = 0
  let broken = 0
  expect(await stateSome()).toBeGreaterThan(5)
  for (let round = 0; round < rounds; round += 1) {
    const steps: Step[] = []
    for (let count = random.below(3); count >= 0; count -= 1) steps.push(await randomStep(random))
    const words = `round ${round}: ${JSON.stringify(steps)}`
    const previewed = await owner.post('/v1/access/previews', { steps })
    expect(previewed.status, `${previewed.text}\n${words}`).toBe(200)
    const answers: Answer[] = []
    for (const { operation, params, body } of steps) answers.push(await owner.call(operation, params, body))
    const real = answers.flatMap(({ status, body }, step) =>
      status >= 400 ? [{ step, operation: steps[step]?.operation, problem: body }] : [],
    )
    expect(previewed.body.refusals, words).toEqual(real)
    broken += real.filter(({ problem }) => problem.assertion !== undefined).length
    if (round % 5 === 4) await expectAllHold(words)
    const after = await takeSnapshot()
    const { differences } = previewed.body
    expectTrue(differences, before, after, words)
    expectWhole(differences, before, after, words)
    if (differences.length > 0) changed += 1
    refused += real.length
    before = after
  }
  expect(changed).toBeGreaterThan(rounds / 4)
  expect(refused).toBeGreaterThan(rounds / 20)
  expect(broken).toBeGreaterThan(0)
}, 1_800_000)
