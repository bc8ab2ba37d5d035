import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf, type Product, startProduct } from '../../test/product.ts'

let product: Product
let cast: Cast

beforeAll(async () => {
  product = await startProduct()
  cast = await castOf(product)
})
afterAll(() => product.stop())

const credentials = (name: 'agency-owner' | 'agency-member' | 'bakery-viewer' | 'clinic-viewer' | 'agency-admin') => {
  const { realm, portal, email, password } = cast.personas[name]
  return { realm, portal, email, password }
}

describe('signing in', () => {
  test('answers who one is, in a cookie that only https and loopback send, for this host alone', async () => {
    const answer = await product.nobody.post('/v1/sessions', credentials('agency-owner'))
    expect(answer.status).toBe(201)
    expect(answer.body.user).toMatchObject({ name: 'Olive Harbour', email: 'olive@harbourpine.example' })
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-zoneward-staff-[0-9a-f]{8}=zw_session_[0-9A-Za-z]{49};/)
    for (const part of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
  })

  test('an address is found however it is written', async () => {
    const { email, ...rest } = credentials('agency-owner')
    const answer = await product.nobody.post('/v1/sessions', { ...rest, email: `  ${email.toUpperCase()} ` })
    expect(answer.status).toBe(201)
  })

  test('a wrong password and an unknown account get the same bytes', async () => {
    const wrong = await product.nobody.post('/v1/sessions', {
      ...credentials('agency-owner'),
      password: 'not the password of anybody',
    })
    const unknown = await product.nobody.post('/v1/sessions', {
      ...credentials('agency-owner'),
      email: 'nobody@harbourpine.example',
    })
    expect(wrong.status).toBe(401)
    expect(unknown.text).toBe(wrong.text)
  })

  test('after ten wrong tries the account waits, even with the right password; others do not', async () => {
    const right = credentials('clinic-viewer')
    for (let tries = 0; tries < 10; tries++) {
      const answer = await product.nobody.post('/v1/sessions', { ...right, password: `wrong ${tries}` })
      expect(answer.status).toBe(401)
    }
    const limited = await product.nobody.post('/v1/sessions', right)
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(60)
    expect(limited.body.retry_after).toBe(Number(limited.headers.get('retry-after')))
    expect((await product.nobody.post('/v1/sessions', credentials('bakery-viewer'))).status).toBe(201)
  })

  test('tries of unknown accounts are counted as those of known ones', async () => {
    const guess = { realm: 'staff', email: 'ghost@harbourpine.example', password: 'guess' }
    const statuses: number[] = []
    for (let tries = 0; tries < 11; tries++) statuses.push((await product.nobody.post('/v1/sessions', guess)).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429])
  })

  test('over plain http by another name than loopback nobody signs in, and is told what to set', async () => {
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const headers = { host: 'dns.agency.example', 'content-type': 'application/json' }
      const call = httpRequest(`${product.url}/v1/sessions`, { method: 'POST', headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      })
      call.on('error', reject)
      call.end(JSON.stringify(credentials('agency-owner')))
    })
    expect(answer.status).toBe(403)
    expect(answer.text).toMatch(/ZONEWARD_URL/)
    expect(answer.text).toMatch(/TLS/)
  })
})

describe('realms', () => {
  test('[S1-1] a client account signs in to its own portal only, and not as staff', async () => {
    const viewer = credentials('bakery-viewer')
    for (const wrong of [
      { ...viewer, portal: 'clinic' },
      { ...viewer, portal: 'harbour-pine' },
      { ...viewer, realm: 'staff' },
    ]) {
      expect((await product.nobody.post('/v1/sessions', wrong)).status, JSON.stringify(wrong)).toBe(401)
    }
    const owner = credentials('agency-owner')
    expect((await product.nobody.post('/v1/sessions', { ...owner, realm: 'client', portal: 'bakery' })).status).toBe(
      401,
    )
  })

  test('[S1-1] the session of one portal is nobody at another', async () => {
    const viewer = cast.as['bakery-viewer']
    const at = (portal: string) => viewer.get('/v1/me', { 'zoneward-portal': portal })
    expect((await at('bakery')).body).toMatchObject({ realm: 'client', portal: { slug: 'bakery', title: 'Bakery' } })
    expect((await at('clinic')).status).toBe(401)
    expect((await at('harbour-pine')).status).toBe(401)
  })

  test('[S1-1] a session of staff is nobody in a portal', async () => {
    const answer = await cast.as['agency-owner'].get('/v1/me', { 'zoneward-portal': 'bakery' })
    expect(answer.status).toBe(401)
  })

  test('a portal says whose it is and how to reach the provider; one that never was is not found', async () => {
    const portal = await product.nobody.get('/v1/portals/bakery')
    expect(portal.body).toMatchObject({ title: 'Bakery', organization: 'Harbour & Pine' })
    expect(portal.body.contact.email).toBe('help@harbourpine.example')
    expect((await product.nobody.get('/v1/portals/bakers')).status).toBe(404)
  })
})

describe('sessions', () => {
  test('signing out ends the session', async () => {
    const browser = await product.signIn(credentials('agency-member'))
    expect((await browser.delete('/v1/sessions/current')).status).toBe(204)
    expect((await browser.get('/v1/me')).status).toBe(401)
  })

  test('a session that was idle for a day has ended', async () => {
    const browser = await product.signIn(credentials('agency-member'))
    const age = (hours: number) =>
      product.database.asSuperuser(
        `update staff_session set last_seen_at = now() - interval '${hours} hours' where id = (select id from staff_session order by id desc limit 1)`,
      )
    await age(23)
    expect((await browser.get('/v1/me')).status).toBe(200)
    await age(25)
    expect((await browser.get('/v1/me')).status).toBe(401)
  })

  test('changing the password ends the other sessions, and needs the current one', async () => {
    const one = await product.signIn(credentials('agency-admin'))
    const other = await product.signIn(credentials('agency-admin'))
    const current = cast.personas['agency-admin'].password
    const change = (body: unknown) => one.put('/v1/me/password', body)
    const next = 'a new password that is long'
    expect((await change({ current: 'something else', password: next })).body.fields[0].path).toBe('current')
    expect((await change({ current, password: 'short' })).body.detail).toMatch(/at least 15/)
    expect((await change({ current, password: 'Harbour & Pine Harbour & Pine' })).body.detail).toMatch(/name again/)
    expect((await change({ current, password: next })).status).toBe(204)
    expect((await one.get('/v1/me')).status).toBe(200)
    expect((await other.get('/v1/me')).status).toBe(401)
    const { email } = cast.personas['agency-admin']
    expect((await product.nobody.post('/v1/sessions', { realm: 'staff', email, password: next })).status).toBe(201)
    expect((await product.nobody.post('/v1/sessions', { realm: 'staff', email, password: current })).status).toBe(401)
  })

  test('a client changes its own password too', async () => {
    const browser = await product.signIn(credentials('bakery-viewer'))
    const current = cast.personas['bakery-viewer'].password
    const answer = await browser.put('/v1/me/password', { current, password: 'bread and butter at noon' })
    expect(answer.status, answer.text).toBe(204)
    const again = { ...credentials('bakery-viewer'), password: 'bread and butter at noon' }
    expect((await product.nobody.post('/v1/sessions', again)).status).toBe(201)
  })

  test('passwords are kept as argon2id at OWASP’s parameters, sessions as hashes', async () => {
    const rows = await product.database.asSuperuser('select password_hash from account')
    for (const row of rows) expect(row['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const token = cast.as['agency-owner'].cookie?.split('=')[1] ?? ''
    const [found] = await product.database.asSuperuser(
      'select count(*)::int as n from staff_session where token_hash = sha256(convert_to($1, $2))',
      [token, 'UTF8'],
    )
    expect(found?.['n']).toBe(1)
  })
})

describe('the log', () => {
  test('has who signed in and from where, and no failed try', async () => {
    await product.nobody.post('/v1/sessions', {
      realm: 'client',
      portal: 'bakery',
      email: 'dev@bakery.example',
      password: 'x',
    })
    const { email, password, realm, portal } = cast.personas['bakery-developer']
    await product.signIn({ email, password, realm, portal })
    const { items } = (await cast.as['agency-owner'].get('/v1/audit-events?limit=1')).body
    expect(items[0]).toMatchObject({
      action: 'session.created',
      actor: { name: 'Dev Crumb', realm: 'client' },
      customer: { name: 'Bakery' },
      address: '127.0.0.1',
    })
    expect(JSON.stringify(items)).not.toContain(password)
    const failed = await product.database.asSuperuser(
      "select count(*)::int as n from audit_event where body like '%refused%'",
    )
    expect(failed[0]?.['n']).toBe(0)
  })
})

describe('the first administrator', () => {
  test('the one-time link works once, and a made-up one never', async () => {
    expect((await product.nobody.get('/v1/setup')).body).toEqual({ open: false })
    const token = product.server.setupLink?.split('#')[1]
    const body = {
      token,
      name: 'Second',
      email: 'second@agency.example',
      password: 'nine green boats at dawn',
      organization: { name: 'Second' },
    }
    expect((await product.nobody.post('/v1/setup', body)).status).toBe(403)
    expect((await product.nobody.post('/v1/setup', { ...body, token: 'zw_setup_x' })).status).toBe(403)
  })

  test('me says what is held and at which kinds of scope', async () => {
    const owner = await cast.as['agency-owner'].get('/v1/me')
    expect(owner.body.user.operator).toBe(true)
    expect(owner.body.permissions['organization.delete']).toEqual(['organization'])
    const user = await cast.as['zone-user'].get('/v1/me')
    expect(user.body.permissions['records.write']).toEqual(['zone'])
    expect(user.body.permissions['customers.view']).toBeUndefined()
    expect(user.body.grants.map((grant: { scope: { name: string } }) => grant.scope.name).sort()).toEqual([
      'Harbour & Pine',
      'harbourpine.example',
      'studio.example',
    ])
  })
})
