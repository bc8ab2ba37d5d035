import { type OperationId, paths } from '@zoneward/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product.stop())

const staffWords = ['Olive', 'Piet', 'Mara', 'olive@', 'piet@', 'mara@', 'msp.owner', 'msp.admin', 'msp.member']

test('[S1-3] nothing that a client can read has a name, an address or a role of staff', async () => {
  const owner = cast.as['agency-owner']
  const zone_id = cast.zones['bakery.example'] ?? ''
  const written = await owner.post(`/v1/zones/${zone_id}/records`, {
    name: 'by-staff.bakery.example',
    type: 'TXT',
    data: '"x"',
  })
  expect(written.status, written.text).toBe(201)
  const changes = (await owner.get(`/v1/zones/${zone_id}/changes`)).body.items
  const ids = {
    zone_id,
    record_id: written.body.id,
    change_id: changes[0].id,
    customer_id: cast.customers['Bakery'] ?? '',
    provider_id: cast.providers['Harbour DNS'] ?? '',
    user_id: cast.personas['bakery-viewer'].id,
    slug: 'bakery',
  }
  const query: Partial<Record<OperationId, string>> = {
    'access.holders': `?permission=records.write&resource_kind=zone&resource_id=${zone_id}`,
  }
  const reads = (Object.keys(paths) as OperationId[]).filter((id) => paths[id][0] === 'GET' && id !== 'openapi.read')
  for (const name of ['bakery-admin', 'bakery-developer', 'bakery-viewer'] as const) {
    let answered = 0
    for (const id of reads) {
      const path = paths[id][1].replaceAll(/\{(\w+)\}/g, (_, key: keyof typeof ids) => ids[key])
      const answer = await cast.as[name].get(`${path}${query[id] ?? ''}`)
      if (answer.status === 200) answered += 1
      for (const word of staffWords) expect(answer.text, `${name} ${id}`).not.toContain(word)
    }
    expect(answered).toBeGreaterThan(12)
  }
})

test('[S1-3] a refusal names the provider, never a person of it', async () => {
  const path = `/v1/zones/${cast.zones['bakery.example']}/records`
  const body = { name: 'www9.bakery.example', type: 'A', data: '192.0.2.1' }
  const answer = await cast.as['bakery-viewer'].post(path, body)
  expect(answer.status).toBe(403)
  expect(answer.body.permission).toBe('records.write')
  expect(answer.body.who_can_give).toContain('your provider')
  for (const word of staffWords) expect(answer.text).not.toContain(word)
})

test('the dashboard counts what each sees, and nothing else', async () => {
  const of = async (name: keyof Cast['as']) => (await cast.as[name].get('/v1/dashboard')).body
  const owner = await of('agency-owner')
  expect(owner).toMatchObject({ zones: 6, customers: 2, people: 9, pending_invitations: 0 })
  expect(owner.next_steps.map((step: { id: string; done: boolean }) => [step.id, step.done])).toEqual([
    ['add_provider', true],
    ['import_zones', true],
    ['add_customer', true],
    ['invite_client', true],
    ['create_key', true],
  ])
  const viewer = await of('bakery-viewer')
  expect(viewer).toMatchObject({ zones: 2, customers: 0, people: 0, next_steps: [] })
  expect(viewer.recent_changes.map((change: { author: string }) => change.author)).toContain('your provider')
  expect(viewer.records).toBeLessThan(owner.records)
  expect(await of('zone-user')).toMatchObject({ zones: 2 })
  expect(await of('outsider-owner')).toMatchObject({
    zones: 0,
    records: 0,
    customers: 0,
    people: 1,
    recent_changes: [],
  })
})

test('the organization is changed by who may, and the log has old and new', async () => {
  const owner = cast.as['agency-owner']
  const changed = await owner.patch('/v1/organization', { contact: { email: 'desk@harbourpine.example' } })
  expect(changed.body.contact).toEqual({ email: 'desk@harbourpine.example' })
  expect((await cast.as['agency-member'].patch('/v1/organization', { name: 'Mine' })).status).toBe(403)
  const [event] = (await owner.get('/v1/audit-events?limit=1')).body.items
  expect(event.action).toBe('organization.changed')
  expect(event.facts.contact.old.email).toBe('help@harbourpine.example')
  expect((await product.nobody.get('/v1/portals/bakery')).body.contact.email).toBe('desk@harbourpine.example')
})

test('roles are told with a sentence; a client of those that may be handed out at its customer', async () => {
  const staff = (await cast.as['agency-owner'].get('/v1/roles')).body.items
  expect(staff.filter((role: { block: boolean }) => !role.block)).toHaveLength(23)
  const admin = staff.find((role: { id: string }) => role.id === 'msp.admin')
  expect(admin.sentence).toMatch(/^May do everything, except: .*delete the organization/)
  const client = (await cast.as['bakery-admin'].get('/v1/roles')).body.items
  const ids = client.map((role: { id: string }) => role.id)
  expect(ids.sort()).toEqual(['msp.client_admin', 'msp.developer', 'msp.viewer'])
  expect((await cast.as['bakery-viewer'].get('/v1/permissions')).body.items.length).toBeGreaterThan(60)
})
