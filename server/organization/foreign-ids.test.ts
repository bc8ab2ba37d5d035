import { type OperationId, operations, paths } from '@zoneward/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
/** Ids of things of the clinic and of the agency itself, which the bakery's people may not know of. */
let foreign: Record<string, string>

const never = '01a20077-0000-7000-8000-000000000000'

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  foreign = await foreignIds()
})
afterAll(() => product.stop())

async function foreignIds(): Promise<Record<string, string>> {
  const owner = cast.as['agency-owner']
  const zone_id = cast.zones['clinic.example'] ?? ''
  const [record] = (await owner.get(`/v1/zones/${zone_id}/records?limit=1`)).body.items
  const [change] = (await owner.get(`/v1/zones/${zone_id}/changes`)).body.items
  const user_id = cast.personas['clinic-viewer'].id
  const [grant] = (await owner.get(`/v1/grants?subject_id=${user_id}`)).body.items
  const invitation = await owner.post('/v1/invitations', {
    realm: 'client',
    email: 'new@clinic.example',
    customer_id: cast.customers['Clinic'],
    grants: [{ role_id: 'msp.viewer' }],
  })
  return {
    zone_id,
    record_id: record.id,
    change_id: change.id,
    customer_id: cast.customers['Clinic'] ?? '',
    provider_id: cast.providers['Pine DNS'] ?? '',
    user_id,
    client_user_id: user_id,
    member_id: cast.personas['agency-member'].id,
    grant_id: grant.id,
    invitation_id: invitation.body.id,
    api_key_id: (await owner.get('/v1/api-keys')).body.items[0].id,
    assertion_id: (
      await owner.post('/v1/assertions', {
        who: { kind: 'realm', realm: 'client' },
        permission: 'subscription.manage',
        at: { kind: 'customer', id: cast.customers['Clinic'] },
      })
    ).body.id,
    team_id: (await owner.post('/v1/teams', { name: 'Desk' })).body.id,
    role_id: (await owner.post('/v1/roles', { name: 'Night watch', based_on: 'msp.viewer' })).body.id,
    hosting_id: (await owner.post('/v1/hostings', { customer_id: cast.customers['Clinic'], name: 'Ward' })).body.id,
    view_as_id: (await owner.post('/v1/view-as', { subject_id: user_id })).body.id,
    organization_id: cast.organization,
    service_account_id: (await owner.post('/v1/service-accounts', { name: 'Robot' })).body.id,
    guest_link_id: (await owner.post('/v1/guest-links', guestLink(zone_id))).body.id,
    proposal_id: (await owner.post(`/v1/zones/${zone_id}/proposals`, suggestion)).body.proposal.id,
    access_request_id: (await cast.as['clinic-viewer'].post('/v1/access-requests', asking(zone_id))).body.id,
    access_review_id: (await owner.post('/v1/access-reviews', { customer_id: cast.customers['Clinic'] })).body.id,
  }
}

const suggestion = { operations: [{ op: 'create', name: 'proposed', type: 'A', data: '192.0.2.1' }] }

function guestLink(zone_id: string) {
  return {
    zone_id,
    patterns: [{ names: ['**.clinic.example'] }],
    ends_at: new Date(Date.now() + 3_600_000).toISOString(),
  }
}

function asking(zone_id: string) {
  return { permission: 'records.write', resource: { kind: 'zone', id: zone_id }, reason: 'a new server' }
}

const bodies: Partial<Record<OperationId, object>> = {
  'customers.update': { name: 'Mine' },
  'customer_ceilings.replace': { permissions: null, role_ids: null, seats: null },
  'hostings.update': { name: 'Mine' },
  'roles.update': { name: 'Mine' },
  'teams.update': { name: 'Mine' },
  'providers.update': { name: 'Mine' },
  'zones.update': { customer_id: null },
  'zones.file.replace': { zone_file: '$TTL 1\n' },
  'records.create': { name: 'www', type: 'A', data: '192.0.2.1' },
  'records.update': { ttl: 60 },
  'changes.create': { operations: [{ op: 'create', name: 'www', type: 'A', data: '192.0.2.1' }] },
  'changes.revert': {},
  'service_accounts.update': { name: 'Mine' },
  'service_accounts.keys.create': { name: 'mine' },
  'proposals.create': suggestion,
  'proposals.approve': {},
  'proposals.reject': { reason: 'no' },
  'grants.update': { ends_at: null },
  'access_requests.decide': { decision: 'refuse' },
  'access_reviews.decide': { decisions: [{ grant_id: never, verdict: 'confirmed' }] },
  'zone_access.replace': { levels: [] },
  'provider_access.replace': { provider_ids: [] },
}

const withIds = (Object.keys(paths) as OperationId[]).filter((id) => /\{\w+_id\}/.test(paths[id][1]))

function ask(caller: Caller, id: OperationId, ids: Record<string, string>) {
  const body = 'body' in operations[id] ? (bodies[id] ?? {}) : undefined
  return caller.call(id, ids, body)
}

test('every operation whose path has an id is asked here', () => {
  expect(withIds.length).toBeGreaterThan(20)
  for (const id of withIds) {
    for (const [, name = ''] of paths[id][1].matchAll(/\{(\w+)\}/g)) expect(foreign[name], `${id} ${name}`).toBeTruthy()
    if ('body' in operations[id]) expect(bodies[id], id).toBeDefined()
  }
})

test('[S1-2] ids of another client, and of the agency itself, are answered like ids that never were', async () => {
  const missing = Object.fromEntries(Object.keys(foreign).map((name) => [name, never]))
  for (const name of ['bakery-admin', 'bakery-developer', 'bakery-viewer'] as const) {
    for (const id of withIds) {
      const [theirs, none] = [await ask(cast.as[name], id, foreign), await ask(cast.as[name], id, missing)]
      expect(theirs.text, `${name} ${id}`).toBe(none.text)
      expect(theirs.status, `${name} ${id} ${theirs.text}`).toBe(none.status)
      expect([403, 404], `${name} ${id} ${theirs.text}`).toContain(theirs.status)
      // Whatever hangs at a place is not found; only staff's own matters are refused by name, whatever the id.
      if (
        /zone_id|customer_id|hosting_id|invitation_id|client_user_id|grant_id|api_key_id|access_request_id|access_review_id/.test(
          paths[id][1],
        )
      )
        expect(theirs.status, `${name} ${id}`).toBe(404)
    }
  }
})

test('ids of another organization are answered like ids that never were, to its owner too', async () => {
  const outsider = cast.as['outsider-owner']
  const missing = Object.fromEntries(Object.keys(foreign).map((name) => [name, never]))
  for (const id of withIds) {
    const [theirs, none] = [await ask(outsider, id, foreign), await ask(outsider, id, missing)]
    expect(theirs.text, id).toBe(none.text)
    expect(theirs.status, `${id} ${theirs.text}`).toBe(404)
  }
})
