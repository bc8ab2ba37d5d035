import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, type Product, startProduct } from '../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../access/testing/agency.ts'
import { newId } from '../ids.ts'

let product: Product
let agency: Agency

beforeAll(async () => {
  product = await startProduct()
  agency = await layDownAgency(product)
})
afterAll(() => product.stop())

const begin = (who: Persona, whom: Persona) =>
  agency.as[who].post('/v1/view-as', { subject_id: agency.ids[whom], reason: 'Ticket 7' })

async function viewing(who: Persona, whom: Persona) {
  const { status, body, text } = await begin(who, whom)
  expect(status, text).toBe(201)
  return { id: body.id as string, through: { 'zoneward-view-as': body.id as string } }
}

const zoneNames = async (caller: Caller, headers = {}) =>
  (await caller.get('/v1/zones', headers)).body.items.map(({ name }: { name: string }) => name)

describe('[X-9] looking as somebody else', () => {
  test('shows exactly what a client account sees, through the portal’s walls', async () => {
    const { through } = await viewing('admin', 'bakeryViewer')
    const { admin, bakeryViewer } = agency.as
    for (const path of ['/v1/zones', '/v1/customers', '/v1/dashboard', `/v1/zones/${agency.zones.bakery}/records`]) {
      const [seen, own] = [await admin.get(path, through), await bakeryViewer.get(path)]
      expect([seen.status, seen.text], path).toEqual([own.status, own.text])
    }
    expect(await zoneNames(admin, through)).toEqual(['bakery.example', 'orders.bakery.example'])
    expect(await zoneNames(admin)).toContain('clinic.example')
    expect((await admin.get('/v1/members', through)).status).toBe(403)
    expect((await admin.get(`/v1/zones/${agency.zones.clinic}`, through)).status).toBe(404)
  })

  test('shows what a member sees, teams and all', async () => {
    const { through } = await viewing('owner', 'member')
    expect(await zoneNames(agency.as.owner, through)).toEqual(await zoneNames(agency.as.member))
    const me = (await agency.as.owner.get('/v1/me', through)).body
    expect(me.user).toMatchObject({ id: agency.ids.member, name: 'Mia Member', operator: false })
    expect(me.view_as).toMatchObject({ viewer: 'Olga Owner', subject: 'Mia Member' })
  })

  test('tells what the person holds, so that menus and pages are theirs, writes and all', async () => {
    for (const persona of ['member', 'bakeryAdmin', 'bakeryViewer'] as const) {
      const { through } = await viewing('owner', persona)
      const seen = (await agency.as.owner.get('/v1/me', through)).body
      const own = (await agency.as[persona].get('/v1/me')).body
      expect(seen.permissions, persona).toEqual(own.permissions)
      expect(seen.grants, persona).toEqual(own.grants)
    }
    const { through } = await viewing('owner', 'member')
    expect((await agency.as.owner.get('/v1/me', through)).body.permissions['api_keys.create']).toEqual(['organization'])
    // Held, and still out of a view's reach.
    const resource = { kind: 'organization', id: agency.org }
    const check = { checks: [{ permission: 'api_keys.create', resource }] }
    expect((await agency.as.owner.post('/v1/access/checks', check, through)).body.answers[0].allowed).toBe(false)
    expect((await agency.as.member.post('/v1/access/checks', check)).body.answers[0].allowed).toBe(true)
  })

  test('lasts half an hour, and says so', async () => {
    const { body } = await begin('admin', 'bakeryAdmin')
    const minutes = (Date.parse(body.ends_at) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(29)
    expect(minutes).toBeLessThanOrEqual(30)
    expect(body).toMatchObject({ realm: 'client', name: 'Bella Baker', portal: { title: 'The bakery' } })
  })

  test('names both in the audit log, and ends as the viewer', async () => {
    const { id, through } = await viewing('admin', 'bakeryDeveloper')
    expect((await agency.as.admin.delete(`/v1/view-as/${id}`, through)).status).toBe(204)
    expect((await agency.as.admin.delete(`/v1/view-as/${id}`)).status).toBe(404)
    const { body } = await agency.as.owner.get('/v1/audit-events?action=view_as&limit=2')
    const [ended, started] = body.items
    expect(started).toMatchObject({
      action: 'view_as.started',
      sentence: 'Adam Admin began to look as Dora Developer.',
      actor: { id: agency.ids.admin, role: 'Admin' },
      customer: { id: agency.customers.bakery },
      facts: {
        viewer: 'Adam Admin',
        viewed: 'Dora Developer',
        subject_id: agency.ids.bakeryDeveloper,
        reason: 'Ticket 7',
      },
    })
    expect(ended).toMatchObject({ action: 'view_as.ended', sentence: 'Adam Admin ended looking as Dora Developer.' })
    // A client never learns of it.
    const theirs = await agency.as.bakeryAdmin.get('/v1/audit-events')
    expect(theirs.text).not.toContain('view_as')
  })

  test('in its portal it is answered, in another it is nobody', async () => {
    const { body } = await begin('admin', 'bakeryAdmin')
    const at = (portal: string) => ({ 'zoneward-view-as': body.id, 'zoneward-portal': portal })
    expect((await agency.as.admin.get('/v1/me', at(body.portal.slug))).body.user.name).toBe('Bella Baker')
    expect((await agency.as.admin.get('/v1/me', at('elsewhere'))).status).toBe(401)
  })
})

describe('[X-9] a view reads only', () => {
  test('every write is refused in plain words, whatever the person may', async () => {
    const { through } = await viewing('owner', 'admin')
    const zone = agency.zones.bakery
    const { owner } = agency.as
    const record = { name: 'x.bakery.example', type: 'A', data: '192.0.2.1' }
    const tries = [
      owner.post(`/v1/zones/${zone}/records`, record, through),
      owner.post(`/v1/zones/${zone}/changes`, { operations: [{ op: 'create', ...record }], dry_run: true }, through),
      owner.delete(`/v1/zones/${zone}`, through),
      owner.post('/v1/customers', { name: 'New' }, through),
      owner.post('/v1/api-keys', { name: 'k' }, through),
      owner.put('/v1/me/password', { current: 'x', password: 'y' }, through),
      owner.delete('/v1/sessions/current', through),
      owner.get('/v1/audit-events/export', through),
      owner.post('/v1/view-as', { subject_id: agency.ids.member }, through),
      owner.put('/v1/sessions/current/organization', { organization_id: agency.org }, through),
    ]
    for (const answer of await Promise.all(tries)) {
      expect(answer.status, answer.text).toBe(403)
      expect(answer.body.detail).toMatch(/looking as somebody else, and nothing is changed/)
    }
    const check = { checks: [{ permission: 'records.write', resource: { kind: 'zone', id: zone } }] }
    expect((await owner.post('/v1/access/checks', check, through)).body.answers[0].allowed).toBe(false)
    expect((await owner.get('/v1/me')).status).toBe(200)
  })
})

describe('[X-9] nobody looks as somebody they may not', () => {
  test('as somebody above, oneself, or without the permission', async () => {
    const above = await begin('admin', 'owner')
    expect([above.status, above.body.permission]).toEqual([403, 'organization.delete'])
    expect((await begin('admin', 'admin')).status).toBe(409)
    const without = await begin('member', 'bakeryViewer')
    expect([without.status, without.body.permission]).toEqual([403, 'view_as.use'])
    expect((await begin('bakeryAdmin', 'bakeryViewer')).status).toBe(403)
  })

  test('as somebody who is more at one place only', async () => {
    const team = (await agency.as.owner.post('/v1/teams', { name: 'Bills' })).body.id
    await agency.as.owner.put(`/v1/teams/${team}/members/${agency.ids.member}`)
    const grant = { subject_id: team, role_id: 'msp.owner', scope: { kind: 'organization', id: agency.org } }
    expect((await agency.as.owner.post('/v1/grants', grant)).status).toBe(201)
    expect((await begin('admin', 'member')).status).toBe(403)
    expect((await agency.as.owner.delete(`/v1/teams/${team}`)).status).toBe(204)
    expect((await begin('admin', 'member')).status).toBe(201)
  })

  test('as somebody of another organization, a team, or nobody at all: all the same', async () => {
    const missing = await agency.as.owner.post('/v1/view-as', { subject_id: newId() })
    const team = (await agency.as.owner.post('/v1/teams', { name: 'Desk' })).body.id
    const teams = await agency.as.owner.post('/v1/view-as', { subject_id: team })
    const foreign = await begin('owner', 'outsider')
    expect([missing.status, foreign.status, teams.status]).toEqual([404, 404, 404])
    expect([foreign.text, teams.text]).toEqual([missing.text, missing.text])
  })

  test('with a key', async () => {
    const key = await agency.keyOf('owner')
    expect((await key.post('/v1/view-as', { subject_id: agency.ids.bakeryViewer })).status).toBe(403)
    const { through } = await viewing('owner', 'bakeryViewer')
    expect((await key.get('/v1/me', through)).status).toBe(403)
  })
})

describe('[X-9] a view is of one session, and judged on every request', () => {
  const read = (who: Persona, id: string) => agency.as[who].get('/v1/zones', { 'zoneward-view-as': id })

  test('a made-up id, that of another member, and one from a portal open nothing', async () => {
    const { id } = await viewing('owner', 'bakeryViewer')
    expect((await read('owner', id)).status).toBe(200)
    for (const [who, tried] of [
      ['owner', newId()],
      ['owner', 'nonsense'],
      ['owner', agency.ids.bakeryViewer],
      ['admin', id],
      ['outsider', id],
      ['bakeryViewer', id],
      ['bakeryAdmin', id],
    ] as const) {
      expect((await read(who, tried)).status, `${who} ${tried}`).toBe(403)
    }
    expect((await product.nobody.get('/v1/zones', { 'zoneward-view-as': id })).status).toBe(401)
    expect((await agency.as.admin.delete(`/v1/view-as/${id}`)).status).toBe(404)
    expect((await read('owner', id)).status).toBe(200)
  })

  test('it ends with its time, and when another begins', async () => {
    const first = await viewing('owner', 'bakeryViewer')
    const second = await viewing('owner', 'clinicViewer')
    expect((await read('owner', first.id)).status).toBe(403)
    await product.database.asSuperuser('update view_as set ends_at = now() where id = $1', [second.id])
    expect((await read('owner', second.id)).status).toBe(403)
  })

  test('it ends when the viewer may no longer, and when the viewed holds more', async () => {
    const { id } = await viewing('admin', 'bakeryViewer')
    expect((await read('admin', id)).status).toBe(200)
    await agency.grant('bakeryViewer', 'hosting.customer_admin', { kind: 'customer', id: agency.customers.bakery })
    expect((await read('admin', id)).status).toBe(200)
    const grants = (await agency.as.owner.get(`/v1/grants?subject_id=${agency.ids.admin}`)).body.items
    await agency.as.owner.patch(`/v1/grants/${grants[0].id}`, { role_id: 'msp.member' })
    const { status, body } = await read('admin', id)
    expect([status, body.permission]).toEqual([403, 'view_as.use'])
    await agency.as.owner.patch(`/v1/grants/${grants[0].id}`, { role_id: 'msp.admin' })
    expect((await read('admin', id)).status).toBe(200)
  })

  test('it ends with the person', async () => {
    const { id } = await viewing('owner', 'clinicViewer')
    expect((await agency.as.owner.delete(`/v1/client-users/${agency.ids.clinicViewer}`)).status).toBe(204)
    expect((await read('owner', id)).status).toBe(403)
  })
})
