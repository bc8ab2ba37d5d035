import { describe, expect, test } from 'vitest'
import { needs } from '../test/debian.ts'
import { chromiumFile, inspect, settled, type Visitor } from './browser.ts'
import { digUntil } from './dig.ts'
import { openStage, type Persona } from './stage.ts'
import { addRecord, signIn, zonesShown } from './steps.ts'

// Access as it is given, asked about and taken away on the pages, in the example organization: what one person does in
// one browser is in force in another's at the next click. The tests build on each other in the order they stand.

const stage = openStage()
const visitors = new Map<Persona, Visitor>()

const inBrowser = needs(chromiumFile, '/usr/bin/dig')

/** The browser of a persona, signed in; the same one each time. */
async function at(persona: Persona): Promise<Visitor> {
  const known = visitors.get(persona)
  if (known) return known
  const visitor = await stage.enter(persona)
  visitors.set(persona, visitor)
  return visitor
}

const portalOf = (persona: Persona) => `/portal/${stage.cast.personas[persona].portal}`

/** Clicks its way to the list of zones, as anybody would. */
async function expectZonesAtNextClick(persona: Persona, zones: string[]): Promise<void> {
  const { page } = await at(persona)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'DNS' }).click()
  await page.getByRole('heading', { level: 1, name: 'DNS' }).waitFor()
  // What was on the page before may stay until the answer is there.
  await expect.poll(() => zonesShown(page), { timeout: 5000 }).toEqual(zones)
}

describe('two doors', () => {
  inBrowser(
    '[S1-1] client users sign in at their own portal; there the staff’s session is nobody, and the other way round',
    async () => {
      const staff = await at('agency-owner')
      await staff.open('/portal/bakery')
      await staff.page.getByRole('heading', { name: 'Sign in to Bakery' }).waitFor()
      const { page, open } = await stage.enter()
      const { email, password } = stage.cast.personas['bakery-viewer']
      await open('/')
      await signIn(page, email, password)
      await page.getByRole('alert').waitFor()
      await open('/portal/clinic')
      await signIn(page, email, password)
      await page.getByRole('alert').waitFor()
      await open('/portal/bakery')
      const found = await inspect(page, 'door-portal')
      await signIn(page, email, password)
      await page.getByRole('heading', { name: 'Welcome, Vera Loaf' }).waitFor()
      await open('/portal/clinic')
      await page.getByRole('heading', { name: 'Sign in to Clinic' }).waitFor()
      await open('/zones')
      await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
      found.push(...(await inspect(page, 'door-console')))
      expect(found).toEqual([])
      await page.context().close()
    },
  )

  inBrowser('signing out ends the session, here and on the server', async () => {
    const { email, password } = stage.cast.personas['clinic-viewer']
    const { page, open } = await stage.enter()
    await open('/portal/clinic')
    await signIn(page, email, password)
    await page.getByRole('heading', { name: 'Welcome, Clara Ward' }).waitFor()
    const cookies = (await page.context().cookies(stage.product.url.replace('http:', 'https:'))).map(
      ({ name, value }) => `${name}=${value}`,
    )
    await page.getByRole('button', { name: 'Profile' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Clinic' }).waitFor()
    expect((await stage.product.withCookie(cookies.join('; ')).get('/v1/me')).status).toBe(401)
    await page.context().close()
  })
})

describe('what is given and taken on the pages', () => {
  inBrowser(
    '[S3-4] no access, read only, read & write for each zone, set in one screen, are in force at once',
    async () => {
      const owner = await at('agency-owner')
      const user = await at('zone-user')
      await user.open(portalOf('zone-user'))
      await expectZonesAtNextClick('zone-user', ['harbourpine.example', 'studio.example'])
      const key = stage.cast.key('zone-user')
      await owner.open('/settings/team/clients')
      await owner.page.getByRole('button', { name: 'Actions for Zoe Fjell' }).click()
      await owner.page.getByRole('menuitem', { name: 'Zone access' }).click()
      await owner.page.getByRole('heading', { level: 1, name: 'Zone access of Zoe Fjell' }).waitFor()
      const levels = {
        'bakery.example': 'Read & write',
        'harbourpine.example': 'No access',
        'studio.example': 'Read only',
      }
      for (const [zone, level] of Object.entries(levels)) {
        await owner.page.getByLabel(`Access to ${zone}`).selectOption({ label: level })
      }
      await owner.page.getByRole('button', { name: 'Save changes (3)' }).click()
      await owner.page.getByText('The zone access of Zoe Fjell was saved').waitFor()

      await expectZonesAtNextClick('zone-user', ['bakery.example', 'studio.example'])
      const record = { name: 'by-key', type: 'A', data: '192.0.2.1', ttl: 300 }
      const write = (zone: string) => key.post(`/v1/zones/${stage.cast.zones[zone]}/records`, record)
      expect((await write('bakery.example')).status).toBe(201)
      expect((await write('studio.example')).status).toBe(403)
      expect((await write('harbourpine.example')).status).toBe(404)
      await user.page.getByRole('link', { name: 'bakery.example' }).click()
      await addRecord(user.page, { name: 'by-page', type: 'A', field: 'Address', data: '192.0.2.2' })
      expect(await digUntil(stage.product.dnsPort, 'by-page.bakery.example', 'A', ['192.0.2.2'])).toEqual(['192.0.2.2'])
    },
  )

  inBrowser('[S3-2] a level on a zone takes nothing from an administrator', async () => {
    const { page, open } = await at('agency-owner')
    await open('/settings/team')
    await page.getByRole('link', { name: 'Manage zone access of Piet Pine' }).click()
    await page.getByRole('heading', { level: 1, name: 'Zone access of Piet Pine' }).waitFor()
    await page.getByLabel('Access to clinic.example').selectOption({ label: 'Read only' })
    await page.getByRole('button', { name: 'Save changes (1)' }).click()
    await page.getByText('The zone access of Piet Pine was saved').waitFor()
    const admin = await at('agency-admin')
    await admin.open(stage.zone('clinic.example'))
    await addRecord(admin.page, { name: 'by-admin', type: 'A', field: 'Address', data: '203.0.113.3' })
    expect(await digUntil(stage.product.dnsPort, 'by-admin.clinic.example', 'A', ['203.0.113.3'])).toEqual([
      '203.0.113.3',
    ])
  })

  inBrowser('[X-10] a Client Admin is offered the roles that it may give, and gives nothing wider', async () => {
    const { page, open } = await at('bakery-admin')
    await open('/portal/bakery/people')
    const dialog = page.getByRole('dialog')
    const invite = async (role: string) => {
      await page.getByRole('button', { name: 'Invite' }).click()
      await dialog.getByLabel('E-mail address').fill('wide@bakery.example')
      await dialog.getByLabel('Role', { exact: true }).selectOption(role)
      await dialog.getByRole('button', { name: 'Send invitation' }).click()
    }
    await invite('msp.viewer')
    await dialog.getByLabel('Link of the invitation').waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await invite('msp.developer')
    await dialog.getByRole('alert').waitFor()
    const found = await inspect(page, 'portal-invite-refused')
    const offered = await dialog.getByLabel('Role', { exact: true }).locator('option').allInnerTexts()
    expect(offered.join()).toMatch(/Client Admin.*Developer.*Viewer/)
    expect(offered.join()).not.toMatch(/Customer Admin|Manager|Domain/)
    const wider = [
      { role_id: 'hosting.customer_admin', scope: { kind: 'customer', id: stage.cast.customers['Bakery'] } },
    ]
    const wish = {
      realm: 'client',
      email: 'wider@bakery.example',
      customer_id: stage.cast.customers['Bakery'],
      grants: wider,
    }
    expect((await stage.cast.as['bakery-admin'].post('/v1/invitations', wish)).status).toBe(403)
    expect(found).toEqual([])
  })

  inBrowser('[S0-15] the providers of a Client are changed in the team settings, at once in force', async () => {
    const owner = await at('agency-owner')
    const client = await at('provider-client')
    await client.open(portalOf('provider-client'))
    await expectZonesAtNextClick('provider-client', ['2.0.192.in-addr.arpa', 'studio.example'])
    await owner.open('/settings/team/clients')
    await owner.page.getByRole('button', { name: 'Actions for Paul Watch' }).click()
    await owner.page.getByRole('menuitem', { name: 'Manage user' }).click()
    const providers = owner.page.getByRole('region', { name: 'Providers' })
    await providers.getByLabel('Harbour DNS').check()
    await providers.getByLabel('Pine DNS').uncheck()
    await providers.getByRole('button', { name: 'Save providers' }).click()
    await owner.page.getByText('The providers of Paul Watch were saved').waitFor()
    await expectZonesAtNextClick('provider-client', [
      'bakery.example',
      'clinic.example',
      'harbourpine.example',
      'xn--bckerei-nord-gcb.example',
    ])
  })

  inBrowser('a Developer makes a key on the page, shown once, as narrow as it wishes', async () => {
    const { page, open } = await at('bakery-developer')
    await open(`${portalOf('bakery-developer')}/keys`)
    await page.getByRole('button', { name: 'New API key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('certificates')
    await dialog.getByLabel('Only some').check()
    await dialog.getByLabel('Names, then types in brackets').fill('_acme-challenge.** (TXT)')
    const found = await inspect(page, 'portal-new-key')
    await dialog.getByRole('button', { name: 'Make the key' }).click()
    const token = await dialog.getByLabel('API key').inputValue()
    await dialog.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('region', { name: 'API keys' }).getByText('_acme-challenge.** (TXT)').waitFor()
    const key = stage.product.withKey(token)
    const records = `/v1/zones/${stage.cast.zones['bakery.example']}/records`
    const challenge = { name: '_acme-challenge.www.bakery.example', type: 'TXT', ttl: 60, data: '"x"' }
    expect((await key.post(records, challenge)).status).toBe(201)
    expect((await key.post(records, { ...challenge, name: 'other.bakery.example' })).status).toBe(403)
    expect(found).toEqual([])
  })

  inBrowser('“Why can they do this?” shows the grant and the way by which it reaches', async () => {
    const { page, open } = await at('agency-owner')
    await open(`${stage.zone('bakery.example')}/access`)
    await page.getByRole('button', { name: 'Actions for Dev Crumb' }).click()
    await page.getByRole('menuitem', { name: 'Why?' }).click()
    const drawer = page.getByRole('dialog')
    const reason = drawer.getByRole('listitem').first()
    await reason.waitFor()
    expect(await reason.innerText()).toMatch(/Developer.*Bakery/s)
    const found = await inspect(page, 'console-why')
    await drawer.getByLabel('May do what').selectOption('records.dmarc.write')
    await drawer.getByText('The smallest grant that would allow it').waitFor()
    expect(found).toEqual([])
  })

  inBrowser('[S1-19] access that is taken away is gone at the next click', async () => {
    const owner = await at('agency-owner')
    const developer = await at('bakery-developer')
    await expectZonesAtNextClick('bakery-developer', ['bakery.example', 'xn--bckerei-nord-gcb.example'])
    await stage.cast.as['agency-owner'].patch('/v1/me', { team_features: true })
    await owner.open(`/customers/${stage.cast.customers['Bakery']}`)
    await owner.page.getByRole('button', { name: 'Actions for Developer of Dev Crumb' }).click()
    await owner.page.getByRole('menuitem', { name: 'Remove' }).click()
    await owner.page.getByRole('dialog').getByText('1 person loses access.').waitFor()
    await owner.page.getByRole('button', { name: 'Remove', exact: true }).click()
    await owner.page.getByText('Developer of Dev Crumb was removed').waitFor()
    await developer.page.getByRole('link', { name: 'bakery.example' }).click()
    await developer.page.getByRole('alert').filter({ hasText: 'There is nothing here that you can see' }).waitFor()
    expect(await inspect(developer.page, 'portal-taken-away')).toEqual([])
  })
})

describe('history and log', () => {
  inBrowser('a change in the history is looked at and reverted', async () => {
    const { page, open } = await at('agency-owner')
    await open(`${stage.zone('bakery.example')}/changes`)
    await page.getByRole('button', { name: /by-page by hand/ }).click()
    await page.getByText('192.0.2.2', { exact: false }).first().waitFor()
    const found = await inspect(page, 'console-change')
    await page.getByRole('button', { name: 'Revert', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('unchanged').waitFor()
    found.push(...(await inspect(page, 'console-revert')))
    await dialog.getByRole('button', { name: 'Revert the change' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Reversal').waitFor()
    expect(await digUntil(stage.product.dnsPort, 'by-page.bakery.example', 'A', [])).toEqual([])
    expect(found).toEqual([])
  })

  inBrowser('[S3-16] the activity log tells who did it, and each of it', async () => {
    const { page, open } = await at('agency-owner')
    await open('/activity')
    const log = await page.getByRole('region', { name: 'Activity' }).innerText()
    for (const line of [
      /zone_access\.changed/,
      /provider_access\.changed/,
      /grant\.revoked/,
      /Dev Crumb made the API key certificates/,
    ]) {
      expect(log).toMatch(line)
    }
    await page.getByLabel('Kind').selectOption('zone.changed')
    await page.getByRole('region', { name: 'Activity' }).getByText('Zoe Fjell').first().waitFor()
  })
})

describe('the last administrator stays', () => {
  inBrowser(
    '[S3-1] the first user, who is its admin, can be neither removed nor demoted while nobody else is',
    async () => {
      const { page, open } = await at('outsider-owner')
      await open('/settings/team')
      await page.getByRole('button', { name: 'Actions for Otto Elsewhere' }).click()
      await page.getByRole('menuitem', { name: 'Remove' }).click()
      await page.getByRole('button', { name: 'Remove', exact: true }).click()
      await page.getByRole('alert').filter({ hasText: 'This stands in the way' }).waitFor()
      await page.getByRole('button', { name: 'Keep it' }).click()
      await page.getByRole('button', { name: 'Actions for Otto Elsewhere' }).click()
      await page.getByRole('menuitem', { name: 'Manage user' }).click()
      await page.getByRole('button', { name: /^Take away Owner/ }).click()
      // The preview says what the server would say, so that there is nothing to try.
      const last = page.getByRole('dialog', { name: 'Take this access away?' })
      await last.getByText('This would be refused. Nobody would be left').waitFor()
      const take = last.getByRole('button', { name: 'Take away' })
      expect(await take.getAttribute('aria-disabled')).toBe('true')
      expect((await stage.cast.as['outsider-owner'].get('/v1/me')).body.grants.length).toBeGreaterThan(0)
    },
  )
})

inBrowser(
  '[S1-20] an Owner deletes the organization on its page by writing its name, an Admin reads why not',
  async () => {
    const admin = await stage.enter('agency-admin')
    await admin.open('/settings/organization')
    const danger = admin.page.getByRole('region', { name: 'Delete this organization' })
    const button = danger.getByRole('button', { name: 'Delete organization' })
    await danger.getByText('organization.delete').first().waitFor({ state: 'attached' })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    const { page } = await at('outsider-owner')
    await page.goto('/settings/organization')
    const { name } = (await stage.cast.as['outsider-owner'].get('/v1/organization')).body
    await page.getByRole('button', { name: 'Delete organization' }).click()
    const dialog = page.getByRole('dialog', { name: `Delete ${name}?` })
    const go = dialog.getByRole('button', { name: 'Delete organization' })
    expect(await go.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel(`Type ${name} to go on`).fill(name)
    const found = await inspect(page, 'console-organization-delete')
    await go.click()
    await dialog.waitFor({ state: 'detached' })
    await expect
      .poll(async () => (await stage.cast.as['outsider-owner'].get('/v1/me')).body.organization, { timeout: 15_000 })
      .toBe(null)
    await settled(page)
    expect([...found, ...admin.complaints]).toEqual([])
    await admin.leave()
  },
)

test('[S3-8] a User holds nothing of the subscription, and no page of its menu is about it', async () => {
  const { permissions } = (await stage.cast.as['zone-user'].get('/v1/me')).body
  expect(Object.keys(permissions).filter((id) => id.startsWith('subscription.'))).toEqual([])
  expect(Object.keys((await stage.cast.as['agency-owner'].get('/v1/me')).body.permissions)).toContain(
    'subscription.view',
  )
})

inBrowser('no page complained of a script or of the content security policy', async () => {
  for (const { page } of visitors.values()) await settled(page)
  expect([...visitors.values()].flatMap(({ complaints }) => complaints)).toEqual([])
})
