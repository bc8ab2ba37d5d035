import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast
let owner: Caller
let number = 0

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
  owner = cast.as['agency-owner']
})
afterAll(() => product.stop())

const password = 'nine green boats at dawn'
const someone = () => `guest-${++number}@guests.example`
const tokenOf = (link: string) => link.split('#')[1] ?? ''
const accept = (link: string, name = 'New Guest') =>
  product.entering('/v1/acceptances', { token: tokenOf(link), name, password })
const preview = (link: string) => product.nobody.post('/v1/invitation-previews', { token: tokenOf(link) })
const viewerOfBakery = () => ({
  realm: 'client',
  email: someone(),
  customer_id: cast.customers['Bakery'],
  grants: [{ role_id: 'msp.viewer' }],
})

describe('an invitation', () => {
  test('[S1-18] shows exactly what it gives, is accepted once, and signs in', async () => {
    const made = await owner.post('/v1/invitations', viewerOfBakery())
    expect(made.status, made.text).toBe(201)
    expect(made.body.grants).toMatchObject([{ role: 'Viewer', scope: { kind: 'customer', name: 'Bakery' } }])
    const shown = await preview(made.body.link)
    expect(shown.body).toMatchObject({
      realm: 'client',
      organization: 'Harbour & Pine',
      portal: { slug: 'bakery', title: 'Bakery' },
      state: 'pending',
      account_exists: false,
    })
    expect(shown.body.access[0].sentence).toMatch(/see zones; see records/)
    const { answer, caller } = await accept(made.body.link)
    expect(answer.status, answer.text).toBe(201)
    expect((await caller.get('/v1/me')).body).toMatchObject({
      portal: { slug: 'bakery' },
      customer: { name: 'Bakery' },
    })
    const again = await accept(made.body.link)
    expect(again.answer.status).toBe(409)
    expect((await preview(made.body.link)).body.state).toBe('accepted')
  })

  test('[S1-18] runs out after seven days, and sent again has a new link while the old one is dead', async () => {
    const made = await owner.post('/v1/invitations', viewerOfBakery())
    const { id, link, expires_at } = made.body
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
    await product.database.asSuperuser("update invitation set expires_at = now() - interval '1 second' where id = $1", [
      id,
    ])
    expect((await preview(link)).body.state).toBe('expired')
    const late = await accept(link)
    expect(late.answer.status).toBe(409)
    expect(late.answer.body.detail).toMatch(/expired/)
    const resent = await owner.post(`/v1/invitations/${id}/mailings`)
    expect(resent.status).toBe(200)
    expect((await preview(link)).status).toBe(404)
    expect((await accept(resent.body.link)).answer.status).toBe(201)
  })

  test('revoked, it is dead; revoking twice is fine, after acceptance it is too late', async () => {
    const { id, link } = (await owner.post('/v1/invitations', viewerOfBakery())).body
    expect((await owner.delete(`/v1/invitations/${id}`)).status).toBe(204)
    expect((await owner.delete(`/v1/invitations/${id}`)).status).toBe(204)
    expect((await accept(link)).answer.body.detail).toMatch(/revoked/)
    const second = (await owner.post('/v1/invitations', viewerOfBakery())).body
    await accept(second.link)
    expect((await owner.delete(`/v1/invitations/${second.id}`)).status).toBe(409)
  })

  test('accepted by two at once, it lets one in', async () => {
    const { link } = (await owner.post('/v1/invitations', viewerOfBakery())).body
    const answers = await Promise.all([accept(link), accept(link), accept(link)])
    expect(answers.map(({ answer }) => answer.status).sort()).toEqual([201, 409, 409])
  })

  test('its mail goes to the outbox with the link and nothing of who sent it', async () => {
    const email = someone()
    const { link } = (await owner.post('/v1/invitations', { ...viewerOfBakery(), email })).body
    const folder = join(product.database.config.dataFolder, 'outbox')
    const deadline = Date.now() + 10_000
    let mail = ''
    while (!mail && Date.now() < deadline) {
      await sleep(50)
      mail =
        readdirSync(folder)
          .filter((file) => file.endsWith('.eml'))
          .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('=\r\n', ''))
          .find((text) => text.includes(`To: ${email}`)) ?? ''
    }
    expect(mail).toContain(link)
    expect(mail).toContain('Subject: Invitation to Bakery')
    expect(mail).not.toContain('Olive')
  })

  test('an address with a line break or a second address in it is refused', async () => {
    for (const email of ['a@guests.example\r\nBcc: all@guests.example', 'a@guests.example, b@guests.example']) {
      const answer = await owner.post('/v1/invitations', { ...viewerOfBakery(), email })
      expect(answer.status).toBe(422)
      expect(answer.body.fields[0].path).toBe('email')
    }
  })

  test('with an Idempotency-Key it is made once, however often it is asked for', async () => {
    const body = viewerOfBakery()
    const send = () => owner.post('/v1/invitations', body, { 'idempotency-key': 'one' })
    const first = await send()
    expect(first.status).toBe(201)
    expect((await send()).body).toEqual(first.body)
  })
})

describe('what may be given', () => {
  test('[S0-14] one or more providers are picked for a monitoring Client, who then sees those and no others', async () => {
    const at = (name: string) => ({
      role_id: 'monitoring.client',
      scope: { kind: 'provider', id: cast.providers[name] },
    })
    const invite = (grants: unknown[]) => owner.post('/v1/invitations', { realm: 'client', email: someone(), grants })
    const one = await accept((await invite([at('Pine DNS')])).body.link)
    const both = await accept((await invite([at('Pine DNS'), at('Harbour DNS')])).body.link)
    const names = async (caller: Caller) =>
      (await caller.get('/v1/providers')).body.items.map((item: { name: string }) => item.name).sort()
    expect(await names(one.caller)).toEqual(['Pine DNS'])
    expect(await names(both.caller)).toEqual(['Harbour DNS', 'Pine DNS'])
    expect(one.answer.body.portal.slug).toBe('harbour-pine')
    const none = await invite([{ role_id: 'monitoring.client' }])
    expect(none.body.detail).toMatch(/at which provider/)
  })

  test('staff invited without a choice get the role set’s default and see no customer', async () => {
    const { link } = (await owner.post('/v1/invitations', { realm: 'staff', email: someone() })).body
    const { answer, caller } = await accept(link)
    expect(answer.body.grants).toMatchObject([{ role: 'Member', scope: { kind: 'organization' } }])
    expect((await caller.get('/v1/zones')).body.items).toEqual([])
  })

  test('clients invited without a choice: the inviter is told to make one', async () => {
    const answer = await owner.post('/v1/invitations', { ...viewerOfBakery(), grants: [] })
    expect(answer.status).toBe(422)
    expect(answer.body.fields[0].path).toBe('grants')
  })

  test('an admin cannot invite an owner, a role of the other realm or at a wrong place is refused by its field', async () => {
    const admin = cast.as['agency-admin']
    const above = await admin.post('/v1/invitations', {
      realm: 'staff',
      email: someone(),
      grants: [{ role_id: 'msp.owner' }],
    })
    expect(above.status).toBe(403)
    const realm = await owner.post('/v1/invitations', { ...viewerOfBakery(), grants: [{ role_id: 'msp.admin' }] })
    expect(realm.status).toBe(422)
    expect(realm.body.detail).toMatch(/not for client accounts/)
    const unknown = await owner.post('/v1/invitations', { ...viewerOfBakery(), grants: [{ role_id: 'msp.boss' }] })
    expect(unknown.body.fields[0].path).toBe('grants.0.role_id')
  })

  test('an invitation above oneself is not sent again by oneself: its link would be shown', async () => {
    const body = { realm: 'staff', email: someone(), grants: [{ role_id: 'msp.owner' }] }
    const { id, link } = (await owner.post('/v1/invitations', body)).body
    const answer = await cast.as['agency-admin'].post(`/v1/invitations/${id}/mailings`)
    expect(answer.status).toBe(403)
    expect((await preview(link)).body.state).toBe('pending')
    expect((await owner.delete(`/v1/invitations/${id}`)).status).toBe(204)
  })

  test('who is at home at one customer gets nothing at another’s zone, whoever invites', async () => {
    const scope = { kind: 'zone', id: cast.zones['clinic.example'] }
    const answer = await owner.post('/v1/invitations', {
      ...viewerOfBakery(),
      grants: [{ role_id: 'zones.read_only', scope }],
    })
    expect(answer.status).toBe(422)
    expect(answer.body.detail).toMatch(/another customer/)
  })

  test('two roles of the hosting set at one place are one too many', async () => {
    const answer = await owner.post('/v1/invitations', {
      ...viewerOfBakery(),
      grants: [{ role_id: 'hosting.manager' }, { role_id: 'hosting.domain' }],
    })
    expect(answer.status).toBe(422)
    expect(answer.body.fields[0].path).toBe('grants.1')
  })

  test('a Client Admin invites to its own customer, within what it holds, and nowhere else', async () => {
    const bea = cast.as['bakery-admin']
    const invite = (rest: object) => bea.post('/v1/invitations', { realm: 'client', email: someone(), ...rest })
    const made = await invite({ grants: [{ role_id: 'msp.developer' }] })
    expect(made.status, made.text).toBe(201)
    expect((await accept(made.body.link)).answer.body.customer.name).toBe('Bakery')
    const clinic = { customer_id: cast.customers['Clinic'], grants: [{ role_id: 'msp.viewer' }] }
    const foreign = await invite(clinic)
    const missing = await invite({ ...clinic, customer_id: '01a20077-0000-7000-8000-000000000000' })
    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
    const elsewhere = { role_id: 'zones.read_only', scope: { kind: 'zone', id: cast.zones['clinic.example'] } }
    expect((await invite({ grants: [elsewhere] })).status).toBe(422)
    expect((await invite({ realm: 'staff' })).status).toBe(403)
  })

  test('who does not manage people invites nobody and sees no invitation', async () => {
    for (const name of ['agency-member', 'bakery-developer', 'bakery-viewer', 'provider-client'] as const) {
      const answer = await cast.as[name].post('/v1/invitations', viewerOfBakery())
      expect([403, 404], `${name} ${answer.text}`).toContain(answer.status)
      expect((await cast.as[name].get('/v1/invitations')).body.items).toEqual([])
    }
  })

  test('a Client Admin sees the invitations of its customer only', async () => {
    const { id } = (await owner.post('/v1/invitations', { ...viewerOfBakery(), customer_id: cast.customers['Clinic'] }))
      .body
    const { items } = (await cast.as['bakery-admin'].get('/v1/invitations?limit=1000')).body
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) expect(item.customer.name).toBe('Bakery')
    const bea = cast.as['bakery-admin']
    const foreign = await bea.delete(`/v1/invitations/${id}`)
    const missing = await bea.delete('/v1/invitations/01a20077-0000-7000-8000-000000000000')
    expect(foreign.status).toBe(404)
    expect(foreign.text).toBe(missing.text)
  })

  test('an inviter who lost the right in between gives nothing any more', async () => {
    const helper = await accept(
      (
        await owner.post('/v1/invitations', {
          realm: 'client',
          email: someone(),
          customer_id: cast.customers['Bakery'],
          grants: [{ role_id: 'msp.client_admin' }],
        })
      ).body.link,
    )
    const { link } = (
      await helper.caller.post('/v1/invitations', {
        realm: 'client',
        email: someone(),
        grants: [{ role_id: 'msp.viewer' }],
      })
    ).body
    expect((await owner.delete(`/v1/client-users/${helper.answer.body.user.id}`)).status).toBe(204)
    const { answer } = await accept(link)
    expect(answer.status).toBe(409)
    expect(answer.body.detail).toMatch(/can no longer give/)
  })
})

describe('accounts that exist', () => {
  test('a staff account of another organization accepts with its own password', async () => {
    const { email, password: own } = cast.personas['outsider-owner']
    const { link } = (await owner.post('/v1/invitations', { realm: 'staff', email })).body
    expect((await preview(link)).body.account_exists).toBe(true)
    const wrong = await accept(link)
    expect(wrong.answer.status).toBe(422)
    expect(wrong.answer.body.fields[0].path).toBe('password')
    const right = await product.entering('/v1/acceptances', { token: tokenOf(link), password: own })
    expect(right.answer.body.organization.name).toBe('Harbour & Pine')
    const newest = await product.signIn({ realm: 'staff', email, password: own })
    expect((await newest.get('/v1/me')).body.organization.name).toBe('Harbour & Pine')
  })

  test('a member is not invited twice, nor an address that has a pending invitation', async () => {
    const member = await owner.post('/v1/invitations', { realm: 'staff', email: cast.personas['agency-admin'].email })
    expect(member.status).toBe(409)
    const body = viewerOfBakery()
    await owner.post('/v1/invitations', body)
    expect((await owner.post('/v1/invitations', { ...body, email: body.email.toUpperCase() })).status).toBe(409)
  })
})

describe('seats', () => {
  test('[S0-16] a Client takes a seat, a pending invitation too; over the limit it is refused with the number free', async () => {
    const [taken] = await product.database.asSuperuser(
      `select (select count(*) from member where org_id = $1) + (select count(*) from client_user where org_id = $1)
         + (select count(*) from invitation where org_id = $1 and accepted_at is null and revoked_at is null
            and expires_at > now()) as n`,
      [cast.organization],
    )
    const limit = Number(taken?.['n']) + 1
    await product.database.asSuperuser('update organization set seat_limit = $1 where id = $2', [
      limit,
      cast.organization,
    ])
    const client = () => ({
      realm: 'client',
      email: someone(),
      grants: [{ role_id: 'monitoring.client', scope: { kind: 'provider', id: cast.providers['Pine DNS'] } }],
    })
    const last = await owner.post('/v1/invitations', client())
    expect(last.status, last.text).toBe(201)
    const over = await owner.post('/v1/invitations', client())
    expect(over.status).toBe(409)
    expect(over.body.detail).toContain(`${limit} seats, ${limit} are taken and 0 are free`)
    expect((await cast.as['bakery-admin'].post('/v1/invitations', viewerOfBakery())).status).toBe(409)
    expect((await owner.delete(`/v1/invitations/${last.body.id}`)).status).toBe(204)
    expect((await owner.post('/v1/invitations', client())).status).toBe(201)
  })
})
